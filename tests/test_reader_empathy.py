"""How a trainee meets a feeling, and when an apology is owed, in many wordings."""

import pytest
from reading import after

from hotseat.domain import Fault, Read
from hotseat.reader import sight

OPENING = (
    "My piano was to be moved on Monday. Two men came, looked at the stairs and left again, and "
    "now it stands in the hall and nobody gets past it!"
)
HELLO = "Which floor is it going to, please?"
SORRY = "I am sorry that our men left your piano in the hall. Which floor is it going to?"


def read(criterion: str, text: str, *before: str, fault: Fault = "ours") -> Read:
    seen = sight(text, after=after(*(before or (OPENING,))), fault=fault, policy=None, signs={})
    return seen.reads[criterion]


@pytest.mark.parametrize(
    "text",
    [
        "A piano in the hall that nobody gets past would drive anyone up the wall.",
        "Men who look at the stairs and leave again, that wears a person out.",
        "With a piano in the hall and nobody coming, my patience would be gone as well, so would "
        "anybody's.",
        "Two men look at the stairs and leave, that is not acceptable.",
        "A piano stuck in the hall is the last thing you needed on a Monday.",
        "They came, looked and left you with a piano in the hall.",
    ],
)
def test_an_impact_tied_to_the_case_is_met_in_many_wordings(text: str) -> None:
    assert read("acknowledge_feelings", text).level == "met"


@pytest.mark.parametrize(
    "text",
    [
        "Hello, which floor is it, and how wide is the door?",
        "Every customer matters to us, and quality too.",
        "We can be there tomorrow at 9 with four men.",
        "The trade fair is on this week, so all our men are out.",
        "That piano is hard for us to plan.",
    ],
)
def test_a_fact_or_a_feeling_of_our_own_is_no_acknowledgement(text: str) -> None:
    assert read("acknowledge_feelings", text).level == "missed"


def test_a_long_line_that_agrees_in_part_still_wants_its_feeling_met() -> None:
    line = "Yes, the top floor. And am I to climb over it until somebody finds the time, or how?"
    assert read("acknowledge_feelings", "Ok, noted.", OPENING, HELLO, line).level == "missed"


def test_a_long_line_that_only_thanks_wants_no_feeling_met() -> None:
    line = "Thank you, the top floor it is then and I will open the door for the men at nine."
    assert read("acknowledge_feelings", "Noted, 9:00.", OPENING, HELLO, line).level == "na"


@pytest.mark.parametrize(
    "text",
    [
        "The office typed the floor in wrong, so two men came.",
        "Nobody passed the note on to the crew.",
        "The foreman was not informed about the stairs.",
    ],
)
def test_a_failing_that_comes_to_light_with_no_apology_yet_owes_one(text: str) -> None:
    line = "Third floor. What went on there?"
    assert read("apology_fit", text, OPENING, HELLO, line).level == "missed"
    assert read("apology_fit", text, OPENING, SORRY, line).level == "na"


def test_what_the_customer_did_not_do_is_no_failing_of_ours() -> None:
    text = "You did not name the floor when you booked."
    assert read("apology_fit", text, OPENING, HELLO, "Third floor. Tuesday?").level == "na"


@pytest.mark.parametrize(
    "text",
    ["I should have told you that at once.", "I was too quick there.", "That one is on us."],
)
def test_a_failing_owned_without_a_sorry_counts_in_part(text: str) -> None:
    line = "Third floor, as booked. And you said it was my fault?"
    assert read("apology_fit", text, OPENING, SORRY, line).level == "partly"


def test_a_sorry_that_trails_after_a_no_is_no_apology() -> None:
    line = "Third floor. And 200 off, at least."
    text = "I can't give that, sorry. Four men come on Friday at 9."
    assert read("apology_fit", text, OPENING, SORRY, line).level == "na"
