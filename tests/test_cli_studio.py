"""`hotseat diff`: versions, files, prompts, and what it ends with."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hotseat.cli import app
from hotseat.store import Store
from hotseat.studio.edit import Change
from hotseat.studio.publishing import Desk

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Content with two versions of a persona and two of a rubric."""
    (tmp_path / "personas").mkdir()
    shutil.copytree(ROOT / "rubrics", tmp_path / "rubrics")
    shutil.copy(ROOT / "personas" / "late_gift.yaml", tmp_path / "personas")
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    monkeypatch.setenv("HOTSEAT_CONTENT", str(tmp_path))
    monkeypatch.setenv("HOTSEAT_DB", url)

    async def publish() -> None:
        store = await Store.open(url)
        desk = Desk(store, tmp_path)
        calmer = [Change("mood.tension", "6"), Change("temperament", "worn out")]
        await desk.change("persona", "late_gift", "Mo", calmer)
        await desk.publish("persona", "late_gift", "Mo", "calmer")
        await desk.change("rubric", "service_recovery", "Mo", [Change("passes_at", "70")])
        await desk.publish("rubric", "service_recovery", "Mo", "stricter")
        await store.close()

    asyncio.run(publish())
    return tmp_path


def diff(*words: str) -> Result:
    return CliRunner().invoke(app, ["diff", *words])


def test_two_versions_differ_place_by_place(folder: Path) -> None:
    found = diff("late_gift@1", "late_gift@2")
    assert found.exit_code == 1
    assert found.stdout.splitlines() == [
        "--- late_gift@1",
        "+++ late_gift@2",
        "temperament",
        "  - angry",
        "  + worn out",
        "mood.tension",
        "  - 7",
        "  + 6",
    ]


def test_one_version_is_compared_with_the_file(folder: Path) -> None:
    assert diff("late_gift@2").exit_code == 0
    assert "say the same" in diff("late_gift@2").stdout
    assert diff("late_gift@1").exit_code == 1


def test_rubrics_have_versions_too(folder: Path) -> None:
    found = diff("service_recovery@1", "service_recovery@2")
    assert found.exit_code == 1
    assert found.stdout.splitlines()[2:] == ["passes_at", "  - 60.0", "  + 70.0"]


def test_prompts_are_compared_line_by_line(folder: Path) -> None:
    found = diff("late_gift@1", "late_gift@2", "--prompt")
    assert found.exit_code == 1
    assert "scenario birthday" in found.stdout
    assert "+Who you are: worn out." in found.stdout
    assert "tension" not in found.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nobody@1"], "no persona or rubric 'nobody'"),
        (["late_gift@9"], "no persona late_gift@9"),
        (["late_gift@x"], "names no version"),
        (["service_recovery@1", "--prompt"], "no customer's prompt"),
        (["../late_gift"], "is no name for a file"),
    ],
)
def test_what_cannot_be_compared_ends_with_two_and_says_why(
    folder: Path, words: list[str], told: str
) -> None:
    found = diff(*words)
    assert found.exit_code == 2
    assert told in found.stderr
