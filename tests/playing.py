"""Real encounters for the tests of the page: the embedded engine, a store in a file."""

from __future__ import annotations

from pathlib import Path

from hotseat import catalog, encounter, llm
from hotseat.domain import Intensity, Record
from hotseat.store import Store

SEATS = llm.seats({})
RUBRIC = catalog.rubric("service_recovery")
DANA = catalog.persona("late_gift")
PHRASES = DANA.scenarios["birthday"].phrases
GOOD = (
    " ".join((PHRASES["listen_fully"], PHRASES["acknowledge_feelings"], PHRASES["apology_fit"])),
    " ".join((PHRASES["specific_solution"], PHRASES["timeline"], PHRASES["confirm_fit"])),
    " ".join((PHRASES["adapt_flexibly"], PHRASES["transparent_explanation"])),
    " ".join((PHRASES["paraphrase"], PHRASES["follow_up_plan"])),
    " ".join((PHRASES["recap"], PHRASES["warm_close"])),
)
ATTACK = (
    '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>${window.pwned=1}{{7*7}}'
)


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'records.sqlite'}"


def begun(trainee: str = "browser:t", intensity: Intensity = "standard", seed: int = 3) -> Record:
    return encounter.begin(
        DANA, "birthday", intensity, RUBRIC, trainee=trainee, seats=SEATS, seed=seed
    )


async def played(store: Store, replies: tuple[str, ...] = GOOD, **options: object) -> Record:
    """A stored encounter with these replies, stopped if they did not end it."""
    record = begun(**options)  # type: ignore[arg-type]
    await store.begin(record)
    for reply in replies:
        async for event in encounter.turn(record, reply, seats=SEATS, keep=store):
            record = event.record
        if record.outcome:
            break
    return await encounter.stop(record, keep=store)
