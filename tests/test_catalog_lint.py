"""Content of the right shape that would still spoil an encounter or a score is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from hotseat import catalog
from hotseat.catalog import lint_lines, lint_persona, lint_rubric
from hotseat.domain import Persona, Rubric, Source
from hotseat.reader import cues

REPO = Path(__file__).parent.parent
RUBRIC = catalog.rubric("service_recovery", REPO)
SOURCES = catalog.sources(REPO)
CRITERIA = frozenset(criterion.id for criterion in RUBRIC.criteria)
DANA = Persona.model_validate(catalog.load_yaml(REPO / "tests" / "exemplar.yaml"))

Values = dict[str, Any]


def persona(change: Callable[[Values], object]) -> list[str]:
    """`place: problem` of each problem that a change to the exemplar makes."""
    values = DANA.model_dump(mode="json")
    change(values)
    changed = Persona.model_validate(values)
    found = lint_persona.lint(changed, "personas/late_gift.yaml", CRITERIA)
    return [f"{problem.place}: {problem.problem}" for problem in found]


def rubric(change: Callable[[Values], object]) -> list[str]:
    values = RUBRIC.model_dump(mode="json")
    change(values)
    found = lint_rubric.lint(Rubric.model_validate(values), "rubrics/x.yaml", SOURCES)
    return [f"{problem.place}: {problem.problem}" for problem in found]


def scenario(values: Values) -> Values:
    return values["scenarios"]["birthday"]


def test_the_exemplar_and_the_rubric_are_without_a_problem() -> None:
    assert persona(dict) == []
    assert rubric(dict) == []


@pytest.mark.parametrize(
    ("pronoun", "said"),
    [
        ("she", "3 things anger her, nothing calms her: she cannot be calmed"),
        ("he", "3 things anger him, nothing calms him: he cannot be calmed"),
        ("they", "3 things anger them, nothing calms them: they cannot be calmed"),
    ],
)
def test_somebody_whom_nothing_calms_is_found(pronoun: str, said: str) -> None:
    found = persona(lambda values: values.update(softens_at=[], pronoun=pronoun))
    assert found == [f"softens_at: {said}"]


def test_a_sign_that_a_judge_cannot_answer_yes_or_no_is_found() -> None:
    found = persona(lambda values: values["softens_at"][0].update(when="Names the birthday."))
    assert found == ["softens_at[0].when: not a question: a judge answers it yes or no"]


def test_what_is_said_to_a_provocation_is_read_like_every_other_line() -> None:
    found = persona(lambda values: values["rises_at"][0].update(says=["No worries, Dana."]))
    assert len(found) == 1
    assert found[0].startswith("rises_at[0].says[0]:")


def test_somebody_whom_nothing_angers_is_found() -> None:
    assert persona(lambda values: values.update(rises_at=[])) == [
        "rises_at: nothing angers her: the trainee can do no wrong"
    ]


def test_somebody_who_starts_out_calm_is_found() -> None:
    found = persona(lambda values: values["mood"].update(tension=2))
    assert found == ["mood.tension: 2: calm from the start, so there is nothing to practise"]


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("timelines", "'timelines' is neither a criterion nor an act; did you mean 'timeline'?"),
        ("xyzzy", "'xyzzy' is neither a criterion nor an act"),
        ([], "no cue at all: it can never fire"),
        (["vague_times"], "'vague_times' is neither a criterion nor an act; did you mean 'vague"),
        (["refund|"], "a part without a word: it can never fire"),
        (["refund +  + today"], "a part without a word: it can never fire"),
        (["..."], "a part without a word: it can never fire"),
        (["refund+today"], "a '+' without a space on both sides"),
        (["del*ver"], "a '*' inside a word"),
        (["courier + <time"], "a '<' or '>' without its other half"),
        (["courier + <tiem>"], "unknown token <tiem>; did you mean 'time'?"),
        (["order number <question>"], "<question> among other words: it can never fire"),
    ],
)
def test_a_sign_that_can_never_fire_is_found(sign: str | list[str], said: str) -> None:
    found = persona(lambda values: values["softens_at"][0].update(sign=sign))
    assert len(found) == 1
    assert found[0].startswith("softens_at[0].sign")
    assert said in found[0]


def test_every_token_that_may_be_written_is_one_that_the_reader_reads() -> None:
    text = "Could you wait until noon tomorrow? The 64.00 and 10% of 3 come soon: right now."
    for token in lint_persona.TOKENS:
        assert cues.find([f"<{token}>"], text), token


def test_signs_of_facts_needs_and_policy_are_read_too() -> None:
    def change(values: Values) -> None:
        for group, name in (("knows", "order"), ("hides", "party"), ("needs", "arrival")):
            scenario(values)[group][name]["sign"] = ["a|"]
        scenario(values)["policy"]["never"] = ["<mony>"]

    places = [line.split(": ")[0] for line in persona(change)]
    assert places == [
        "scenarios.birthday.policy.never[0]",
        "scenarios.birthday.knows.order.sign[0]",
        "scenarios.birthday.hides.party.sign[0]",
        "scenarios.birthday.needs.arrival.sign[0]",
    ]


def test_nothing_is_said_about_criteria_that_are_not_known() -> None:
    assert lint_persona.lint(DANA, "personas/late_gift.yaml", None) == []


def test_skills_and_phrases_name_criteria() -> None:
    def change(values: Values) -> None:
        values["skills"] = ["timelin"]
        scenario(values)["phrases"]["recaps"] = "So, to sum up."

    assert persona(change) == [
        "skills[0]: no criterion is called 'timelin'; did you mean 'timeline'?",
        "scenarios.birthday.phrases.recaps: no criterion is called 'recaps'; did you mean 'recap'?",
    ]


def test_phrases_that_every_scenario_needs_are_asked_for() -> None:
    def change(values: Values) -> None:
        for name in ("timeline", "recap", "escalation"):
            del scenario(values)["phrases"][name]

    said = "scenarios.birthday.phrases: no sample phrase for timeline, recap, escalation"
    assert persona(change) == [said]


def test_escalation_needs_a_phrase_only_where_there_is_somebody_to_escalate_to() -> None:
    def change(values: Values) -> None:
        del scenario(values)["phrases"]["escalation"]
        scenario(values)["policy"]["escalates_to"] = None

    assert persona(change) == []


def test_lines_are_kept_under_acts_and_moves() -> None:
    def change(values: Values) -> None:
        values["lines"] |= {
            "insults": ["Say that again."],
            "press": {"hott": ["Now, please."]},
            "dumps": [],
        }

    assert persona(change) == [
        "lines.insults: unknown key 'insults'; did you mean 'insult'?",
        "lines.press.hott: unknown group 'hott'; did you mean 'hot'?",
        "lines.dumps: no line",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Yes. Exactly that. So?", "the same line as lines.heard.hot[0]"),
        ("  yes. exactly  that. so?", "the same line as lines.heard.hot[0]"),
        ("Why. " * 65, "325 characters; at most 320"),
        ("Oh, no worries at all.", "says 'no worries', which is under never_says"),
        ("You call this bloody bullshit service?", "profanity: 'bullshit'"),
        ("{{ name }}, is it?", "a slot other than {{ said }}"),
        ("{{ said }, is it?", "a slot other than {{ said }}"),
        ("{% if x %}Well?{% endif %}", "a slot other than {{ said }}"),
    ],
)
def test_a_line_that_would_spoil_the_encounter_is_found(line: str, said: str) -> None:
    assert persona(lambda values: values["lines"].update(press=[line])) == [
        f"lines.press[0]: {said}"
    ]


def test_the_slot_is_for_lines_only() -> None:
    def change(values: Values) -> None:
        values["lines"]["press"] = ['"{{said}}", you say. And?']
        scenario(values)["needs"]["arrival"]["asks"][0] = '"{{ said }}". So is it coming?'

    assert persona(change) == [
        "scenarios.birthday.needs.arrival.asks[0]: {{ said }} is for the lines only"
    ]


def test_a_slot_is_allowed_only_where_it_is_filled() -> None:
    def change(values: Values) -> None:
        values["lines"] |= {
            "wrong_name": ["{{ said }}? No, {{ name }}."],
            "dated": {"angry": ["{{ when }}, then. And {{ echo }}?"]},
            "cannot_say": ["{{ topic }}? No idea."],
            "asks_who": ["{{ topic }}?"],
        }

    assert persona(change) == ["lines.asks_who[0]: a slot other than {{ said }} or {{ name }}"]


def bank(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> list[str]:
    """`place: problem` of each problem that a change to the general bank makes."""
    shipped = REPO / "src" / "hotseat" / "embedded" / "lines.yaml"
    values = yaml.safe_load(shipped.read_text("utf-8"))
    change(values)
    (tmp_path / "lines.yaml").write_text(yaml.safe_dump(values), encoding="utf-8")
    found = lint_lines.bank(tmp_path / "lines.yaml")
    return [f"{problem.place}: {problem.problem}" for problem in found]


def test_the_general_bank_has_words_for_everything_in_every_band(tmp_path: Path) -> None:
    assert bank(tmp_path, dict) == []

    def change(values: dict[str, Any]) -> None:
        del values["heard"]
        del values["felt"]["calm"]
        values["dated"]["angry"] = ["{{ when }}.", "{{ when }}, then."]
        values["hurd"] = {}

    assert sorted(bank(tmp_path, change)) == [
        "dated.angry: 2 lines, 0 without a slot",
        "felt.calm: 0 lines, 0 without a slot",
        "heard: no lines at all",
        "hurd: unknown key",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("You owe me 20.", "a number"),
        ("What bullshit.", "profanity: 'bullshit'"),
        ("{{ topic }}?", "a slot other than {{ said }}"),
        ("Another sorry doesn't add anything.", "the same line as repeat_apology.angry[1]"),
    ],
)
def test_a_general_line_that_not_everybody_can_say_is_found(
    tmp_path: Path, line: str, said: str
) -> None:
    found = bank(tmp_path, lambda values: values["thanks"]["calm"].append(line))
    assert [problem.partition(": ")[2] for problem in found] == [said]


def test_a_long_brief_is_found() -> None:
    found = persona(lambda values: scenario(values)["brief"]["record"].append("word " * 80))
    assert len(found) == 1
    assert found[0].endswith(" words; at most 90")


@pytest.mark.parametrize(
    ("where", "give_away"),
    [
        ("brief", lambda values: scenario(values)["brief"]["record"].append("{fact}")),
        ("opening[0]", lambda values: scenario(values)["opening"].insert(0, "{fact}")),
        ("summary", lambda values: values.update(summary="{fact}")),
    ],
)
def test_a_hidden_fact_that_is_given_away_is_found(
    where: str, give_away: Callable[[Values], object]
) -> None:
    def change(values: Values) -> None:
        give_away(values)
        fact = "Tomorrow is the sixth birthday of her son"
        values["summary"] = values["summary"].replace("{fact}", fact)
        for texts in (scenario(values)["brief"]["record"], scenario(values)["opening"]):
            texts[:] = [text.replace("{fact}", fact) for text in texts]

    assert persona(change) == [f"scenarios.birthday.hides.party: is given away by the {where}"]


def test_two_facts_that_come_out_alike_are_found() -> None:
    def change(values: Values) -> None:
        hides = scenario(values)["hides"]
        hides["ignored"]["when"] = hides["party"]["when"].upper()

    assert persona(change) == [
        "scenarios.birthday.hides.ignored.when: comes out in the same way as 'party'"
    ]


# ------------------------------------------------------------------ rubrics and sources


def test_weights_that_do_not_add_up_are_found() -> None:
    def change(values: Values) -> None:
        values["sections"][0]["weight"] = 21
        values["criteria"][19]["weight"] = 5

    assert rubric(change) == [
        "sections: the weights add up to 101, not 100",
        "sections.Listen: its criteria add up to 20, not 21",
        "sections.Close: its criteria add up to 11, not 10",
    ]


def test_a_section_that_is_not_there_is_found() -> None:
    found = rubric(lambda values: values["criteria"][0].update(section="Lisen"))
    assert found == [
        "sections.Listen: its criteria add up to 13, not 20",
        "criteria.listen_fully.section: no section is called 'Lisen'; did you mean 'Listen'?",
    ]


def test_ids_and_titles_that_are_there_twice_are_found() -> None:
    def change(values: Values) -> None:
        values["sections"].append(dict(values["sections"][5]))
        values["criteria"].append(values["criteria"][19])
        values["criteria"][0]["checks"][1]["id"] = "main_point"

    found = rubric(change)
    assert "sections: 'Close' is here 2 times" in found
    assert "criteria.follow_up_plan: is here 2 times" in found
    assert "criteria.listen_fully.checks.main_point: is here 2 times" in found


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        ("Is it calm? Is it kind?", "has 2 question marks"),
        ("The reply is calm.", "has 0 question marks"),
        ("Does it " + "really " * 30 + "help?", "33 words; at most 30: it may be asking two"),
    ],
)
def test_a_check_that_asks_two_things_or_nothing_is_found(ask: str, said: str) -> None:
    found = rubric(lambda values: values["criteria"][5]["checks"][0].update(ask=ask))
    assert len(found) == 1
    assert found[0].startswith(f"criteria.composure.checks.no_attack: {said}")


def test_sources_that_do_not_lead_back_are_found() -> None:
    found = rubric(lambda values: values["criteria"][17].update(sources=["4.39", "9.9", "4.40"]))
    assert found[0].startswith("criteria.recap.sources: no source 9.9")
    assert found[1] == "criteria.recap.sources: 4.40 belongs to warm_close"


def test_examples_that_do_not_differ_are_found() -> None:
    def change(values: Values) -> None:
        examples = values["criteria"][0]["examples"]
        examples["partly"] = examples["met"].upper()

    assert rubric(change) == ["criteria.listen_fully.examples: two of the examples are the same"]


def test_sources_are_short_and_belong_somewhere() -> None:
    one = Source(
        ref="1.1", document="a", quote="w " * 13, stage="any", observable="turn", criterion="recaps"
    )
    two = Source(ref="1.2", document="a", quote="w", stage="any", observable="turn")
    found = lint_rubric.lint_sources({"1.1": one, "1.2": two}, "rubrics/sources.yaml", CRITERIA)
    assert [f"{problem.place}: {problem.problem}" for problem in found] == [
        "1.1.quote: 13 words; at most 12",
        "1.1.criterion: no criterion is called 'recaps'; did you mean 'recap'?",
        "1.2: needs a criterion, or a reason under unscored, and not both",
    ]


# ------------------------------------------------------------------ the words of a rubric


def recap(values: Values) -> Values:
    return next(criterion for criterion in values["criteria"] if criterion["id"] == "recap")


@pytest.mark.parametrize(
    ("ask", "joint"),
    [
        ("Does the reply apologise and offer a refund?", "apologise and offer"),
        ("Is the reply polite and/or short?", "and/or"),
        ("Is it offered, and could it be delivered?", "and could it"),
        ("Does it say who will ring and when?", "ring and when"),
        ("Does the reply thank the customer as well as name the day?", "well as name"),
    ],
)
def test_a_check_that_asks_two_things_is_found(ask: str, joint: str) -> None:
    found = rubric(lambda values: recap(values)["checks"][0].update(ask=ask))
    problem = f"asks two things at once (“{joint}”): a reply may do one of them"
    assert found == [f"criteria.recap.checks.actions: {problem}"]


@pytest.mark.parametrize(
    "ask",
    [
        "Is the reply free of blame, sarcasm and lecturing?",
        "Does the reply give a cause, or say openly that it is not known?",
        "Does it name the day and the hour?",
    ],
)
def test_a_check_that_asks_one_thing_in_many_words_is_left_alone(ask: str) -> None:
    assert rubric(lambda values: recap(values)["checks"][0].update(ask=ask)) == []


@pytest.mark.parametrize(
    ("ask", "seen"),
    [
        ("Is the tone warm?", "tone"),
        ("Does the trainee feel sorry for them?", "trainee feel"),
        ("Is there a sincere apology?", "sincere"),
        ("Does one hear a smile in it?", "smile"),
        ("Is it clear that the trainee intends to help?", "trainee intends"),
    ],
)
def test_a_check_of_what_no_text_shows_is_found(ask: str, seen: str) -> None:
    found = rubric(lambda values: recap(values)["checks"][0].update(ask=ask))
    problem = f"“{seen}” cannot be seen in the words of a chat"
    assert found == [f"criteria.recap.checks.actions: {problem}"]


def test_examples_that_contradict_each_other_are_found() -> None:
    found = rubric(
        lambda values: recap(values)["examples"].update(
            met="All right then, bye. We collect it on Friday.", missed="All right then, BYE!"
        )
    )
    problem = "the met example has the whole missed example in it: they contradict"
    assert found == [f"criteria.recap.examples.met: {problem}"]


def test_two_criteria_that_ask_for_the_same_are_found() -> None:
    def change(values: Values) -> None:
        recap(values)["title"] = "Say by when!"
        recap(values)["checks"][1]["ask"] = "Does it give a time, a length or a date to be held to?"

    assert rubric(change) == [
        "criteria.recap.title: is the title of timeline too",
        "criteria.recap.checks.dates: asks the same as specific_time of timeline: "
        "a reply would earn it twice",
    ]


def test_praise_that_says_what_the_lack_says_is_found() -> None:
    found = rubric(lambda values: recap(values).update(lack=recap(values)["praise"].upper()))
    assert found == ["criteria.recap.lack: says the same as the praise"]


def test_passages_of_ones_own_are_checked_like_every_other_source() -> None:
    passage = {"ref": "guide.1", "document": "guide", "quote": "sum it up", "criterion": "recap"}

    def change(values: Values) -> None:
        values["passages"] = [
            passage,
            {**passage, "ref": "other.1"},
            {**passage, "ref": "guide.2", "quote": "word " * 13, "criterion": "recaps"},
        ]
        recap(values)["sources"].append("guide.1")

    assert rubric(change) == [
        "passages.other.1.ref: does not begin with its document's name and a dot",
        "passages.guide.2.quote: 13 words; at most 12",
        "passages.guide.2.criterion: no criterion is called 'recaps'; did you mean 'recap'?",
    ]
