"""Adding, moving and taking out criteria: whole blocks of text, every comment where it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotseat.catalog.live import checked
from hotseat.errors import ContentError
from hotseat.studio.criteria import added, ids, moved, removed
from hotseat.studio.edit import Change, Value, edited

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "rubrics" / "service_recovery.yaml").read_text(encoding="utf-8")
NEW: dict[str, Value] = {
    "id": "names_order",
    "title": "Name the order: once",
    "section": "Empathy",
    "weight": "0",
    "aggregation": "once",
    "due_when": "Always.",
    "checks": [
        {"id": "named", "ask": "Does the reply name the order?"},
        {"id": "exactly", "ask": "Is it named by its number?"},
    ],
    "examples": {"met": "Order 12 is late.", "partly": "Your order is late.", "missed": "Hello."},
    "sources": ["guide.1"],
    "praise": "You named the order.",
    "lack": "The order was not named.",
    "advice": "Name the order.",
}
PASSAGE = {"ref": "guide.1", "document": "guide", "quote": "name it", "criterion": "names_order"}
HEADINGS = [line for line in TEXT.splitlines() if line.strip().startswith("# ---")]


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip().startswith("# ---")]


def test_a_new_criterion_stands_at_the_end_of_its_section_and_can_be_published() -> None:
    text = added(TEXT, NEW, passage=PASSAGE)
    order = ids(text)
    assert order[order.index("apology_fit") + 1] == "names_order"
    assert headings(text) == HEADINGS
    assert "    weight: 0\n" in text
    assert checked("rubric", "service_recovery", text, ROOT).problems == []


def test_what_was_added_is_taken_out_again_with_its_passage() -> None:
    text = removed(added(TEXT, NEW, passage=PASSAGE), "names_order")
    assert text == TEXT


def test_taking_out_the_last_of_a_section_keeps_the_heading_of_the_next() -> None:
    text = removed(TEXT, "apology_fit")
    assert "apology_fit" not in ids(text)
    assert headings(text) == HEADINGS


def test_a_criterion_moves_within_its_section_and_back() -> None:
    up = moved(TEXT, "paraphrase", -1)
    assert ids(up)[:3] == ["paraphrase", "listen_fully", "clarifying_questions"]
    assert headings(up) == HEADINGS
    assert moved(up, "paraphrase", 1) == TEXT


@pytest.mark.parametrize(("id", "by"), [("listen_fully", -1), ("clarifying_questions", 1)])
def test_a_criterion_does_not_leave_its_section(id: str, by: int) -> None:
    assert moved(TEXT, id, by) == TEXT


def test_an_id_that_is_taken_or_unknown_is_told() -> None:
    with pytest.raises(ContentError, match="already"):
        added(TEXT, {**NEW, "id": "recap"}, passage=None)
    with pytest.raises(ContentError, match="no criterion"):
        removed(TEXT, "nothing")


def test_a_criterion_is_edited_by_its_name_and_a_new_key_stays_inside_it() -> None:
    text = edited(
        TEXT,
        [Change("criteria.apology_fit.auto_fail", "true"), Change("criteria.recap.weight", "4.5")],
    )
    new = [line for line in text.splitlines() if line not in TEXT.splitlines()]
    assert new == ["    auto_fail: true", "    weight: 4.5"]
    lines = text.splitlines()
    assert lines[lines.index("    auto_fail: true") + 1].startswith("    advice: Say sorry once")


@pytest.mark.parametrize("text", ["id: x\n", "criteria: none\n", "criteria: [{id: a}]\n"])
def test_a_text_without_blocks_of_criteria_has_none_to_move_or_take_out(text: str) -> None:
    assert ids(text) == []
    for act in (lambda: removed(text, "a"), lambda: moved(text, "a", 1)):
        with pytest.raises(ContentError, match="no criterion"):
            act()
