"""`hotseat gold export`: what people labelled, as a file that the evaluations read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import playing
import pytest
from typer.testing import CliRunner

from hotseat.cli import app
from hotseat.domain import Label
from hotseat.errors import HotseatError
from hotseat.evaluation import gold
from hotseat.store import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_what_was_labelled_comes_out_and_nothing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTSEAT_DB", playing.url(tmp_path))
    file = tmp_path / "gold.jsonl"
    empty = CliRunner().invoke(app, ["gold", "export", str(file)])
    assert isinstance(empty.exception, HotseatError)
    assert "nothing was labelled yet" in str(empty.exception)

    async def seed() -> None:
        store = await Store.open(playing.url(tmp_path))
        record = await playing.played(store, ("I am sorry about that.",))
        given = {"criterion": "apology_fit", "rater": "blind all: Mo", "at": NOW}
        label = Label.model_validate({"item": f"{record.id}:1", "level": "partly", **given})
        await store.reviews.label(label)
        await store.close()

    asyncio.run(seed())
    done = CliRunner().invoke(app, ["gold", "export", str(file)])
    assert done.exit_code == 0, done.output
    (found,) = gold.load(file, [criterion.id for criterion in playing.RUBRIC.criteria])
    assert found.turns[1].labels["apology_fit"].level == "partly"
    nowhere = CliRunner().invoke(app, ["gold", "export", str(tmp_path / "no" / "gold.jsonl")])
    assert "cannot be written" in str(nowhere.exception)
