"""What the reader sees in limits, refusals and promises."""

import pytest
from reading import after

from hotseat.domain import Policy
from hotseat.reader import sight

POLICY = Policy(
    text="Trainee may replace the lamp free (courier, 2 working days) or credit up to 30. "
    "No vouchers. A night courier: only depot lead Amal. More: regional manager Ms Ostrow, "
    "answers in 3 days."
)
OPENING = "The lamp came in pieces and my shop opens on Monday. What now?"
OFFER = "I'm sorry, it broke on our van. I can send a new lamp by courier, there on Friday."


def level(criterion: str, text: str, *before: str) -> str:
    """How a reply is graded on one criterion."""
    seen = sight(text, after=after(*before), fault="ours", policy=POLICY, signs={})
    return seen.reads[criterion].level


ASKS_MORE = (OPENING, OFFER, "Friday, fine. But I want 90 for the lost day, or I post this online.")


@pytest.mark.parametrize(
    "text",
    [
        "Of course, you get a voucher for your next order today.",
        "The 90 is no problem at all, I'll pay it today.",
        "I've booked the night courier for you, he rings at 23:00.",
        "Ms Ostrow will surely approve your whole claim.",
        "That is your own problem, I'm sorry to say.",
        "There is nothing anybody can do about that, it is the same for everyone.",
    ],
)
def test_what_policy_keeps_back_or_leaves_open_is_no_truth(text: str) -> None:
    assert level("policy_truth", text, *ASKS_MORE) == "missed"


@pytest.mark.parametrize(
    "text",
    [
        "I can credit 30 to your account today, and the lamp comes on Friday.",
        "90 is more than I can give. I'll credit 30 and pass the rest to Ms Ostrow today.",
        "I've asked Amal, our depot lead: the night courier brings it tomorrow.",
    ],
)
def test_what_policy_gives_stays_true(text: str) -> None:
    assert level("policy_truth", text, *ASKS_MORE) == "met"


def test_a_demand_met_with_a_limit_on_its_sum_and_an_offer_is_a_boundary() -> None:
    text = "90 is more than I can give. I can credit 30 today and send the lamp for Friday."
    assert level("assertive_boundary", text, *ASKS_MORE) == "met"
    assert level("positive_framing", text, *ASKS_MORE) == "met"


def test_a_threat_left_to_the_customer_with_a_way_on_is_a_boundary() -> None:
    text = "What you post is your decision. I can send the lamp today, it is there on Friday."
    assert level("assertive_boundary", text, *ASKS_MORE) == "met"


def test_hitting_back_at_an_insult_is_no_boundary() -> None:
    text = "Watch your mouth. The lamp comes on Friday."
    before = (OPENING, OFFER, "Friday! You brainless fools, I need it now!")
    assert level("assertive_boundary", text, *before) == "missed"


def test_who_decides_and_when_she_answers_is_an_escalation() -> None:
    text = "For the 90 it's Ms Ostrow who decides. I've told her all, she phones you by Thursday."
    assert level("escalation", text, *ASKS_MORE) == "met"
    vague = "For the 90 it's Ms Ostrow who decides, maybe she calls you."
    assert level("escalation", vague, *ASKS_MORE) == "partly"


def test_a_manager_who_is_not_to_be_disturbed_is_no_escalation() -> None:
    before = (OPENING, OFFER, "Get me somebody with a brain to talk to.")
    text = "The manager is in a meeting, she would tell you the same."
    assert level("escalation", text, *before) == "missed"
