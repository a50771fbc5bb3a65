"""What the customer's next line reacts to, among all that a trainee did in one turn."""

from hotseat import catalog
from hotseat.direction import direct
from hotseat.domain import ACTS, Act
from hotseat.mood import Seen, shift, start

DANA = catalog.persona("late_gift")
BIRTHDAY = DANA.scenarios["birthday"]


def reacts(*acts: str, heard: bool = False, together: bool = False) -> tuple[str, ...]:
    """The acts that the next line reacts to, after a turn with these; each in words of its own,
    unless they were seen in the same."""
    before = start(DANA, "standard").model_copy(update={"heard": heard})
    saw = Seen(
        acts=tuple(
            Act(id=act, quote="the same words" if together else f"words of {act}")
            for act in ACTS
            if act in acts
        )
    )
    after = shift(DANA, BIRTHDAY, "standard", before, saw)
    return tuple(act.id for act in direct(BIRTHDAY, before, after, saw, None).reacts)


def test_a_blow_is_all_that_is_reacted_to() -> None:
    assert reacts("blame", "concrete_offer", "dated", "heard") == ("blame",)


def test_to_be_heard_for_the_first_time_comes_before_everything_else_that_helps() -> None:
    assert reacts("concrete_offer", "honest_cause", "felt")[0] == "felt"
    assert reacts("concrete_offer", "honest_cause", "felt", heard=True)[0] == "concrete_offer"


def test_looking_into_it_is_not_held_against_a_reply_that_says_when() -> None:
    assert reacts("vague_action", "says_unknown") == ("says_unknown",)
    assert reacts("vague_action", "dated") == ("dated",)
    assert reacts("vague_action", "thanks") == ("vague_action",)


def test_a_stock_phrase_beside_one_good_thing_is_what_is_noticed() -> None:
    assert reacts("stock_empathy", "choices") == ("stock_empathy",)


def test_the_same_words_get_one_reaction() -> None:
    assert reacts("heard", "felt", together=True) == ("heard",)


def test_small_things_are_reacted_to_only_when_there_is_nothing_else() -> None:
    assert reacts("greeting", "thanks", "concrete_offer") == ("concrete_offer",)
    assert reacts("thanks", "greeting") == ("thanks",)
