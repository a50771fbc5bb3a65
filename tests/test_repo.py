"""What is true of the tree as a whole: short modules, no private addresses, a hashed lock."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MOST_LINES = 320
PRIVATE = {
    "a package registry": r"index[-_]url\s*=?\s*\S*://|pypi\.or[g]|files\.pythonhoste[d]|npmjs\.or[g]",
    "a path of one machine": r"(?<![\w.])/(wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+)/",
    "a key": r"\bsk-[A-Za-z0-9]{20}",
}

MADE = {".git", ".venv", ".pytest_cache", ".ruff_cache", ".hypothesis", ".env", "dist", "data"}
"""What .gitignore names: made on a machine, and never committed."""


def tracked() -> list[Path]:
    """The files git tracks or would track; in a copy without git, all but what is made there."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        kept = (path for path in ROOT.iterdir() if path.name not in MADE)
        found = (one for path in kept for one in ([path] if path.is_file() else path.rglob("*")))
        return [one for one in found if one.is_file() and "__pycache__" not in one.parts]
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


@pytest.mark.parametrize("what", PRIVATE)
def test_no_tracked_file_names(what: str) -> None:
    found: list[str] = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if re.search(PRIVATE[what], line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found, "\n".join(found)


def test_no_module_is_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in [*ROOT.glob("src/**/*.py"), ROOT / "app.py"]
        if path.exists()
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    ]
    assert not long, "\n".join(long)


def test_every_locked_package_has_a_hash_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    pins = re.findall(r"^\S+==\S+.*$", lock, re.MULTILINE)
    hashed = re.findall(r"^\S+==\S+[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)
    assert pins
    assert len(pins) == len(hashed)


def test_the_lock_covers_every_dependency() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = re.findall(r'^  "([a-z0-9-]+)[\[>=<]', project, re.MULTILINE)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    missing = [name for name in wanted if not re.search(rf"^{name}==", lock, re.MULTILINE)]
    assert not missing
