"""What trainers keep: drafts of their own, versions for good, every ruling in order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotseat.domain import Dispute, Draft, Import, Label, Lesson, Ruling, Turn, Version
from hotseat.errors import StoreError
from hotseat.store import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(f"sqlite:///{tmp_path / 'x.sqlite'}")
    yield opened
    await opened.close()


def draft(who: str, text: str = "id: dana\n") -> Draft:
    return Draft(kind="persona", name="dana", who=who, base="", text=text, at=NOW)


def version(number: int, hash: str = "") -> Version:
    return Version(
        kind="persona",
        name="dana",
        number=number,
        hash=hash or f"hash {number}",
        text="id: dana\n",
        note="calmer",
        who="Mo",
        at=NOW,
    )


async def test_each_trainer_has_a_draft_of_their_own(store: Store) -> None:
    await store.shelf.save_draft(draft("Mo"))
    await store.shelf.save_draft(draft("Ann", "id: other\n"))
    await store.shelf.save_draft(draft("Mo", "id: newer\n"))
    mine = await store.shelf.draft("persona", "dana", "Mo")
    assert mine is not None
    assert mine.text == "id: newer\n"
    assert [d.who for d in await store.shelf.drafts("persona")] == ["Ann", "Mo"]
    await store.shelf.drop_draft("persona", "dana", "Mo")
    assert await store.shelf.draft("persona", "dana", "Mo") is None
    assert await store.shelf.draft("persona", "dana", "Ann") is not None


async def test_versions_are_numbered_without_a_gap_and_nobody_takes_a_number_twice(
    store: Store,
) -> None:
    await store.shelf.publish(version(1))
    await store.shelf.publish(version(2))
    for wrong in (1, 2, 4):
        with pytest.raises(StoreError, match="cannot follow"):
            await store.shelf.publish(version(wrong))
    assert [v.number for v in await store.shelf.versions("persona", "dana")] == [1, 2]
    assert (await store.shelf.latest())["persona", "dana"].number == 2


async def test_a_fingerprint_names_the_version_that_had_it_first(store: Store) -> None:
    for number, hash in enumerate(("a", "b", "a"), start=1):
        await store.shelf.publish(version(number, hash))
    assert await store.shelf.numbers() == {"a": ("dana", 1), "b": ("dana", 2)}


async def test_every_ruling_stays_in_the_order_in_which_it_was_made(store: Store) -> None:
    def ruling(level: str, minutes: int) -> Ruling:
        return Ruling.model_validate(
            {
                "record": "r1",
                "step": 2,
                "criterion": "timeline",
                "level": level,
                "reason": "there is a date",
                "judged": "missed",
                "who": "Mo",
                "at": NOW - timedelta(minutes=minutes),
            }
        )

    await store.reviews.rule(ruling("partly", 0))
    await store.reviews.rule(ruling("met", 5))
    assert [r.level for r in await store.reviews.rulings("r1")] == ["partly", "met"]
    assert not await store.reviews.rule(ruling("missed", 9), seen=1)
    assert await store.reviews.rule(ruling("na", 9), seen=2)
    assert [r.level for r in await store.reviews.rulings("r1")] == ["partly", "met", "na"]
    assert await store.reviews.rulings("r2") == []


async def test_a_dispute_made_twice_is_one_dispute(store: Store) -> None:
    for reason in ("no", "I gave a date"):
        said = Dispute(record="r1", step=1, criterion="timeline", reason=reason, at=NOW)
        await store.reviews.dispute(said)
    assert [d.reason for d in await store.reviews.disputes()] == ["I gave a date"]


async def test_a_label_is_replaced_by_its_rater_alone_and_can_be_taken_back(store: Store) -> None:
    def label(rater: str, level: str) -> Label:
        return Label.model_validate(
            {"item": "r1:1", "criterion": "timeline", "rater": rater, "level": level, "at": NOW}
        )

    for given in (label("Mo", "met"), label("Ann", "missed"), label("Mo", "partly")):
        await store.reviews.label(given)
    assert [(x.rater, x.level) for x in await store.reviews.labels()] == [
        ("Ann", "missed"),
        ("Mo", "partly"),
    ]
    await store.reviews.unlabel("r1:1", "timeline", "Ann")
    assert await store.reviews.labels("Ann") == []


async def test_a_conversation_brought_in_twice_is_kept_once_and_can_be_deleted(
    store: Store,
) -> None:
    turn = Turn(id="1", number=1, speaker="customer", text="Hello?")
    one = Import(id="import-1", title="a", transcript=(turn,), masked=0, who="Mo", at=NOW)
    assert await store.reviews.bring_in([one, one]) == 1
    assert await store.reviews.bring_in([one]) == 0
    assert await store.reviews.imports() == [one]
    await store.reviews.drop_import("import-1")
    assert await store.reviews.imports() == []


async def test_a_lesson_that_was_taken_back_stays_away(store: Store) -> None:
    words = {"skill": "Keep calm", "customer": "Late.", "reply": "I am sorry."}
    lesson = Lesson.model_validate({"id": "r1:1", "record": "r1", "step": 1, "at": NOW, **words})
    shown = lesson.model_copy(update={"state": "shown", "who": "Mo"})
    assert await store.reviews.teach(lesson)
    assert await store.reviews.teach(shown, new=False)
    await store.reviews.drop_lesson(lesson.id)
    assert not await store.reviews.teach(shown, new=False)
    assert await store.reviews.lessons() == []
