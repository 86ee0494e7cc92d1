"""Rules of the house that no linter knows: what may be imported and called where, how long a file may be, what is committed."""

import ast
import re
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("letters", "models", "scheduler", "broker", "consumers", "bot", "reports", "web", "dondoc", "sandbox")
GENERATED = "models/migrations/versions/*"
LONGEST_FILE = 300
HOME_OF_LIBRARY = {
    "pika": "broker/rabbitmq*.py",
    "telegram": "bot/channels/telegram*.py",
    "apscheduler": "scheduler/jobs.py",
}
"""Each of these libraries is known to these files only: a change of it has one place."""


def sources() -> list[str]:
    """Python files of our rooms, relative to the root."""
    return sorted(str(path.relative_to(ROOT)) for room in ROOMS for path in (ROOT / room).rglob("*.py"))


@cache
def tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"), file)


def imported(module: ast.Module) -> Iterator[str]:
    """Top names of everything imported anywhere in the file, for types or not."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def calls(module: ast.Module) -> Iterator[str]:
    """Dotted names of whatever is called or looked up: "datetime.now", "os.environ"."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_there_is_something_to_look_at() -> None:
    assert len(sources()) > 150


@pytest.mark.parametrize(("library", "home"), HOME_OF_LIBRARY.items())
def test_a_library_is_known_to_its_own_files_only(library: str, home: str) -> None:
    users = [file for file in sources() if library in set(imported(tree(file)))]
    assert users, f"nobody imports {library} any more: take the rule away"
    assert [file for file in users if not fnmatch(file, home)] == []


def test_telegram_updates_needs_the_library_for_its_types_only() -> None:
    module = tree("bot/channels/telegram_updates.py")
    runtime = [node for node in module.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert "telegram" not in set(imported(ast.Module(runtime, [])))


def test_the_environment_is_read_in_one_place() -> None:
    readers = [file for file in sources() if {"os.environ", "os.getenv"} & set(calls(tree(file)))]
    assert readers == ["dondoc/settings.py"]


CLOCKS = re.compile(
    r"^(dt\.|datetime\.)?(datetime|date)\.(now|utcnow|today)$|^_?time\.(time|time_ns|monotonic|monotonic_ns)$"
)


def test_the_system_clock_is_read_in_one_place() -> None:
    readers = {file for file in sources() if any(CLOCKS.match(name) for name in calls(tree(file)))}
    # The sandbox is another world that imports nothing of ours: it stands in for the vendors' clocks.
    assert {file for file in readers if not file.startswith("sandbox/")} == {"models/clock.py"}


def test_no_file_is_too_long_to_be_read_at_one_sitting() -> None:
    long = {file: len((ROOT / file).read_text(encoding="utf-8").splitlines()) for file in sources()}
    too_long = {file: n for file, n in long.items() if n > LONGEST_FILE and not fnmatch(file, GENERATED)}
    assert too_long == {}


def test_nothing_is_left_for_later() -> None:
    marks = re.compile("TO" + "DO|FIX" + "ME|XX" + "X\\b|raise Not" + "ImplementedError|pragma: no " + "cover")
    found = [file for file in sources() if marks.search((ROOT / file).read_text(encoding="utf-8"))]
    assert found == []


ELSEWHERE = re.compile(
    "|".join(
        [
            r"(?<![\w.:/-])/(?:home|Users|work|farm)/[a-z]",  # a path of somebody's machine
            "/ro" + "ot/[a-z.]",
            r"(?:files\.python" + r"hosted|py" + r"pi)\.org",
            r"registry\.np" + r"mjs\.org|registry\.yarnpkg\.com|index\.crates\.io",
            r"https?://[^\s\"']*/simple/?(?=[\s\"']|$)",  # a package index of whatever name
        ]
    )
)


def test_nothing_committed_names_a_machine_or_a_package_registry() -> None:
    found: list[str] = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {hit[0]}" for hit in ELSEWHERE.finditer(text)]
    assert found == []
