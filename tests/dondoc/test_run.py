"""`dondoc run`: one town to a folder."""

from pathlib import Path

import pytest

from dondoc.run import alone


def test_a_second_town_in_the_same_folder_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with alone(tmp_path / "town"):
        with pytest.raises(OSError, match="already running"), alone(tmp_path / "town"):
            pytest.fail("two towns in one folder")
        with alone(tmp_path / "other"):
            pass
    with alone(tmp_path / "town"):
        pass
