"""The embedded customer's lines: in order, in voice, never twice, never with a slot showing."""

import re

import pytest

from hotseat import catalog
from hotseat.catalog import lint_lines
from hotseat.customer import CustomerBrief
from hotseat.domain import ACTS, BANDS, MOVES, Act, Direction, Turn
from hotseat.embedded import banks, hearing, line

PERSONAS = catalog.personas()


def brief(persona, transcript=(), seed=1, **direction):
    return CustomerBrief(
        persona=persona,
        scenario_id=next(iter(persona.scenarios)),
        transcript=transcript,
        direction=Direction(**{"move": "press", "band": 1} | direction),
        seed=seed,
    )


def heard(reply, id="late_gift", seed=1, **direction):
    """The answer to one reply in plain words, with no act to react to unless one is given."""
    said = Turn(id="t", number=2, speaker="trainee", text=reply)
    persona = PERSONAS[id]
    opening = next(iter(persona.scenarios.values())).opening[0]
    opened = Turn(id="o", number=1, speaker="customer", text=opening)
    return line(brief(persona, (opened, said), seed=seed, **direction))


def test_every_act_and_move_has_words_of_its_own_in_each_of_the_five_bands():
    bank = banks.general()
    assert set(bank) == {*ACTS, *MOVES}
    assert len(ACTS) >= 40
    for key, bands in bank.items():
        assert tuple(bands) == BANDS, key
        said = [words for lines in bands.values() for words in lines]
        assert len(set(said)) == len(said), key
        assert all(len(lines) >= lint_lines.LEAST for lines in bands.values()), key


@pytest.mark.parametrize("id", sorted(PERSONAS))
def test_every_persona_says_how_they_feel_in_each_of_the_five_bands(id):
    mood = PERSONAS[id].lines["mood"]
    assert tuple(mood) == BANDS
    assert all(len(lines) >= 3 for lines in mood.values())


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
    assert hearing.said_back("As soon as possible.") == "As soon as possible"
    assert hearing.said_back("I am so sorry, Dana.") == "I am so sorry"
    assert hearing.said_back("It went missing so we looked.") == "It went missing"
    assert hearing.said_back("<img src=x onerror=alert(1)>") == ""
    assert hearing.said_back("{{ 7*7 }}") == ""
    assert hearing.turned_round("I will <b>call</b> you at 9.") == ""


def test_a_revealed_fact_and_an_answer_are_said_in_the_customers_own_words():
    persona = PERSONAS["late_gift"]
    scenario = persona.scenarios["birthday"]
    text = line(brief(persona, reveals=("party",), answers=("order",)))
    assert any(says in text for says in scenario.hides["party"].says)
    assert any(says in text for says in scenario.knows["order"].says)


def test_an_offer_just_made_is_tested_before_anything_else_is_asked_for():
    needs = PERSONAS["late_gift"].scenarios["birthday"].needs
    text = heard("It is there by noon.", move="push_back", pushes="certainty", presses="arrival")
    assert any(push in text for push in needs["certainty"].pushes)
    assert not any(ask in text for need in needs.values() for ask in need.asks)


def test_an_ending_never_presses_on():
    for persona in PERSONAS.values():
        scenario = next(iter(persona.scenarios.values()))
        asks = [ask for need in scenario.needs.values() for ask in need.asks]
        for move, ending in (("leave", "walked_out"), ("goodbye", "resolved")):
            text = line(brief(persona, move=move, ending=ending, band=2))
            assert not any(ask in text for ask in asks)


def test_the_mood_decides_between_hot_and_cool_lines():
    bank = {"felt": {"hot": ("hot line",), "cool": ("cool line",)}}
    assert banks.banded(bank, "felt", 0) == ("hot line",)
    assert banks.banded(bank, "felt", 4) == ("cool line",)
    assert banks.banded(bank, "felt", 2)
    assert banks.banded(bank, "unknown", 2) == ()


def test_what_stings_a_persona_is_answered_in_their_own_words():
    persona = PERSONAS["late_gift"]
    trigger = persona.rises_at[0].model_copy(update={"says": ("They happen to other people.",)})
    stung = persona.model_copy(update={"rises_at": (trigger, *persona.rises_at[1:])})
    text = line(brief(stung, stung="rises/0", presses="arrival"))
    assert text.startswith("They happen to other people.")


@pytest.mark.parametrize(
    ("promise", "turned"),
    [
        ("I will call you at 9 tomorrow.", "you will call me at 9 tomorrow"),
        ("I'll put your photos in the file myself.", "you'll put my photos in the file yourself"),
        ("We are sending our driver to your door.", "you are sending your driver to my door"),
        ("I can refund the four boxes, 88.00, today.", "you can refund the four boxes"),
        ("I will do it if you let me.", ""),
        ("I can book the visit for Monday between 9 and 11.", ""),
        ("Soon.", ""),
    ],
)
def test_a_promise_is_turned_round_or_left_alone(promise, turned):
    assert hearing.turned_round(promise) == turned


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The courier is with you by noon tomorrow.", "by noon tomorrow"),
        ("It is done within 2 working days, on your card.", "within 2 working days"),
        ("After Tuesday a promise is not enough.", ""),
        ("You ordered it on Friday.", ""),
        ("I refund the 64.00 today.", "today"),
    ],
)
def test_a_time_is_taken_up_only_when_it_lies_ahead(text, when):
    assert hearing.when(text) == when


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("Who are you?", "Dana"),
        ("Dear Mr Smith, I have read your message.", "Whitlock"),
        ("Hi Karen, thanks for that.", "Whitlock"),
        ("What is your shoe size?", r"[Mm]y shoe size|[Dd]on't know|No idea|Later|Not now"),
        ("Tell me what happened.", "LK-20418|64.00"),
    ],
)
def test_a_question_or_a_wrong_name_is_answered_even_where_no_fact_is_kept_for_it(reply, said):
    assert re.search(said, heard(reply)), heard(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "Dear Mrs Whitlock, hello.",
        "Hi Dana, I am Priya.",
        "Hi there.",
        "Our manager Mr Abara decides above 120.",
        "Would that suit you and Mr Whitlock?",
    ],
)
def test_the_right_name_is_not_corrected(reply):
    assert not any(words in heard(reply) for words in _kept("late_gift", "wrong_name"))


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("Please call our hotline.", "dumps"),
        ("Let me get my manager.", "handover"),
        ("You are right, that is on us.", "owned"),
        ("I would be angry too if that happened to me.", "felt"),
        ("Nice weather today, isn't it?", "off_task"),
        ("Are you a robot?", "asks_if_ai"),
        ("Please hold on a moment.", "asks_wait"),
        ("Is there anything else I can do?", "anything_else"),
        ("What do you want me to do?", "asks_wish"),
    ],
)
def test_what_is_said_too_faintly_for_an_act_is_still_answered(reply, kind):
    assert heard(reply).startswith(tuple(_kept("late_gift", kind)))


def test_a_customer_asked_for_two_things_says_which_of_them_they_cannot_tell():
    reply = "What is your order number? And what is your shoe size?"
    text = heard(reply, answers=("order",))
    assert "LK-20418" in text
    assert "shoe size" in text


def _kept(id, key):
    kept = PERSONAS[id].lines[key]
    groups = kept.values() if isinstance(kept, dict) else (kept,)
    return [words.split("{{")[0] for group in groups for words in group if words[:2] != "{{"]


def test_a_customer_who_uses_no_short_forms_uses_none_of_the_general_bank():
    spoken = banks.spoken_by(PERSONAS["expired_return"])
    said = " ".join(words for key in spoken.values() for lines in key.values() for words in lines)
    assert not re.search(r"n't\b|'m\b|'ll\b|'ve\b|\b[Ii]t's\b", said)


def test_nobody_says_what_they_never_say_out_of_the_general_bank():
    for persona in PERSONAS.values():
        spoken = banks.spoken_by(persona)
        said = " ".join(
            words for key in spoken.values() for lines in key.values() for words in lines
        )
        for phrase in persona.never_says:
            assert phrase.lower() not in said.lower(), (persona.id, phrase)
