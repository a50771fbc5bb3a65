"""The seats: embedded unless named otherwise, and an unknown name is said at once."""

import os
import subprocess
import sys

import pytest

from hotseat import llm, settings
from hotseat.errors import SettingError
from hotseat.llm import Seat
from hotseat.llm.calls import price


def test_without_a_setting_both_seats_are_embedded():
    seats = llm.seats({})
    assert (seats.customer.name, seats.judge.name) == ("embedded", "embedded")
    assert llm.seats({"HOTSEAT_JUDGE_MODEL": "  "}).judge.name == "embedded"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HOTSEAT_JUDGE_MODEL", "gpt"),
        ("HOTSEAT_CUSTOMER_FALLBACKS", "openai/a, b"),
        ("HOTSEAT_CUSTOMER_TEMPERATURE", "warm"),
        ("HOTSEAT_BUDGET_DAY", "-1"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_with_the_variable_named(variable, value):
    with pytest.raises(SettingError, match=variable):
        llm.seats({variable: value})


def test_a_seat_takes_its_model_fallbacks_address_and_temperature():
    seat = llm.seats(
        {
            "HOTSEAT_JUDGE_MODEL": "openai/gpt-5-mini",
            "HOTSEAT_JUDGE_FALLBACKS": "anthropic/claude-x, ollama_chat/y",
            "HOTSEAT_JUDGE_URL": "http://127.0.0.1:9/v1",
        }
    ).judge
    assert seat.models == ("openai/gpt-5-mini", "anthropic/claude-x", "ollama_chat/y")
    assert seat.settings == {"temperature": 0.0}
    assert seat.url == "http://127.0.0.1:9/v1"


@pytest.mark.parametrize(
    ("customer", "judge", "related"),
    [
        ("openai/x", "openai/x", True),
        ("openai/x", "azure/x", True),
        ("openai/x", "openai/y", False),
        ("anthropic/claude-x", "bedrock/anthropic.claude-y-v1:0", True),
        ("openai/gpt-5-mini", "openrouter/openai/o4-mini", True),
        ("openai/gpt-5-mini", "anthropic/claude-x", False),
        ("gemini/gemini-x", "ollama_chat/gemma3:4b", True),
        ("openai/x", "embedded", False),
        ("embedded", "embedded", False),
    ],
)
def test_one_family_that_plays_and_judges_is_noticed(customer, judge, related):
    seats = llm.seats({"HOTSEAT_CUSTOMER_MODEL": customer, "HOTSEAT_JUDGE_MODEL": judge})
    assert seats.self_preferring is related
    assert bool(seats.warnings()) is related


def test_a_second_judge_of_the_same_family_is_warned_about():
    def warnings(second):
        env = {
            "HOTSEAT_CUSTOMER_MODEL": "gemini/gemini-x",
            "HOTSEAT_JUDGE_MODEL": "anthropic/claude-x",
            "HOTSEAT_SECOND_JUDGE_MODEL": second,
        }
        return llm.seats(env).warnings()

    assert "second judge (vertex_ai/claude-y)" in warnings("vertex_ai/claude-y")[0]
    assert warnings("openai/gpt-5-mini") == ()


def test_the_coach_is_embedded_and_there_is_no_second_judge_unless_named():
    seats = llm.seats({})
    assert (seats.coach.name, seats.coach.role, seats.second_judge) == ("embedded", "coach", None)
    assert [seat.role for seat in seats.all] == ["customer", "judge", "coach"]
    named = {"HOTSEAT_COACH_MODEL": "openai/c", "HOTSEAT_SECOND_JUDGE_MODEL": "openai/s"}
    seats = llm.seats(named)
    assert (seats.coach.name, seats.second_judge.name) == ("openai/c", "openai/s")
    assert [seat.role for seat in seats.all] == ["customer", "judge", "second_judge", "coach"]
    assert all(seat.deadlines == llm.DEADLINES[seat.role] for seat in seats.all)
    assert seats.second_judge.settings == seats.judge.settings == {"temperature": 0.0}
    assert seats.coach.settings == {}


def test_how_a_seat_is_doing_is_no_part_of_which_seat_it_is():
    one, other = Seat("openai/x"), Seat("openai/x")
    one.health.failed("openai/x", "away")
    assert one == other
    assert hash(one) == hash(other)


def test_warming_up_loads_litellm_for_a_real_model_and_for_nothing_else():
    code = (
        "import asyncio, sys\n"
        "from hotseat import llm\n"
        "asyncio.run(llm.warm(llm.seats({})))\n"
        "assert 'litellm' not in sys.modules\n"
        "asyncio.run(llm.warm(llm.seats({'HOTSEAT_COACH_MODEL': 'openai/x'})))\n"
        "assert 'litellm' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_dotenv_file_is_read_and_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("HOTSEAT_JUDGE_MODEL", "openai/mine")
    monkeypatch.setenv("HOTSEAT_CUSTOMER_MODEL", "not set after this test either")
    monkeypatch.delenv("HOTSEAT_CUSTOMER_MODEL")
    (tmp_path / ".env").write_text(
        "HOTSEAT_JUDGE_MODEL=openai/no\nHOTSEAT_CUSTOMER_MODEL=openai/c\n"
    )
    settings.load(tmp_path)
    seats = llm.seats(os.environ)
    assert (seats.customer.name, seats.judge.name) == ("openai/c", "openai/mine")


def test_what_a_provider_had_in_its_cache_costs_less():
    whole = price("anthropic/claude-sonnet-4-5", 1_000, 0)
    assert whole > 2 * price("anthropic/claude-sonnet-4-5", 1_000, 0, cached=900) > 0
    assert price("openai/nobody-knows-it", 1_000, 10) is None


def test_an_address_of_ones_own_is_for_models_of_its_provider_alone():
    seat = Seat("openai/ours", url="http://127.0.0.1:9/v1", fallbacks=("anthropic/other",))
    homes = [seat.real_model(name).client.base_url for name in ("openai/ours", "openai/spare")]  # type: ignore[attr-defined]
    away = seat.real_model("anthropic/other").client.base_url  # type: ignore[attr-defined]
    assert homes == ["http://127.0.0.1:9/v1"] * 2
    assert away == "litellm"
