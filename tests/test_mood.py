"""The mood: bounded, gated, repeatable, and always over in the end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotseat import catalog, mood
from hotseat.direction import direct
from hotseat.domain import ACTS, INTENSITIES, Act, Grade, Mood, Persona, Read, Reading, Verdict
from hotseat.laws import MAX_TURNS, TERMS
from hotseat.mood import Seen

PERSONAS = catalog.personas()
HELPFUL = ("concrete_offer", "dated", "felt", "heard", "owned", "choices", "honest_cause")


def keys(persona: Persona) -> list[str]:
    scenario = next(iter(persona.scenarios.values()))
    return list(mood.signs(persona, scenario))


@st.composite
def encounters(draw):
    persona = PERSONAS[draw(st.sampled_from(sorted(PERSONAS)))]
    turn = st.builds(
        Seen,
        acts=st.lists(st.sampled_from(list(ACTS)), max_size=5, unique=True).map(
            lambda ids: tuple(Act(id=id) for id in ids)
        ),
        signs=st.lists(st.sampled_from(keys(persona)), max_size=6, unique=True).map(tuple),
    )
    return (
        persona,
        draw(st.sampled_from(INTENSITIES)),
        draw(st.lists(turn, min_size=MAX_TURNS, max_size=MAX_TURNS)),
    )


def played(persona, intensity, turns):
    """Every (before, after, outcome) until the encounter ends."""
    scenario = next(iter(persona.scenarios.values()))
    before = mood.start(persona, intensity)
    for saw in turns:
        after = mood.shift(persona, scenario, intensity, before, saw)
        ending = mood.outcome(persona, scenario, before, after, saw)
        yield before, after, ending, saw
        if ending:
            return
        before = after


@settings(max_examples=300, deadline=None)
@given(encounters())
def test_a_customer_never_accepts_with_an_unmet_need(case):
    persona, intensity, turns = case
    scenario = next(iter(persona.scenarios.values()))
    for _, after, ending, _ in played(persona, intensity, turns):
        if after.accepted or ending == "resolved":
            assert set(after.met) == set(scenario.needs)
            assert after.tension <= TERMS[intensity].accepts_at


@settings(max_examples=300, deadline=None)
@given(encounters())
def test_steps_are_bounded_and_every_value_stays_in_range(case):
    persona, intensity, turns = case
    terms = TERMS[intensity]
    for before, after, _, _ in played(persona, intensity, turns):
        assert -terms.down <= after.tension - before.tension <= terms.up
        assert 0 <= after.tension <= 10
        assert 0 <= after.trust <= 10
        assert after.patience <= before.patience


@settings(max_examples=300, deadline=None)
@given(encounters())
def test_every_encounter_ends(case):
    persona, intensity, turns = case
    assert list(played(persona, intensity, turns))[-1][2] is not None


@settings(max_examples=100, deadline=None)
@given(encounters())
def test_the_same_turns_give_the_same_mood(case):
    assert list(played(*case)) == list(played(*case))


@pytest.mark.parametrize("id", sorted(PERSONAS))
def test_one_perfect_turn_does_not_cure_anybody_at_standard_intensity(id):
    persona = PERSONAS[id]
    signs = tuple(k for k in keys(persona) if not k.startswith("rises"))
    everything = Seen(acts=tuple(Act(id=a) for a in HELPFUL), signs=signs)
    first = next(played(persona, "standard", [everything]))
    assert not first[1].accepted
    assert first[2] is None


def test_a_first_offer_is_tested_at_standard_and_taken_at_mild():
    persona = PERSONAS["late_gift"]
    offer = Seen(acts=(Act(id="concrete_offer"),), signs=("needs/arrival",))
    for intensity, offered in (("mild", False), ("standard", True)):
        before = mood.start(persona, intensity)
        scenario = persona.scenarios["birthday"]
        after = mood.shift(persona, scenario, intensity, before, offer)
        assert ("arrival" in after.offered) is offered
        assert ("arrival" in after.met) is not offered
        direction = direct(scenario, before, after, offer, None)
        assert (direction.move == "push_back") is offered


def test_a_fix_without_a_kind_word_is_not_accepted_at_standard_but_is_at_mild():
    persona = PERSONAS["late_gift"]
    scenario = persona.scenarios["birthday"]
    fix = Seen(
        acts=(Act(id="concrete_offer"), Act(id="dated")),
        signs=tuple(f"needs/{need}" for need in scenario.needs),
    )
    standard = list(played(persona, "standard", [fix] * 5))
    assert not any(after.accepted for _, after, _, _ in standard)
    before, after, ending, saw = standard[3]
    assert direct(scenario, before, after, saw, ending).move == "unheard"
    assert any(after.accepted for _, after, _, _ in played(persona, "mild", [fix] * 5))


def test_a_fact_is_told_once_and_not_again_for_the_asking():
    persona = PERSONAS["late_gift"]
    scenario = persona.scenarios["birthday"]
    ask = Seen(acts=(Act(id="asks_new"),), signs=("knows/order",))
    first = mood.start(persona, "standard")
    second = mood.shift(persona, scenario, "standard", first, ask)
    third = mood.shift(persona, scenario, "standard", second, ask)
    assert direct(scenario, first, second, ask, None).answers == ("order",)
    assert direct(scenario, second, third, ask, None).answers == ()


def test_repeated_apologies_alone_do_not_soften():
    persona = PERSONAS["late_gift"]
    scenario = persona.scenarios["birthday"]
    sorry = Seen(acts=(Act(id="owned"),))
    first = mood.shift(persona, scenario, "standard", mood.start(persona, "standard"), sorry)
    second = mood.shift(persona, scenario, "standard", first, sorry)
    third = mood.shift(persona, scenario, "standard", second, sorry)
    assert first.tension == second.tension + 0 == third.tension
    assert third.patience < first.patience


def test_after_a_rise_the_next_fall_is_halved():
    persona = PERSONAS["late_gift"]
    scenario = persona.scenarios["birthday"]
    risen = Mood(tension=8, trust=3, patience=5, momentum=2)
    level = risen.model_copy(update={"momentum": 0})
    kind = Seen(acts=(Act(id="felt"), Act(id="heard")))
    assert mood.shift(persona, scenario, "standard", level, kind).tension == 6
    assert mood.shift(persona, scenario, "standard", risen, kind).tension == 7


def test_an_insult_undoes_any_kindness_in_the_same_turn():
    persona = PERSONAS["late_gift"]
    scenario = persona.scenarios["birthday"]
    before = mood.start(persona, "standard")
    both = Seen(acts=(Act(id="insult"), Act(id="felt"), Act(id="owned")), signs=("needs/arrival",))
    after = mood.shift(persona, scenario, "standard", before, both)
    assert after.tension > before.tension
    assert after.met == after.offered == ()
    assert after.patience == before.patience - 2


def test_doing_nothing_ends_in_the_customer_leaving():
    for persona in PERSONAS.values():
        empty = [Seen(acts=(Act(id="nothing_said"),))] * MAX_TURNS
        assert list(played(persona, "standard", empty))[-1][2] == persona.exit


def test_a_verdict_replaces_what_the_reader_thought_of_its_criteria():
    reading = Reading(
        criteria={"acknowledge_feelings": Read(level="met", quote="so sorry you waited")},
        acts=(Act(id="insult"), Act(id="felt")),
        signs={"softens/0": "waited"},
    )
    verdict = Verdict(
        grades={
            "acknowledge_feelings": Grade(level="missed"),
            "paraphrase": Grade(level="met", quote="two days late"),
        },
        signs=("needs/arrival",),
        engine="test",
        rubric="r",
    )
    saw = mood.seen_by_judge(reading, verdict)
    assert [act.id for act in saw.acts] == ["insult", "heard"]
    assert saw.signs == ("needs/arrival",)


def test_mild_is_easier_than_standard_and_standard_than_strong():
    for persona in PERSONAS.values():
        starts = [mood.start(persona, i) for i in INTENSITIES]
        assert starts[0].tension <= starts[1].tension <= starts[2].tension
        assert starts[0].patience >= starts[1].patience >= starts[2].patience
    terms = [TERMS[i] for i in INTENSITIES]
    assert terms[0].pushbacks < terms[1].pushbacks < terms[2].pushbacks
    assert terms[0].accepts_at > terms[1].accepts_at > terms[2].accepts_at


def begun(id="late_gift", **changed):
    persona = PERSONAS[id]
    return (
        persona,
        persona.scenarios["birthday"],
        mood.start(persona, "standard").model_copy(update=changed),
    )


def test_a_plain_answer_settles_the_offer_that_was_doubted_and_a_vague_one_does_not():
    persona, scenario, before = begun(offered=("arrival",), pushbacks=1)
    plain = mood.shift(persona, scenario, "standard", before, Seen())
    vague = Seen(acts=(Act(id="vague_time"),))
    assert plain.met == ("arrival",)
    assert mood.shift(persona, scenario, "standard", before, vague).met == ()


def test_an_offer_that_is_doubted_is_tested_again_and_not_asked_for_from_the_start():
    persona, scenario, before = begun(offered=("arrival",), met=("certainty",), pushbacks=1)
    vague = Seen(acts=(Act(id="vague_time"),))
    after = mood.shift(persona, scenario, "standard", before, vague)
    direction = direct(scenario, before, after, vague, None)
    assert (direction.pushes, direction.presses) == ("arrival", None)


def test_a_hostile_turn_brings_no_fact_out():
    persona, scenario, before = begun()
    rude = Seen(acts=(Act(id="blame"),), signs=("hides/party",))
    assert mood.shift(persona, scenario, "standard", before, rude).revealed == ()


def test_a_question_in_the_last_turn_is_answered_before_goodbye():
    persona, scenario, before = begun(
        tension=2, met=tuple(PERSONAS["late_gift"].scenarios["birthday"].needs), turns=4
    )
    before = before.model_copy(update={"accepted": True, "heard": True})
    ask = Seen(acts=(Act(id="asks_new"),), signs=("knows/order",))
    after = mood.shift(persona, scenario, "standard", before, ask)
    assert mood.outcome(persona, scenario, before, after, ask) is None
    assert direct(scenario, before, after, ask, None).answers == ("order",)
    then = mood.shift(persona, scenario, "standard", after, Seen())
    assert mood.outcome(persona, scenario, after, then, Seen()) == "resolved"


def test_one_stretch_of_words_gets_one_reaction_and_kindness_is_not_scolded():
    persona, scenario, before = begun()
    offer = Seen(
        acts=(
            Act(id="stock_empathy", quote="I understand"),
            Act(id="concrete_offer", quote="a courier by noon tomorrow"),
            Act(id="dated", quote="by noon tomorrow"),
            Act(id="honest_cause", quote="it was put on the wrong line"),
        )
    )
    after = mood.shift(persona, scenario, "standard", before, offer)
    reacts = direct(scenario, before, after, offer, None).reacts
    assert [act.id for act in reacts] == ["concrete_offer", "honest_cause"]
