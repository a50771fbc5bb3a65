"""What the reader sees of pushback, and of how a conversation ends."""

import pytest
from reading import after

from hotseat import reader
from hotseat.domain import Level, Policy

POLICY = Policy(text="A new lamp by post, or the price back. More: shop lead Nora.")
OPENING = "The lamp I bought here on Monday is cracked, and my desk has no light now. Do something."
OFFERED = (OPENING, "I am sorry about the crack. I can post you a new lamp, it comes on Friday.")
LATE = (
    *OFFERED,
    "Friday is so long, I work at night.",
    "Then I bring it tomorrow at 9 myself. Does that suit you?",
    "At 10, please.",
    "Tomorrow at 10 it is. Which bell do I ring?",
    "The top one. And the broken lamp?",
)


def level(criterion: str, text: str, *before: str) -> Level:
    """What the rules alone say."""
    seen = reader.sight(text, after=after(*before), fault="ours", policy=POLICY, signs={})
    return seen.reads[criterion].level


@pytest.mark.parametrize(
    "line",
    [
        "A week for a lamp? That is not much of an effort.",
        "In the meantime I sit in the dark.",
        "How does that help me tonight?",
        "I'm at work on Friday, nobody opens the door.",
        "You could do better than that, another shop is quicker.",
        "And why should I believe that one arrives whole?",
        "Lovely, but it's just a lamp again. I had hoped for more.",
    ],
)
def test_a_new_plan_after_an_objection_in_any_words_is_an_adaptation(line: str) -> None:
    reply = "I can bring a lamp to your door tonight at 19:00. Would that be better?"
    assert level("adapt_flexibly", reply, *OFFERED, line) == "met"


@pytest.mark.parametrize("line", ["Fine. Friday then.", "Okay, thank you, post it.", "Deal."])
def test_a_customer_who_is_content_calls_for_no_other_plan(line: str) -> None:
    reply = "Good, I send it today. Is the address on the order still right?"
    assert level("adapt_flexibly", reply, *OFFERED, line) == "na"


@pytest.mark.parametrize(
    "wish",
    [
        "May your desk be bright again by ten.",
        "Good luck with the night shift, and a steady lamp.",
        "Say hello to the cat who knocks lamps over.",
    ],
)
def test_a_wish_for_this_customer_is_a_warm_close(wish: str) -> None:
    reply = f"I take the broken lamp with me tomorrow at 10. {wish}"
    assert level("warm_close", reply, *LATE) == "met"


@pytest.mark.parametrize("wish", ["Good evening!", "Ride safe.", "Bye and see you!"])
def test_a_wish_for_anybody_is_only_a_formula(wish: str) -> None:
    reply = f"I take the broken lamp with me tomorrow at 10. {wish}"
    assert level("warm_close", reply, *LATE) == "partly"


def test_a_reply_that_ends_in_a_question_closes_nothing() -> None:
    reply = "I can take the broken lamp with me tomorrow at 10. Will it be at the door?"
    assert level("warm_close", reply, *LATE) == "na"


def test_a_choice_of_goods_with_a_dated_call_is_a_plan_to_follow_up() -> None:
    reply = (
        "I can post a new lamp or give you the price back, which do you prefer? "
        "I will call you tomorrow at 9 about the crack."
    )
    assert level("follow_up_plan", reply, OPENING) == "met"


def test_a_reply_that_does_nothing_and_names_one_point_of_several_listens_in_part() -> None:
    line = "The lamp is cracked. My desk stays dark all night. I have written three mails."
    assert level("listen_fully", "Lamps are packed at the mill.", line) == "partly"
