"""The small language of cues."""

import pytest

from hotseat.reader.cues import find


@pytest.mark.parametrize(
    ("cue", "text", "words"),
    [
        ("deliver", "It was delivered to the wrong door", "delivered"),
        ("refund", "I have refunded you", "refunded"),
        ("cancel", "Your flight was cancelled.", "cancelled"),
        ("pay back", "We paid back the fee", "paid back"),
        ("by tomorrow", "You have it BY TOMORROW", "BY TOMORROW"),
        ("apolog*", "We apologise for this", "apologise"),
        ("re-rout*", "We re-routed the parcel", "re-routed"),
        (
            "close ... contract",
            "I will close the second gym contract",
            "close the second gym contract",
        ),
        ("don't worry", "Don’t worry about it", "Don’t worry"),
        ("refund|money back", "You get your money back", "money back"),
    ],
)
def test_a_word_or_phrase_is_found_in_its_common_forms(cue: str, text: str, words: str) -> None:
    assert find([cue], text) == words


@pytest.mark.parametrize(
    "text",
    [
        "today",
        "by Friday",
        "at 9:30",
        "by noon",
        "in 2 hours",
        "within 3 working days",
        "on 18 May",
        "between 17 and 19",
        "on the 22nd",
        "takes 48h",
        "before 12:00",
        "by 4 pm",
    ],
)
def test_a_concrete_time_is_a_time(text: str) -> None:
    assert find(["send + <time>"], f"I will send it {text}.")


@pytest.mark.parametrize("text", ["soon", "shortly", "as soon as possible", "in a few days"])
def test_a_vague_time_is_soon_and_no_time(text: str) -> None:
    assert find(["<soon>"], f"You will get it {text}.")
    assert find(["<time>"], f"You will get it {text}.") is None


def test_amounts_percentages_and_numbers_have_tokens_of_their_own() -> None:
    assert find(["<money>"], "I can give 64.00 back") == "64.00"
    assert find(["<money>"], "that is 50 euros") == "50 euros"
    assert find(["<percent>"], "I can do 10 percent") == "10 percent"
    assert find(["<number>"], "it broke twice") == "twice"
    assert find(["<money>"], "it is 10 days") is None


def test_every_part_of_a_cue_must_be_there_and_any_cue_is_enough() -> None:
    cues = ["courier|express + <time>", "refund + today"]
    assert find(cues, "A courier brings it on Friday") == "courier"
    assert find(cues, "A courier brings it") is None
    assert find(cues, "You get the refund today") == "refund"


def test_a_question_part_wants_a_question() -> None:
    cue = ["order number + <question>"]
    assert find(cue, "Could you give me the order number?")
    assert find(cue, "what is the order number")
    assert find(cue, "I found the order number.") is None


@pytest.mark.parametrize(
    "text",
    [
        "I cannot refund that",
        "there is no refund",
        "we won't be able to give a refund",
        "a refund is not possible",
        "We dont refund this",
    ],
)
def test_a_match_where_the_clause_says_no_does_not_count(text: str) -> None:
    assert find(["refund"], text) is None


def test_a_no_in_another_clause_or_a_harmless_one_does_not_matter() -> None:
    assert find(["refund"], "I cannot replace it, but I can refund you")
    assert find(["courier"], "I send a courier at no extra charge")
    assert find(["refund"], "No problem, I refund it today")


def test_a_cue_that_says_no_itself_counts() -> None:
    assert find(["no fee"], "There is no fee at all") == "no fee"
    assert find(["not your fault"], "This is not your fault") == "not your fault"


def test_a_gap_is_at_most_four_words_and_a_phrase_stays_in_its_sentence() -> None:
    assert find(["close ... contract"], "close a b c d contract")
    assert find(["close ... contract"], "close a b c d e contract") is None
    assert find(["no refund"], "No. Refund it is.") is None


def test_forms_of_a_word_meet_and_words_that_only_look_alike_do_not() -> None:
    for cue, text in (("have taken", "He had took it"), ("comes", "It came"), ("giving", "I gave")):
        assert find([cue], text), cue
    assert find(["refund"], "I noted the refund in my notes")
    assert find(["here"], "I gave it to her") is None


def test_without_a_fee_is_no_denial() -> None:
    assert find(["stop"], "You can stop without a fee")
    assert find(["stop"], "You can stop without any extra cost")
