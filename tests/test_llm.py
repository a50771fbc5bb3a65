"""The seats: embedded unless named otherwise, and an unknown name is said at once."""

import os

import pytest

from hotseat import llm, settings
from hotseat.errors import SettingError


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


def test_one_model_in_both_seats_is_noticed():
    both = {"HOTSEAT_CUSTOMER_MODEL": "openai/x", "HOTSEAT_JUDGE_MODEL": "openai/x"}
    assert llm.seats(both).self_preferring
    assert not llm.seats({}).self_preferring


def test_a_dotenv_file_is_read_and_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("HOTSEAT_JUDGE_MODEL", "openai/mine")
    monkeypatch.delenv("HOTSEAT_CUSTOMER_MODEL", raising=False)
    (tmp_path / ".env").write_text(
        "HOTSEAT_JUDGE_MODEL=openai/no\nHOTSEAT_CUSTOMER_MODEL=openai/c\n"
    )
    settings.load(tmp_path)
    seats = llm.seats(os.environ)
    monkeypatch.delenv("HOTSEAT_CUSTOMER_MODEL")
    assert (seats.customer.name, seats.judge.name) == ("openai/c", "openai/mine")
