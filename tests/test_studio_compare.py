"""What differs between two versions, told once and in place."""

from __future__ import annotations

from hotseat import catalog
from hotseat.domain import Noun
from hotseat.studio.compare import Difference, differences, lines


def with_(noun: Noun, **fields: object) -> Noun:
    return noun.model_copy(update=fields)


def test_two_equal_personas_do_not_differ() -> None:
    dana = catalog.persona("late_gift")
    assert differences(dana, dana) == []


def test_a_changed_word_is_told_with_its_place() -> None:
    dana = catalog.persona("late_gift")
    calmer = with_(dana, temperament="impatient")
    assert differences(dana, calmer) == [Difference("temperament", "angry", "impatient")]


def test_a_criterion_that_moved_is_no_change_and_a_new_weight_is_one() -> None:
    rubric = catalog.rubric("service_recovery")
    first, *rest = rubric.criteria
    heavier = first.model_copy(update={"weight": 9.0})
    moved = with_(rubric, criteria=(*rest, heavier))
    found = differences(rubric, moved)
    assert found == [Difference("criteria.listen_fully.weight", "7.0", "9.0")]


def test_an_added_and_a_removed_item_are_told_alone() -> None:
    dana = catalog.persona("late_gift")
    more = with_(dana, never_says=(*dana.never_says, "fine by me"))
    (added,) = differences(dana, more)
    assert (added.old, added.new) == ("", "fine by me")
    (removed,) = differences(more, dana)
    assert (removed.old, removed.new) == ("fine by me", "")


def test_lines_show_what_changed_with_some_context() -> None:
    assert lines("a\nb\nc\n", "a\nB\nc\n", around=1) == ["@@", " a", "-b", "+B", " c"]
    assert lines("same", "same") == []
