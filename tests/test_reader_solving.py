"""What the reader sees of causes, offers, times and choices, in words no gold encounter uses."""

import pytest
from reading import after

from hotseat.domain import Level, Policy
from hotseat.reader import sight

OPENING = "The kettle you sent me has a cracked lid and I have guests on Sunday. Sort this out!"
ASKS_WHY = "And how does a cracked kettle leave your warehouse, did nobody look?"
POLICY = Policy(text="A new kettle by Friday, or the money back. Goodwill up to 10.")


def level(criterion: str, text: str, *before: str) -> Level:
    """The level of a criterion in a trainee turn after these turns, the customer's first."""
    said = before or (OPENING, "I am sorry. What is on the box?", "It says K-20.")
    return (
        sight(text, after=after(*said), fault="ours", policy=POLICY, signs={})
        .reads[criterion]
        .level
    )


@pytest.mark.parametrize(
    "text",
    [
        "The packer took it from the returns shelf and nobody opened the carton.",
        "A forklift dropped the pallet on Tuesday morning.",
        "Our night shift mixed up two shelves.",
    ],
)
def test_what_happened_on_our_side_is_a_cause_even_when_nobody_asked(text: str) -> None:
    assert level("transparent_explanation", text) == "met"


@pytest.mark.parametrize(
    "text",
    [
        "You can keep a paid repair for the next kettle.",
        "I sent the courier a note.",
        "Shall I have two set aside for pickup?",
        "You said the lid was cracked.",
    ],
)
def test_no_cause_is_seen_where_none_is_told(text: str) -> None:
    assert level("transparent_explanation", text) == "na"


def test_a_how_it_came_left_open_is_a_missed_cause() -> None:
    said = (OPENING, "I am sorry. What is on the box?", ASKS_WHY)
    assert level("transparent_explanation", "Please tell me the box number.", *said) == "missed"


@pytest.mark.parametrize(
    "text",
    [
        "A new lid can be made this week.",
        "The 45 goes back to your card.",
        "Our driver can bring another one.",
        "Either a new kettle on Friday for nothing, or a lid.",
        "Or the 45 back.",
        "We do the engraving again for free.",
        "I can have the lid replaced.",
    ],
)
def test_a_solution_may_come_in_any_form(text: str) -> None:
    assert level("specific_solution", text) == "met"


@pytest.mark.parametrize(
    "text",
    [
        "They took the wrong box.",
        "Half of it is on us.",
        "The lid is in arrears.",
        "Refunds can be given only with a receipt.",
    ],
)
def test_how_things_stand_is_no_solution(text: str) -> None:
    assert level("specific_solution", text) == "missed"


@pytest.mark.parametrize("text", ["You can buy one in a shop.", "I will find another one for you."])
def test_an_effort_or_an_errand_is_a_vague_solution(text: str) -> None:
    assert level("specific_solution", text) == "partly"


def test_two_things_and_the_question_which_are_a_choice() -> None:
    text = "I send a kettle to your office or your neighbour keeps it. What fits better?"
    assert level("offer_choices", text) == "met"


def test_a_tale_with_an_instead_of_is_no_choice() -> None:
    text = "So a K-20 came instead of a K-30. I send the right one on Friday."
    assert level("offer_choices", text) != "met"
