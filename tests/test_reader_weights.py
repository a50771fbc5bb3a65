"""What the weights make of what the rules see."""

from itertools import permutations

import pytest
from reading import after

from hotseat import reader
from hotseat.domain import Policy, Read, Reading
from hotseat.reader import sight, weights
from hotseat.reader.traits import traits
from hotseat.reader.weights import ALWAYS, HEADS, LIFTED, MANNERS, RULED, chance, learned, settle

OPENING = "The kettle you sent me leaks and my mother burnt her hand! I want this sorted TODAY."
POLICY = Policy(text="A new kettle by Friday, or the money back, 45. More: Ines, shop manager.")
GOOD = (
    "A burnt hand from a new kettle, of course you're upset, and I am sorry. I can send a new one "
    "by Friday or put the 45 back on your card today. Which would you rather have?"
)
POOR = "Read the manual properly. Everybody else manages. What is your order number?"


def read(text: str, *before: str) -> Reading:
    return reader.read(
        text, after=after(*(before or (OPENING,))), fault="ours", policy=POLICY, signs={}
    )


def seen(text: str) -> reader.Sight:
    return sight(text, after=after(OPENING), fault="ours", policy=POLICY, signs={})


def test_a_good_reply_is_met_and_a_poor_one_is_not() -> None:
    for criterion in ("acknowledge_feelings", "apology_fit", "specific_solution", "confirm_fit"):
        assert read(GOOD).level(criterion) == "met"
    for criterion in ("acknowledge_feelings", "apology_fit", "composure"):
        assert read(POOR).level(criterion) == "missed"


@pytest.mark.parametrize("text", [GOOD, POOR, "Okay.", "I send a new one today.", "Sorry!"])
def test_every_grade_has_its_words_or_its_reason(text: str) -> None:
    for criterion, one in read(text).criteria.items():
        if one.level in ("met", "partly"):
            assert one.quote, criterion
            assert one.quote in text
        assert bool(one.why) == (one.level == "missed")
        assert 0 <= one.confidence <= 1


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("I put the 45 back on your card today.", "specific_solution"),
        ("I am sorry that you got a kettle that leaks.", "apology_fit"),
        ("I send the new one by Friday noon.", "timeline"),
        ("Which would you rather have, a new one or the 45 back?", "confirm_fit"),
    ],
)
def test_brevity_costs_nothing(text: str, criterion: str) -> None:
    assert read(text).level(criterion) == "met"


def test_without_weights_the_rules_stand() -> None:
    one = seen(GOOD)
    assert settle(*one, {}) == one.reads


def test_a_word_of_reason_weighs_in_its_own_head_alone() -> None:
    one = seen(POOR)
    trait = "apology_fit is missed"
    assert trait in traits(*one)
    heads = {"due": {"apology_fit": {ALWAYS: -2.0}}, "done": {"apology_fit": {}}}
    given = {**heads, "well": {"apology_fit": {}}}
    read_so = settle(*one, given)
    assert read_so["apology_fit"].level == "na"
    assert {k: v for k, v in read_so.items() if k != "apology_fit"} == {
        k: v for k, v in one.reads.items() if k != "apology_fit"
    }


def test_weights_find_nothing_done_where_only_rules_may() -> None:
    one = seen(POOR)
    sure = {criterion: {ALWAYS: 9.0} for criterion in reader.CRITERIA}
    lifted = settle(*one, dict.fromkeys(HEADS, sure))
    for criterion, now in lifted.items():
        before = one.reads[criterion]
        if criterion not in LIFTED and before.level in ("na", "missed"):
            assert now == before


def test_no_weight_makes_a_rude_reply_polite() -> None:
    one = seen("Are you stupid? Read the manual.")
    sure = {criterion: {ALWAYS: 9.0} for criterion in MANNERS}
    assert settle(*one, dict.fromkeys(HEADS, sure))["composure"].level == "missed"


def test_a_manner_is_quoted_by_its_worst_sentence() -> None:
    text = "I send the new kettle on Friday morning to you. Next time read the small booklet first."
    one = seen(text)
    one = one._replace(reads={**one.reads, "composure": Read(level="met", quote=text[:40])})
    heads = {
        "done": {"composure": {ALWAYS: 3.0}},
        "well": {"composure": {ALWAYS: 2.0, "says: booklet": -5.0}},
    }
    found = settle(*one, heads)["composure"]
    assert found.level == "partly"
    assert found.quote.startswith("Next time")


def test_chance_is_one_half_where_nothing_speaks() -> None:
    assert chance({}, {"anything"}) == 0.5
    assert chance({ALWAYS: 50.0}, ()) > 0.99
    assert chance({"a": -900.0}, {"a"}) >= 0.0


def test_the_weights_that_come_along_are_few_and_for_every_criterion() -> None:
    assert weights.WEIGHTS.stat().st_size < 2_000_000
    known = learned()
    assert set(known) == set(HEADS)
    assert set(known["well"]) == set(reader.CRITERIA) - RULED
    assert set(known["due"]) == set(reader.CRITERIA) - RULED - MANNERS


def test_the_order_of_traits_makes_no_difference() -> None:
    head = {"a": 0.1, "b": 0.2, "c": 0.3, "d": -0.6}
    assert len({chance(head, order) for order in permutations("abcd")}) == 1
