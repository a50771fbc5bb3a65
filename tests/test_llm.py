"""The seats: embedded unless named otherwise, and an unknown name is said at once."""

import pytest

from hotseat import llm
from hotseat.errors import SettingError


def test_without_a_setting_both_seats_are_embedded():
    seats = llm.seats({})
    assert (seats.customer.name, seats.judge.name) == ("embedded", "embedded")
    assert llm.seats({"HOTSEAT_JUDGE_MODEL": "  "}).judge.name == "embedded"


def test_an_engine_that_does_not_exist_is_refused_with_the_variable_named():
    with pytest.raises(SettingError, match="HOTSEAT_JUDGE_MODEL"):
        llm.seats({"HOTSEAT_JUDGE_MODEL": "openai/gpt-x"})
