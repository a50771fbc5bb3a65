"""Editing content files: what changes changes, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotseat import catalog
from hotseat.catalog import strict
from hotseat.catalog.live import checked, path
from hotseat.errors import ContentError
from hotseat.studio.edit import Change, edited, renamed

ROOT = Path(__file__).parent.parent
FILES = [*sorted((ROOT / "personas").glob("*.yaml")), *sorted((ROOT / "rubrics").glob("*.yaml"))]
DANA = (ROOT / "personas" / "late_gift.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_edit_that_changes_nothing_gives_every_shipped_file_back_byte_for_byte(
    file: Path,
) -> None:
    text = file.read_text(encoding="utf-8")
    assert edited(text, []) == text


def changed_lines(old: str, new: str) -> list[str]:
    return [line for line in new.splitlines() if line not in old.splitlines()]


def test_one_edit_changes_one_line_and_keeps_comments_and_quotes() -> None:
    new = edited(DANA, [Change("scenarios.birthday.title", "The parcel that never moved")])
    assert changed_lines(DANA, new) == ["    title: The parcel that never moved"]
    assert new.startswith("# yaml-language-server")


def test_the_value_that_is_there_already_changes_nothing() -> None:
    assert edited(DANA, [Change("mood.tension", "7"), Change("level", "1")]) == DANA


def test_a_whole_number_is_written_as_one() -> None:
    assert changed_lines(DANA, edited(DANA, [Change("mood.tension", "9")])) == ["  tension: 9"]


def test_a_list_item_is_changed_appended_and_removed() -> None:
    text = "habits:\n  # how she writes\n  - counts days\n  - goes quiet\n"
    assert edited(text, [Change("habits[1]", "goes loud")]).endswith("  - goes loud\n")
    assert edited(text, [Change("habits[+]", "sighs")]).endswith("  - goes quiet\n  - sighs\n")
    assert edited(text, [Change("habits[0]", None)]).count("- ") == 1
    assert "# how she writes" in edited(text, [Change("habits", ["counts days", "sighs"])])


def test_a_word_that_yaml_would_take_for_something_else_stays_text() -> None:
    new = edited("id: x\nname: Dana\n", [Change("name", "no"), Change("id", "a: b # c")])
    values, problems = strict.read_bytes(new.encode(), "personas/x.yaml")
    assert problems == []
    assert values == {"id": "a: b # c", "name": "no"}


def test_a_group_that_is_missing_is_made() -> None:
    assert edited("id: x\n", [Change("voice.manner", "Dry.")]) == "id: x\nvoice:\n  manner: Dry.\n"


def test_a_key_is_removed() -> None:
    assert edited("id: x\nlevel: 1\n", [Change("level", None)]) == "id: x\n"


@pytest.mark.parametrize("place", ["name.first", "habits[7]", "", "habits[0].x"])
def test_a_place_that_is_not_there_is_refused(place: str) -> None:
    with pytest.raises(ContentError):
        edited("name: Dana\nhabits:\n  - counts\n", [Change(place, "x")])


def test_a_text_that_is_no_yaml_names_the_line() -> None:
    with pytest.raises(ContentError, match=r"line \d"):
        edited('id: x\nname: "open\n', [])


def test_a_duplicate_of_a_shipped_persona_passes_every_check_under_its_new_name() -> None:
    text = renamed(DANA, "late_gift_two", title="Dana Reed")
    persona, problems = checked("persona", "late_gift_two", text)
    assert problems == []
    assert persona is not None
    assert persona.id == "late_gift_two"


def test_a_text_is_told_the_problems_that_check_tells_of_its_file() -> None:
    broken = edited(DANA, [Change("mood.tension", "eleven"), Change("pronoun", "her")])
    found = checked("persona", "late_gift", broken)
    assert found.noun is None
    assert {problem.place for problem in found.problems} >= {"mood.tension", "pronoun"}
    assert all(problem.fix for problem in found.problems)


def test_every_shipped_file_is_without_problems_as_text() -> None:
    for persona in catalog.personas():
        text = (ROOT / "personas" / f"{persona}.yaml").read_text(encoding="utf-8")
        assert checked("persona", persona, text).problems == []
    rubric = (ROOT / "rubrics" / "service_recovery.yaml").read_text(encoding="utf-8")
    assert checked("rubric", "service_recovery", rubric).problems == []


@pytest.mark.parametrize("name", ["../x", "a/b", "", "a.b", "é", "a\x00b"])
def test_a_name_that_is_no_slug_is_no_file_of_ours(name: str) -> None:
    with pytest.raises(ContentError):
        path("persona", name)


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 5_000, "a: &a [x]\nb: [*a, *a]\n", "a: !!set {x}\n"]
)
def test_what_the_strict_reader_refuses_is_not_edited_either(text: str) -> None:
    with pytest.raises(ContentError, match="text view"):
        edited(text, [Change("name", "Zed")])


def test_a_number_without_end_is_no_place() -> None:
    with pytest.raises(ContentError):
        edited(DANA, [Change(f"softens_at[{'9' * 5_000}].when", "Does it?")])
