"""Records: what is stored comes back equal, and a database in trouble loses nothing."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from hotseat.domain import (
    Act,
    Call,
    Direction,
    Grade,
    Mood,
    Persona,
    Pins,
    Read,
    Reading,
    Record,
    Rubric,
    SelfView,
    Step,
    Turn,
    Ungraded,
    Verdict,
)
from hotseat.errors import EncounterOver, StoreError
from hotseat.store import Store, default_url
from hotseat.store.engine import journal_mode
from hotseat.store.tables import VERSION, metadata

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 5, 18, 12, 0, 0, 123456, tzinfo=UTC)
BERLIN = timezone(timedelta(hours=2))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(address(tmp_path), wait=0.2)
    yield store
    await store.close()


def address(folder: Path) -> str:
    return f"sqlite:///{folder / 'records.sqlite'}"


PERSONA = Persona.model_validate(
    {
        "id": "late_gift",
        "name": "Ada",
        "pronoun": "she",
        "temperament": "Loud when afraid.",
        "summary": "A gift that did not come.",
        "skills": ["apology"],
        "level": 1,
        "voice": {"manner": "Clipped.", "habits": ["sighs"], "length": "short"},
        "never_says": ["whatever"],
        "mood": {"tension": 7, "trust": 3, "patience": 4},
        "softens_at": [{"when": "Owns it?", "sign": "owns_it", "by": 2}],
        "rises_at": [{"when": "Blames her?", "sign": ["your fault"]}],
        "scenarios": {
            "birthday": {
                "title": "The birthday",
                "brief": {"role": "Support", "record": ["Order 1"], "may_offer": ["A refund"]},
                "opening": ["Where is it?", "It is not here."],
                "happened": "It was lost.",
                "fault": "ours",
                "needs": {
                    "refund": {
                        "when": "Offers one?",
                        "sign": ["refund"],
                        "want": "Her money",
                        "asks": ["And my money?", "What of my money?", "My money."],
                        "pushes": ["By when?", "Sure?"],
                    }
                },
                "accepts_when": "Refunded.",
                "walks_when": "Ignored.",
                "policy": {"text": "Refund up to the price.", "goodwill_cap": 12.5},
                "phrases": {"item": "the gift"},
            }
        },
        "lines": {"insult": ["Excuse me?"], "press": {"hot": ["NOW."], "cool": ["When?"]}},
    }
)

RUBRIC = Rubric.model_validate(
    {
        "id": "service_recovery",
        "title": "Service recovery",
        "sections": [{"title": "Listen", "weight": 100}],
        "criteria": [
            {
                "id": "owns_it",
                "title": "Owns it",
                "section": "Listen",
                "weight": 100,
                "aggregation": "mean",
                "due_when": "Always.",
                "checks": [{"id": "a", "ask": "Sorry?"}, {"id": "b", "ask": "For what?"}],
                "examples": {"met": "I lost it.", "partly": "Sorry.", "missed": "No."},
                "sources": ["d1/1"],
                "praise": "You owned it.",
                "lack": "Nobody owned it.",
                "advice": "Say what went wrong.",
            }
        ],
    }
)


def a_turn(id: str = "t1", text: str = "I am sorry it was lost.", number: int = 2) -> Turn:
    return Turn(id=id, number=number, speaker="trainee", text=text, at=NOON)


def a_record(id: str = "r1", trainee: str = "sam", **changes: object) -> Record:
    pins = Pins(
        persona="a" * 64, rubric="b" * 64, prompts="c" * 64, customer="embedded", judge="embedded"
    )
    record = Record(
        id=id,
        trainee=trainee,
        persona=PERSONA,
        scenario_id="birthday",
        intensity="standard",
        rubric=RUBRIC,
        pins=pins,
        seed=7,
        opening=Turn(id="o1", number=1, speaker="customer", text="Where is it?", at=NOON),
        started=NOON,
    )
    return record.model_copy(update=changes)


def a_whole_step(turn: Turn) -> Step:
    mood = Mood(tension=6, trust=4, patience=3, offered=("refund",), turns=1)
    return Step(
        trainee=turn,
        reading=Reading(
            criteria={"owns_it": Read(level="met", quote="sorry it was lost", confidence=0.7)},
            acts=(Act(id="boundary", quote="sorry"),),
            signs={"softens/0": "sorry"},
        ),
        mood=mood,
        direction=Direction(move="press", band=1, presses="refund"),
        customer=Turn(id="c1", number=3, speaker="customer", text="And my money? “Soon”? 🙄"),
        verdict=Verdict(
            grades={"owns_it": Grade(level="met", quote="sorry it was lost", checks={"a": True})},
            flags=(Act(id="addresses_grader"),),
            engine="embedded",
            rubric="b" * 64,
        ),
        settled=mood.model_copy(update={"tension": 5}),
    )


# --------------------------------------------------------------------------- round trips


async def test_a_record_with_every_field_set_comes_back_equal(store: Store) -> None:
    record = a_record(
        seed=2**80,
        steps=(a_whole_step(a_turn()), Step(trainee=a_turn("t2", 'NUL \0, "quotes", <b>, 🙂\n'))),
        outcome="walked_out",
        started=NOON.astimezone(BERLIN),
        ended=NOON + timedelta(minutes=9),
        retry_of="r0",
        retry_from=1,
        self_view=SelfView(worked="I listened", change="Slower"),
        hints=("Name what went wrong.", "“It was lost on our side.”"),
        draft="half a sen",
    )
    unset = {
        name
        for name, field in Record.model_fields.items()
        if getattr(record, name) is field.default
    }
    assert not unset, "set every field here, so that a new one is not forgotten by the store"
    await store.begin(record)
    loaded = await store.load("r1", "sam")
    assert loaded == record
    assert loaded.started.tzinfo is UTC


async def test_a_fresh_record_comes_back_equal(store: Store) -> None:
    await store.begin(a_record())
    assert await store.load("r1", None) == a_record()


async def test_a_retry_brings_its_earlier_turns_ids_and_all(store: Store) -> None:
    steps = (a_whole_step(a_turn()),)
    await store.begin(a_record("r1", steps=steps))
    await store.begin(a_record("r2", steps=steps, retry_of="r1", retry_from=1))
    assert (await store.load("r2", "sam")).steps == steps


async def test_a_persona_and_a_rubric_are_stored_once_however_many_records_pin_them(
    store: Store, tmp_path: Path
) -> None:
    for number in range(3):
        await store.begin(a_record(f"r{number}"))
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as file:
        kinds = file.execute("select kind from contents order by kind").fetchall()
    assert kinds == [("persona",), ("rubric",)]


async def test_a_record_cannot_be_begun_twice(store: Store) -> None:
    await store.begin(a_record())
    with pytest.raises(StoreError, match="there already"):
        await store.begin(a_record(trainee="kim"))
    assert (await store.load("r1", None)).trainee == "sam"


async def test_a_time_without_a_zone_is_refused_rather_than_guessed(store: Store) -> None:
    with pytest.raises(Exception, match="time zone"):
        await store.begin(a_record(started=NOON.replace(tzinfo=None)))


# ---------------------------------------------------------------------------- one turn


async def test_a_turn_sent_twice_is_stored_once(store: Store) -> None:
    await store.begin(a_record())
    assert await store.hear("r1", a_turn("t1", "first"))
    assert not await store.hear("r1", a_turn("t1", "first"))
    assert not await store.hear("r1", a_turn("t1", "other words"))
    assert [step.trainee.text for step in (await store.load("r1", "sam")).steps] == ["first"]


async def test_turns_keep_the_order_in_which_they_came_whatever_the_clock_says(
    store: Store,
) -> None:
    await store.begin(a_record())
    for hour in (3, 1, 2):
        turn = a_turn(f"t{hour}").model_copy(update={"at": NOON - timedelta(hours=hour)})
        await store.hear("r1", turn)
    steps = (await store.load("r1", "sam")).steps
    assert [step.trainee.id for step in steps] == ["t3", "t1", "t2"]


async def test_an_ended_encounter_hears_nothing_more_but_knows_what_it_heard(store: Store) -> None:
    await store.begin(a_record())
    await store.hear("r1", a_turn("t1"))
    await store.finish("r1", "stopped", NOON)
    with pytest.raises(EncounterOver):
        await store.hear("r1", a_turn("t2"))
    assert not await store.hear("r1", a_turn("t1"))
    assert len((await store.load("r1", "sam")).steps) == 1


async def test_a_turn_that_is_heard_clears_the_draft_it_came_from(store: Store) -> None:
    await store.begin(a_record())
    await store.save_draft("r1", "I am sor")
    assert (await store.load("r1", "sam")).draft == "I am sor"
    await store.hear("r1", a_turn(text="I am sorry."))
    assert (await store.load("r1", "sam")).draft == ""


async def test_a_step_fills_in_part_by_part(store: Store) -> None:
    await store.begin(a_record())
    whole = a_whole_step(a_turn())
    await store.hear("r1", whole.trainee)
    await store.save_step("r1", 0, Step(trainee=whole.trainee, reading=whole.reading))
    await store.save_step("r1", 0, whole.model_copy(update={"verdict": None, "settled": None}))
    await store.save_step("r1", 0, Step(trainee=whole.trainee, verdict=whole.verdict))
    await store.save_step("r1", 0, Step(trainee=whole.trainee, settled=whole.settled))
    await store.save_step("r1", 0, Step(trainee=whole.trainee))
    assert (await store.load("r1", "sam")).steps == (whole,)


async def test_a_verdict_may_still_come_after_the_ending(store: Store) -> None:
    await store.begin(a_record())
    whole = a_whole_step(a_turn())
    await store.hear("r1", whole.trainee)
    await store.finish("r1", "resolved", NOON)
    await store.save_step("r1", 0, whole)
    assert (await store.load("r1", "sam")).steps == (whole,)


async def test_a_line_the_customer_has_spoken_is_never_rewritten(store: Store) -> None:
    await store.begin(a_record())
    whole = a_whole_step(a_turn())
    await store.hear("r1", whole.trainee)
    await store.save_step("r1", 0, whole)
    other = {
        "trainee": a_turn(text="rewritten"),
        "customer": a_turn("c9", "another line"),
        "mood": Mood(tension=0, trust=10, patience=9),
    }
    await store.save_step("r1", 0, whole.model_copy(update=other))
    assert (await store.load("r1", "sam")).steps == (whole,)


async def test_ungraded_gives_way_to_a_verdict_and_never_the_other_way(store: Store) -> None:
    await store.begin(a_record())
    whole = a_whole_step(a_turn())
    ungraded = Step(trainee=whole.trainee, verdict=Ungraded(reason="timed out", engine="m"))
    await store.hear("r1", whole.trainee)
    await store.save_step("r1", 0, ungraded)
    assert (await store.load("r1", "sam")).steps == (ungraded,)
    await store.save_step("r1", 0, whole)
    await store.save_step("r1", 0, ungraded)
    assert (await store.load("r1", "sam")).steps == (whole,)


async def test_a_step_is_not_written_over_another_windows_turn(store: Store) -> None:
    await store.begin(a_record())
    await store.hear("r1", a_turn("from-one-window"))
    for index, turn in ((0, a_turn("from-another")), (1, a_turn("from-one-window"))):
        with pytest.raises(StoreError, match="went on elsewhere"):
            await store.save_step("r1", index, a_whole_step(turn))
    assert (await store.load("r1", "sam")).steps[0].customer is None


async def test_the_first_ending_stays(store: Store) -> None:
    await store.begin(a_record())
    await store.finish("r1", "walked_out", NOON)
    await store.finish("r1", "stopped", NOON + timedelta(hours=1))
    record = await store.load("r1", "sam")
    assert (record.outcome, record.ended) == ("walked_out", NOON)


async def test_hints_and_the_trainees_own_view_are_kept(store: Store) -> None:
    await store.begin(a_record())
    await store.save_hint("r1", "one")
    await store.save_hint("r1", "two")
    await store.save_self_view("r1", SelfView(skipped=True))
    await store.save_self_view("r1", SelfView(worked="I waited"))
    record = await store.load("r1", "sam")
    assert record.hints == ("one", "two")
    assert record.self_view == SelfView(worked="I waited")


# ------------------------------------------------------------------------------- whose


async def test_somebody_elses_record_and_one_that_never_was_look_the_same(store: Store) -> None:
    await store.begin(a_record())
    said: list[str] = []
    for record_id, trainee in (("r1", "kim"), ("r2", "kim"), ("r2", None)):
        with pytest.raises(StoreError, match="no such record") as error:
            await store.load(record_id, trainee)
        said.append(str(error.value).replace(record_id, "ID"))
    assert len(set(said)) == 1


async def test_nothing_can_be_written_to_a_record_that_never_was(store: Store) -> None:
    for write in (
        store.hear("r9", a_turn()),
        store.finish("r9", "stopped", NOON),
        store.save_draft("r9", "text"),
        store.save_hint("r9", "hint"),
        store.save_self_view("r9", SelfView()),
        store.save_step("r9", 0, Step(trainee=a_turn())),
    ):
        with pytest.raises(StoreError, match="record r9"):
            await write


async def test_history_is_newest_first_and_only_ones_own(store: Store) -> None:
    for number in range(5):
        clock = NOON - timedelta(hours=number)  # a clock that runs backwards
        await store.begin(a_record(f"r{number}", started=clock, steps=(Step(trainee=a_turn()),)))
    await store.begin(a_record("k1", trainee="kim"))
    await store.finish("r2", "resolved", NOON)
    history = await store.history("sam")
    assert [record.id for record in history] == ["r4", "r3", "r2", "r1", "r0"]
    assert all(len(record.steps) == 1 for record in history)
    assert [record.id for record in await store.history("sam", limit=2)] == ["r4", "r3"]
    assert await store.history("nobody") == []


async def test_the_current_encounter_is_the_newest_unfinished_one(store: Store) -> None:
    assert await store.current("sam") is None
    for number in range(3):
        await store.begin(a_record(f"r{number}"))
    await store.finish("r2", "stopped", NOON)
    current = await store.current("sam")
    assert current is not None
    assert current.id == "r1"


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 3)], ids=["journal", "write-ahead log"])
async def test_what_is_deleted_is_gone_from_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...]
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    store = await Store.open(address(tmp_path))
    canary = "canary-8c1f"
    await store.begin(a_record("r1", draft=f"{canary} draft"))
    await store.begin(a_record("r2"))
    for number in range(30):
        await store.hear("r1", a_turn(f"t{number}", f"{canary} {number} " + "x" * 3_000))
    await store.save_hint("r1", f"{canary} hint")
    assert any(canary.encode() in file.read_bytes() for file in tmp_path.iterdir())
    await store.delete("r1")
    await store.delete("r1")
    assert not [file.name for file in tmp_path.iterdir() if canary.encode() in file.read_bytes()]
    with pytest.raises(StoreError, match="no such record"):
        await store.load("r1", "sam")
    assert await store.load("r2", "sam") == a_record("r2")
    await store.close()


# ------------------------------------------------------------------------------ opening


def test_the_records_lie_in_the_persons_own_data_folder_or_where_they_say(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HOTSEAT_DB", raising=False)
    assert default_url().startswith("sqlite+aiosqlite:///")
    assert default_url().endswith("records.sqlite")
    monkeypatch.setenv("HOTSEAT_DB", "postgresql://sam:secret@host/db")
    assert default_url() == "postgresql://sam:secret@host/db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOTSEAT_DB", "mine.sqlite")
    assert default_url() == f"sqlite+aiosqlite:///{tmp_path / 'mine.sqlite'}"


@pytest.mark.parametrize("name", ["a b.sqlite", "50%.sqlite", "what?#me.sqlite", "ü.sqlite"])
async def test_a_file_may_have_any_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setenv("HOTSEAT_DB", str(tmp_path / "new" / "folder" / name))
    store = await Store.open(default_url())
    await store.begin(a_record())
    await store.close()
    assert [file.name for file in (tmp_path / "new" / "folder").iterdir()] == [name]


async def test_a_store_in_memory_serves_many_at_once() -> None:
    store = await Store.open("sqlite:///:memory:")
    await asyncio.gather(*(store.begin(a_record(f"r{number}")) for number in range(12)))
    assert len(await store.history("sam")) == 12
    await store.close()


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://sam:secret@host/db", "postgresql://sam:secret@host:port/db"]
)
async def test_a_url_that_cannot_work_is_named_without_its_password(url: str) -> None:
    with pytest.raises(StoreError, match="not a database this can use") as error:
        await Store.open(url)
    assert "secret" not in str(error.value)
    assert error.value.fix


async def test_a_database_of_a_newer_hotseat_is_refused(tmp_path: Path) -> None:
    await (await Store.open(address(tmp_path))).close()
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as file, file:
        file.execute("update schema_version set version = ?", (VERSION + 1,))
    with pytest.raises(StoreError, match="newer hotseat"):
        await Store.open(address(tmp_path))


async def test_the_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as file, file:
        file.execute("create table bookmarks (url text)")
    before = (tmp_path / "records.sqlite").read_bytes()
    with pytest.raises(StoreError, match="something else"):
        await Store.open(address(tmp_path))
    assert (tmp_path / "records.sqlite").read_bytes() == before


async def test_several_may_open_an_empty_database_at_the_same_moment(tmp_path: Path) -> None:
    stores = await asyncio.gather(*(Store.open(address(tmp_path)) for _ in range(6)))
    for number, store in enumerate(stores):
        await store.begin(a_record(f"r{number}"))
    assert len(await stores[0].history("sam")) == 6
    for store in stores:
        await store.close()


def test_a_write_ahead_log_is_used_only_where_it_is_safe() -> None:
    for version in ((3, 51, 3), (3, 52, 0), (3, 50, 7), (3, 44, 6)):
        assert journal_mode(version) == "WAL", version
    for version in ((3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)):
        assert journal_mode(version) == "DELETE", version


async def test_every_commit_waits_for_the_disk(store: Store) -> None:
    for transaction in (store.database.reading(), store.database.writing()):
        async with transaction as connection:
            pragmas = [
                await connection.scalar(text(f"PRAGMA {name}"))
                for name in ("synchronous", "foreign_keys", "secure_delete")
            ]
            assert pragmas == [3, 1, 1]


def test_the_tables_can_be_made_in_postgresql() -> None:
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=postgresql.dialect()))


# ------------------------------------------------------------------------------ trouble


async def test_a_database_locked_by_another_program_refuses_the_turn_and_recovers(
    store: Store, tmp_path: Path
) -> None:
    await store.begin(a_record())
    with closing(sqlite3.connect(tmp_path / "records.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked by another program") as error:
            await store.hear("r1", a_turn())
        assert error.value.place == str(tmp_path / "records.sqlite")
        assert error.value.fix
        with pytest.raises(StoreError, match="locked by another program"):
            await store.load("r1", "sam")
        with pytest.raises(StoreError, match="locked by another program"):
            await Store.open(address(tmp_path), wait=0.05)
        other.execute("ROLLBACK")
    assert await store.hear("r1", a_turn())


async def test_a_short_lock_is_waited_for(store: Store, tmp_path: Path) -> None:
    await store.begin(a_record())
    with closing(sqlite3.connect(tmp_path / "records.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        turn = asyncio.create_task(store.hear("r1", a_turn()))
        await asyncio.sleep(0.05)
        other.execute("ROLLBACK")
        assert await turn


async def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    await store.begin(a_record())
    async with store.database.writing():
        assert await store.load("r1", "sam") == a_record()


async def test_a_full_disk_refuses_the_turn_and_keeps_what_was_there(store: Store) -> None:
    await store.begin(a_record())
    async with store.database.writing() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count=1")  # no page more than now
    heard: list[str] = []

    async def fill() -> None:
        for number in range(100):
            await store.hear("r1", a_turn(f"t{number}", "x" * 3_000))
            heard.append(f"t{number}")

    with pytest.raises(StoreError, match="disk is full") as error:
        await fill()
    assert "xxx" not in f"{error.value} {error.value.__cause__}", "no trainee's words in a log"
    steps = (await store.load("r1", "sam")).steps
    assert [step.trainee.id for step in steps] == heard
    async with store.database.writing() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count=100000")
    assert await store.hear("r1", a_turn("after"))


async def test_a_read_only_database_can_be_read_and_says_why_it_cannot_be_written(
    store: Store, tmp_path: Path
) -> None:
    await store.begin(a_record())
    url = f"sqlite:///file:{tmp_path / 'records.sqlite'}?mode=ro&uri=true"
    read_only = await Store.open(url)
    assert await read_only.load("r1", "sam") == a_record()
    with pytest.raises(StoreError, match="read-only"):
        await read_only.hear("r1", a_turn())
    await read_only.close()


@pytest.mark.parametrize("garbage", [b"not a database at all " * 50, b"SQLite format 3\0" * 300])
async def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, garbage: bytes
) -> None:
    file = tmp_path / "records.sqlite"
    file.write_bytes(garbage)
    with pytest.raises(StoreError, match=r"not a database|damaged") as error:
        await Store.open(address(tmp_path))
    assert str(file) in str(error.value)
    assert "backup" in error.value.fix
    assert file.read_bytes() == garbage


async def test_a_database_damaged_in_the_middle_says_so(tmp_path: Path) -> None:
    store = await Store.open(address(tmp_path))
    for number in range(20):
        await store.begin(a_record(f"r{number}", draft="x" * 3_000))
    await store.close()
    file = tmp_path / "records.sqlite"
    body = file.read_bytes()
    file.write_bytes(body[:4096] + b"\xff" * (len(body) - 4096))
    with pytest.raises(StoreError, match="damaged"):
        await Store.open(address(tmp_path))


async def test_a_database_moved_away_while_in_use_takes_no_turn(
    store: Store, tmp_path: Path
) -> None:
    await store.begin(a_record())
    (tmp_path / "records.sqlite").rename(tmp_path / "moved.sqlite")
    with pytest.raises(StoreError, match="moved or deleted"):
        await store.hear("r1", a_turn())


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="folder cannot be made") as error:
        await Store.open(f"sqlite:///{tmp_path / 'file' / 'records.sqlite'}")
    assert error.value.place == str(tmp_path / "file")
    with pytest.raises(StoreError, match="cannot be opened"):
        await Store.open(f"sqlite:///{tmp_path}")


async def test_a_record_of_another_version_is_named_and_its_words_are_not_quoted(
    store: Store, tmp_path: Path
) -> None:
    await store.begin(a_record())
    await store.hear("r1", a_turn(text="my private words"))
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as file, file:
        file.execute("update steps set trainee = replace(trainee, 'number', 'numeral')")
    with pytest.raises(StoreError, match=r"record r1: Step\.trainee") as error:
        await store.load("r1", "sam")
    assert "private" not in str(error.value)


async def test_a_broken_character_is_refused_in_plain_words(store: Store) -> None:
    await store.begin(a_record())
    with pytest.raises(StoreError, match="broken character"):
        await store.save_draft("r1", "half a pair: \ud83d")
    with pytest.raises(StoreError, match="broken character"):
        await store.load("\ud83d", "sam")


async def test_a_write_that_is_called_off_is_whole_or_absent_and_the_next_one_works(
    store: Store,
) -> None:
    await store.begin(a_record())
    for number in range(15):
        task = asyncio.create_task(store.hear("r1", a_turn(f"t{number}")))
        await asyncio.sleep(number / 2_500)
        task.cancel()
        await asyncio.wait([task])
    assert await store.hear("r1", a_turn("last"))
    steps = (await store.load("r1", "sam")).steps
    assert steps[-1].trainee.id == "last"
    assert len({step.trainee.id for step in steps}) == len(steps)


async def test_what_models_took_is_summed_by_role_and_model(store: Store) -> None:
    record = a_record()
    await store.begin(record)
    now = datetime.now(UTC)
    judge = Call(role="judge", model="openai/x", input_tokens=100, output_tokens=10, cost=0.25)
    local = Call(role="customer", model="ollama_chat/y", input_tokens=50)
    await store.spend(record.id, 0, [judge, local], now)
    await store.spend(record.id, 1, [judge], now)
    assert await store.spent(record.id) == 0.5
    assert await store.spent(since=now - timedelta(hours=1)) == 0.5
    assert await store.spent(since=now + timedelta(hours=1)) == 0.0
    dearest, free = await store.costs()
    assert (dearest.model, dearest.calls, dearest.encounters, dearest.cost) == (
        "openai/x",
        2,
        1,
        0.5,
    )
    assert (free.cost, free.input_tokens) == (None, 50)
    assert await store.calls(record.id) == [(0, judge), (0, local), (1, judge)]
    await store.delete(record.id)
    assert await store.costs() == []
    assert await store.calls(record.id) == []
