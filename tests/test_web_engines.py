"""The settings page: who sits where, for trainers, with no secret on it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import playing
import pytest
from test_web_desk import desk, last

from hotseat import llm
from hotseat.llm import Budget
from hotseat.web import engines
from hotseat.web.identity import Visitor

TRAINER, TRAINEE = Visitor("browser:t", trainer=True), Visitor("browser:t")
SECRET = "-".join(("sk", "0123456789abcdefghijklmnop"))
ENV = {
    "HOTSEAT_CUSTOMER_MODEL": "openai/gpt-5-mini",
    "HOTSEAT_CUSTOMER_FALLBACKS": "anthropic/claude-haiku-4-5, embedded",
    "HOTSEAT_CUSTOMER_URL": f"https://me:{SECRET}@models.example.org:8443/v1?key={SECRET}",
    "HOTSEAT_JUDGE_MODEL": "ollama_chat/qwen3",
    "HOTSEAT_JUDGE_TEMPERATURE": "0.5",
    "OPENAI_API_KEY": SECRET,
}


def rows() -> dict[str, engines.Row]:
    seats = llm.seats(ENV)
    return {seat.role: engines.row(seat, ENV, 0.0123, "") for seat in seats.all}


def test_a_seat_is_told_in_words() -> None:
    customer, judge, coach = rows()["customer"], rows()["judge"], rows()["coach"]
    assert (customer.engine, customer.price) == ("openai/gpt-5-mini", "about $0.012")
    assert customer.fallbacks == ("anthropic/claude-haiku-4-5", "embedded engine")
    assert customer.host == "models.example.org:8443"
    assert (judge.temperature, judge.keys) == ("0.5", ())
    assert (coach.engine, coach.price, coach.keys) == ("embedded engine", "free", ())


def test_a_key_is_there_or_not_and_no_part_of_it_is_shown() -> None:
    assert rows()["customer"].keys == (("OPENAI_API_KEY", True), ("ANTHROPIC_API_KEY", False))
    assert SECRET[:6] not in repr(rows())


@pytest.mark.parametrize(
    ("model", "env", "key"),
    [
        ("gemini/x", {"GOOGLE_API_KEY": "k"}, ("GOOGLE_API_KEY", True)),
        ("gemini/x", {}, ("GEMINI_API_KEY", False)),
        ("groq/x", {"GROQ_API_KEY": "  "}, ("GROQ_API_KEY", False)),
        ("ollama/x", {}, None),
        ("embedded", {}, None),
    ],
)
def test_every_provider_has_its_own_variable(
    model: str, env: dict[str, str], key: tuple[str, bool] | None
) -> None:
    assert engines.key(model, env) == key


def test_an_address_that_cannot_be_read_is_said_and_not_shown() -> None:
    assert engines.host("http://[nonsense") == "an address that cannot be read"
    assert engines.host("localhost:11434") == "localhost:11434"
    assert engines.host("") == ""


def test_the_budget_says_what_is_used() -> None:
    assert engines.budget(Budget(day=5.0), 1.234).day == "$1.23 used today of $5.00"
    assert engines.budget(Budget(), 0.0).encounter == "no limit is set"


def test_the_settings_are_for_trainers(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            shown = await last(at.go(TRAINER, {"query": "?settings=1"}))
            assert "Who sits in which seat" in shown["page"]
            assert "?settings=1" in shown["masthead"]
            shown = await last(at.go(TRAINEE, {"query": "?settings=1"}))
            assert "The settings are for trainers." in shown["page"]
            assert "?settings=1" not in shown["masthead"]
            assert [slots async for slots in at.act(TRAINEE, {"do": "check"})] == []

    asyncio.run(run())


def test_a_check_asks_every_seat_and_shows_that_it_is_asking(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            frames = [slots async for slots in at.act(TRAINER, {"do": "check"})]
            assert "Asking…" in frames[0]["page"]
            assert frames[-1]["page"].count("Is here") == len(at.rooms.seats.all)
            assert json.loads(frames[-1]["wire"])["address"] == "?settings=1"

    asyncio.run(run())


def test_nothing_of_litellm_is_loaded_to_show_embedded_seats(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import asyncio, sys\n"
        "from hotseat import llm\n"
        "from hotseat.store import Store\n"
        "from hotseat.web import engines\n"
        "async def run():\n"
        f"    store = await Store.open({playing.url(tmp_path)!r})\n"
        "    await engines.page(llm.seats({}), {}, store)\n"
        "    await store.close()\n"
        "asyncio.run(run())\n"
        "sys.exit('litellm' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
