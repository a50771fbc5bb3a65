"""The embedded customer's lines: in order, in voice, never twice, never with a slot showing."""

import re

import pytest
import yaml

from hotseat import catalog
from hotseat.customer import CustomerBrief
from hotseat.domain import ACTS, MOVES, Act, Direction, Turn
from hotseat.embedded import line, lines

PERSONAS = catalog.personas()


def brief(persona, transcript=(), seed=1, **direction):
    return CustomerBrief(
        persona=persona,
        scenario_id=next(iter(persona.scenarios)),
        transcript=transcript,
        direction=Direction(**{"move": "press", "band": 1} | direction),
        seed=seed,
    )


def test_the_generic_bank_has_lines_for_every_act_and_move():
    bank = yaml.safe_load((lines.resources.files("hotseat.embedded") / "lines.yaml").read_text())
    assert set(bank) == {*ACTS, *MOVES}


@pytest.mark.parametrize("id", sorted(PERSONAS))
def test_the_same_brief_gives_the_same_line(id):
    need = next(iter(next(iter(PERSONAS[id].scenarios.values())).needs))
    given = brief(PERSONAS[id], presses=need, reacts=(Act(id="vague_time", quote="soon"),))
    assert line(given) == line(given)


@pytest.mark.parametrize("id", sorted(PERSONAS))
def test_twelve_turns_of_the_same_provocation_are_never_answered_twice_alike(id):
    persona = PERSONAS[id]
    need = next(iter(next(iter(persona.scenarios.values())).needs))
    said = []
    for seed in range(3):
        turns = ()
        for _ in range(12):
            given = brief(
                persona,
                turns,
                seed=seed,
                presses=need,
                reacts=(Act(id="vague_action", quote="we will look into it"),),
            )
            text = line(given)
            assert text not in [t.text for t in turns]
            assert not re.search(r"[{}]|\[\w+\]", text)
            turns += (
                Turn(id=str(len(turns)), number=len(turns) + 1, speaker="customer", text=text),
            )
        said.append([t.text for t in turns])
    assert said[0] != said[1] != said[2]


@pytest.mark.parametrize("id", sorted(PERSONAS))
def test_every_act_gets_a_reaction_in_every_band(id):
    for act in ACTS:
        for band in range(5):
            assert line(
                brief(PERSONAS[id], band=band, reacts=(Act(id=act, quote="three plain words"),))
            )


def test_the_trainees_words_are_thrown_back_only_when_they_are_plain():
    assert lines._words(Act(id="vague_time", quote="As soon as possible.")) == "As soon as possible"
    assert lines._words(Act(id="vague_time", quote="<img src=x onerror=alert(1)>")) == ""
    assert lines._words(Act(id="vague_time", quote="{{ 7*7 }}")) == ""


def test_a_revealed_fact_and_an_answer_are_said_in_the_customers_own_words():
    persona = PERSONAS["late_gift"]
    scenario = persona.scenarios["birthday"]
    text = line(brief(persona, reveals=("party",), answers=("order",)))
    assert any(says in text for says in scenario.hides["party"].says)
    assert any(says in text for says in scenario.knows["order"].says)


def test_an_ending_never_presses_on():
    for persona in PERSONAS.values():
        scenario = next(iter(persona.scenarios.values()))
        asks = [ask for need in scenario.needs.values() for ask in need.asks]
        for move, ending in (("leave", "walked_out"), ("goodbye", "resolved")):
            text = line(brief(persona, move=move, ending=ending, band=2))
            assert not any(ask in text for ask in asks)


def test_the_mood_decides_between_hot_and_cool_lines():
    bank = {"felt": {"hot": ("hot line",), "cool": ("cool line",)}}
    assert lines._banded(bank, "felt", 0) == ("hot line",)
    assert lines._banded(bank, "felt", 4) == ("cool line",)
    assert lines._banded(bank, "felt", 2)
    assert lines._banded(bank, "unknown", 2) == ()


def test_what_stings_a_persona_is_answered_in_their_own_words():
    persona = PERSONAS["late_gift"]
    trigger = persona.rises_at[0].model_copy(update={"says": ("They happen to other people.",)})
    stung = persona.model_copy(update={"rises_at": (trigger, *persona.rises_at[1:])})
    text = line(brief(stung, stung="rises/0", presses="arrival"))
    assert text.startswith("They happen to other people.")
