"""The image: linted, non-root, healthy by its own command, and its install steps true in a clean directory."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = ROOT / "docker" / "Dockerfile"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text(encoding="utf-8"))


def test_the_dockerfile_has_no_lint() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([hadolint, DOCKERFILE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_compose_file_has_no_lint() -> None:
    rules = (
        "{extends: default, rules: {line-length: {max: 130}, document-start: disable, braces: disable,"
        " comments: {min-spaces-from-content: 1}}}"
    )
    done = subprocess.run(
        [sys.executable, "-m", "yamllint", "-d", rules, ROOT / "docker" / "compose.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_no_role_runs_as_root_or_without_a_health_check(compose: dict[str, Any]) -> None:
    text = DOCKERFILE.read_text(encoding="utf-8")
    user = re.findall(r"^USER (\S+)", text, re.MULTILINE)[-1]
    assert user.isdigit()
    assert int(user) > 0
    assert re.search(r'^HEALTHCHECK .*CMD \["dondoc", "health"\]', text, re.MULTILINE)
    for name in ("postgres", "rabbitmq"):
        assert compose["services"][name]["healthcheck"]["test"]
    assert compose["services"]["migrate"]["command"] == ["migrate"]


def test_every_reader_the_doctor_looks_for_is_in_the_image_and_in_the_recipe() -> None:
    """Without LibreOffice words of a .doc are lost: it must not depend on who builds or installs."""
    from dondoc.doctor import tools

    installed = DOCKERFILE.read_text(encoding="utf-8") + (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    for tool in tools():
        for package in tool.package.split():
            assert installed.count(f" {package} ") >= 2, package
    assert {tool.program for tool in tools()} == {"tesseract", "soffice", "catdoc"}


def test_every_secret_is_a_file_that_make_secrets_makes(compose: dict[str, Any], tmp_path: Path) -> None:
    script = tmp_path / "make-secrets.sh"
    script.write_bytes((ROOT / "docker" / "make-secrets.sh").read_bytes())
    subprocess.run(["sh", script], check=True, capture_output=True)
    for secret in compose["secrets"].values():
        assert (tmp_path / secret["file"]).is_file()
    password = (tmp_path / "secrets" / "postgres_password").read_text()
    assert password in (tmp_path / "secrets" / "database_url").read_text()
    before = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    subprocess.run(["sh", script], check=True, capture_output=True)
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == before


def test_every_variable_of_the_compose_file_is_a_setting(compose: dict[str, Any]) -> None:
    from dondoc.settings import Settings

    for name in compose["services"]["bot"]["environment"]:
        field = name.removeprefix("DONDOC_").removesuffix("_FILE").lower()
        assert field in Settings.model_fields, name


def test_the_installed_package_is_whole(tmp_path: Path) -> None:
    """The image's `pip install --no-deps .`, away from the tree: every module and data file must come along."""
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", tmp_path / "site", ROOT],
        check=True,
        capture_output=True,
        timeout=110,
    )
    tracked = subprocess.run(
        [
            "git",
            "ls-files",
            "letters",
            "models",
            "scheduler",
            "broker",
            "consumers",
            "bot",
            "reports",
            "web",
            "dondoc",
            "sandbox",
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\n")
    missing = [name for name in tracked if name and not (tmp_path / "site" / name).exists()]
    assert missing == []
