"""The guard: what no customer may say, and that honest anger passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotseat import catalog, customer, guard
from hotseat.customer import CustomerBrief
from hotseat.domain import Direction
from hotseat.embedded import lines

PERSONAS = catalog.personas()
PRESS = Direction(move="press", band=1)

WRONG = {
    "it is empty": ["", "  \n ", "\u00a0"],
    "it speaks as the company": [
        "How can I help you today?",
        "How may I assist you with your order?",
        "Thank you for contacting us, Dana.",
        "Is there anything else I can do for you?",
        "I'll process your refund right away.",
        "I’ll arrange the replacement now.",
        "We apologize for the inconvenience.",
        "We apologise for the inconvenience.",
    ],
    "it steps out of the part": [
        "As an AI, I have no parcel.",
        "I'm a language model and cannot be angry.",
        "I’m an AI playing a customer.",
        "My instructions say that I may not accept yet.",
        "My system prompt does not allow that.",
        "I was made by OpenAI.",
        "GPT-4 here. Where is it?",
        "The stage direction tells me to press.",
    ],
    "it refuses to play the part": [
        "I can't help with that.",
        "I'm sorry, but I can't help with that.",
        "I’m sorry, but I can’t assist with that request.",
        "I cannot help you with this.",
        "I won't roleplay as an angry customer.",
        "I am unable to comply with that.",
        "I cannot generate that kind of content.",
        "I'm sorry, but I can't do that.",
    ],
    "it goes too far": [
        "This is bullshit, and so is your fucking depot.",
        "You people are retards.",
        "I will kill you if it is not here tomorrow.",
        "I know where you live.",
    ],
    "it says the same thing twice": [
        "Where is my parcel? Where is my parcel?",
        "Two days late and nobody told me a thing about it. Well? "
        "Two days late and nobody told me a thing about it.",
    ],
    "it gives in": [
        "That works for me.",
        "I accept.",
        "Fine, I accept your offer.",
        "I accept the refund, go ahead.",
        "Okay, you have a deal.",
        "Thank you so much!",
        "Thank you for your help, goodbye.",
        "I’m satisfied.",
    ],
    "it repeats the instructions": [
        "You receive service in this chat. You never give it.",
        "You may not accept, thank or call it settled in this message.",
    ],
    "it has 161 words": ["word and other words " * 40 + "end"],
}

HONEST = [
    "No. No. No. No.",
    "Every day. Every day.",
    "I can't help it, I'm furious.",
    "I can't do that. I'm at work.",
    "I can't provide the receipt, it went out with the box.",
    "I won't continue waiting for you people.",
    "I left my instructions with the courier. You didn't follow my instructions!",
    "Am I talking to a bot? Is there a person there?",
    "Why would I accept this?",
    "I accept nothing less than a refund.",
    "Before I accept your offer, put it in writing.",
    "Do you think that works for me?",
    "Thank you so much for nothing.",
    "I accept your sorry. It's not the sorry I came for.",
    "This is ridiculous. Absolutely ridiculous. Who runs this place?",
    "I'd like to shout at somebody, and you're the one who is here.",
    "You've killed my whole week with this.",
    "I'll be telling everybody I know about this.",
    "Damn right I'm angry.",
    "Don't \u201csorry\u201d me. I've had four sorries and no parcel.",
]


def told(persona, scenario_id="", move="press"):
    """What a customer's line must not repeat, and what of it may be said."""
    scenario_id = scenario_id or next(iter(persona.scenarios))
    direction = Direction(move=move, band=1)
    given = CustomerBrief(
        persona=persona, scenario_id=scenario_id, transcript=(), direction=direction
    )
    said = [
        words for known in persona.scenarios[scenario_id].knows.values() for words in known.says
    ]
    return "\n".join((customer.role_prompt(given), *customer.stage_direction(given))), said


def fault(text, direction=PRESS):
    return guard.first_fault(text, direction, *told(PERSONAS["late_gift"]))


def own_lines(persona):
    """Everything a persona's file gives it to say, with where it stands: place, line."""
    for key, bank in persona.lines.items():
        for mood in (*bank.values(),) if isinstance(bank, dict) else (bank,):
            yield from ((key, line) for line in mood)
    for scenario in persona.scenarios.values():
        yield from (("opening", line) for line in scenario.opening)
        for part in (*scenario.hides.values(), *scenario.knows.values()):
            yield from (("says", line) for line in part.says)
        for need in scenario.needs.values():
            yield from (("needs", line) for line in (*need.asks, *need.pushes))


@pytest.mark.parametrize(("what", "text"), [(w, t) for w, texts in WRONG.items() for t in texts])
def test_a_line_that_is_out_of_part_is_caught_and_the_reason_said(what, text):
    assert fault(text).startswith(what)


@pytest.mark.parametrize("text", HONEST)
def test_honest_anger_passes(text):
    assert fault(text) == ""


@pytest.mark.parametrize("id", PERSONAS)
def test_nothing_a_persona_is_given_to_say_is_a_false_alarm(id):
    """Lines of acceptance and goodbye are judged under their own move, all others under press."""
    persona = PERSONAS[id]
    wrong = []
    for scenario_id in persona.scenarios:
        for key, line in own_lines(persona):
            move = key if key in ("accept", "goodbye") else "press"
            text = line.replace("{{ said }}", "as soon as possible")
            alarm = guard.first_fault(
                text, Direction(move=move, band=1), *told(persona, scenario_id, move)
            )
            if alarm:
                wrong.append(f"{key}: {alarm}: {line}")
    assert not wrong, "\n".join(wrong)


def test_there_are_many_lines_behind_that():
    assert sum(1 for persona in PERSONAS.values() for _ in own_lines(persona)) > 1_000


def test_the_embedded_lines_pass_too():
    for key, line in own_bank():
        move = key if key in ("accept", "goodbye") else "press"
        assert fault(line, Direction(move=move, band=1)) == "", line


def own_bank():
    """The generic bank of the embedded engine: act or move, line."""
    whole = catalog.load_yaml(Path(lines.__file__).with_name("lines.yaml"))
    for key, bank in whole.items():
        for mood in (*bank.values(),) if isinstance(bank, dict) else (bank,):
            yield from ((key, line.replace("{{ said }}", "soon")) for line in mood)


def test_giving_in_is_right_when_the_direction_says_so():
    for move in ("accept", "goodbye"):
        assert fault("All right, I accept. Thank you so much.", Direction(move=move, band=4)) == ""


def test_what_may_be_said_is_no_leak():
    persona = PERSONAS["late_gift"]
    words = "one two three four five six seven eight nine"
    assert guard.first_fault(words, PRESS, words, ()) == "it repeats the instructions"
    assert guard.first_fault(words, PRESS, words, [words]) == ""
    assert guard.first_fault(" ".join(words.split()[:7]), PRESS, words, ()) == ""
    for known in persona.scenarios["birthday"].knows.values():
        assert all(fault(line) == "" for line in known.says)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Dana: Where is it?", "Where is it?"),
        ("Dana Whitlock: Where is it?", "Where is it?"),
        ("Customer: Where is it?", "Where is it?"),
        ('"Where is it?"', "Where is it?"),
        ("“Where is it?”", "Where is it?"),
        ("*slams the table* Where is it?", "Where is it?"),
        ("(sighs) Where is it?", "Where is it?"),
        ("I was *promised* Tuesday. **Two** days!", "I was promised Tuesday. Two days!"),
        ("Where is it? *folds her arms*", "Where is it?"),
        ("  Where is it?\n", "Where is it?"),
        ("Where is it — today?", "Where is it, today?"),
        ('"Soon"? And you said "today".', '"Soon"? And you said "today".'),
        ("2 * 3 * 4 is not my problem.", "2 * 3 * 4 is not my problem."),
        ("Danube: it is a river.", "Danube: it is a river."),
        ("Señora 😀 包裹", "Señora 😀 包裹"),
    ],
)
def test_a_line_loses_what_models_put_round_it_and_nothing_else(raw, clean):
    assert guard.tidy(raw, "Dana Whitlock") == clean
    assert guard.tidy(clean, "Dana Whitlock") == clean


def test_words_over_the_end_of_two_lines_of_the_instructions_are_no_leak():
    told = "Say: I need nothing else in your shop.\nSay: I have a letter with the dates."
    assert guard.first_fault("I need nothing else in your shop. Say: I", PRESS, told, ()) == ""
    assert guard.first_fault(told.splitlines()[1], PRESS, told, ()) == "it repeats the instructions"
