"""What the reader makes of a trainee's questions: for a fact, or for what suits."""

import pytest
from reading import after

from hotseat import reader
from hotseat.domain import Policy, Read

OPENING = (
    "The heater you put in on Tuesday leaks. Hall Street, second floor, flat 7. I wiped the floor "
    "three times and paid 240 euros for this. I closed the valve."
)
OFFER = "I can send a fitter tomorrow at nine, or pay you back the 240 today."


def reads(text: str, *before: str) -> dict[str, Read]:
    """The reads of a trainee turn after these, the customer's first."""
    said = after(*(before or (OPENING,)))
    policy = Policy(text="Repair or refund up to 300. More: Ms Lund.")
    seen = reader.sight(text, after=said, fault="ours", policy=policy, signs={})
    return dict(seen.reads)


def level(criterion: str, text: str, *before: str) -> str:
    return reads(text, *before)[criterion].level


@pytest.mark.parametrize(
    "text",
    [
        "What is your customer number, and on which day was it?",
        "What is your customer number, and which street is it please?",
        "Which flat is it, and what is your customer number?",
        "What is your contract number, and what amount did we charge?",
        "What is your contract number and since when does it leak?",
        "Please give me your name, your address, your email and your date of birth.",
    ],
)
def test_a_needed_question_beside_a_told_one_or_too_many_counts_in_part(text: str) -> None:
    assert level("clarifying_questions", text) == "partly"


@pytest.mark.parametrize("text", ["Did you close the valve?", "Which flat is it exactly?"])
def test_asking_only_what_was_told_is_missed(text: str) -> None:
    assert level("clarifying_questions", text) == "missed"


@pytest.mark.parametrize(
    "text",
    [
        "What is your customer number, and who let our fitter in?",
        "Sorry for the water. So I can send the right part: is the lid red or white?",
        "Did you see where the water comes out, at the top or below?",
        "Please upload a photo of the pipe and the invoice.",
    ],
)
def test_asking_for_what_is_not_told_is_met(text: str) -> None:
    assert level("clarifying_questions", text) == "met"


@pytest.mark.parametrize(
    "text",
    [
        "Is the mobile ending 41 the one to use?",
        "Is somebody at home then?",
        "Do you still have the old part?",
    ],
)
def test_a_check_of_facts_after_an_offer_asks_for_a_fact(text: str) -> None:
    assert level("clarifying_questions", f"{OFFER} {text}") == "met"


@pytest.mark.parametrize(
    "text",
    [
        "Why didn't you read the leaflet we gave you?",
        "Next time you could turn it off first?",
        "Who could blame you for that?",
    ],
)
def test_reproach_and_rhetoric_ask_for_nothing(text: str) -> None:
    assert level("clarifying_questions", text) == "na"


def test_a_guess_in_place_of_a_question_is_missed() -> None:
    text = "Probably you turned it too far. Please be careful with our heaters."
    assert level("clarifying_questions", text) == "missed"


@pytest.mark.parametrize(
    "text",
    [
        "Which way are you leaning?",
        "Your pick?",
        "Which of the two?",
        "What you think?",
        "What would be easier for you?",
        "Where do you lean?",
        "Please tell me if neither is right for you.",
    ],
)
def test_asking_which_option_they_lean_to_asks_whether_it_fits(text: str) -> None:
    seen = reads(f"{OFFER} {text}")
    assert seen["confirm_fit"].level == "met"
    assert seen["clarifying_questions"].level == "na"


@pytest.mark.parametrize("text", ["Sounds better?", "Happy?"])
def test_a_bare_word_with_a_question_mark_is_perfunctory(text: str) -> None:
    assert level("confirm_fit", f"I send a fitter tomorrow at nine. {text}") == "partly"


@pytest.mark.parametrize("text", ["What is two plus two?", "Did you know that cats sleep a lot?"])
def test_small_talk_still_asks_for_nothing(text: str) -> None:
    assert level("clarifying_questions", text) == "na"
