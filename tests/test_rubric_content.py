"""The rubric that is shipped says what the how-to documents say, and its scores add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotseat import catalog

REPO = Path(__file__).parent.parent
DOCUMENTS = REPO.parent / "shared" / "documents"
RUBRIC = catalog.rubric("service_recovery", REPO)
SOURCES = catalog.sources(REPO)

NEVER_SCORED = {"4.44": "never asked for or scored after a tense chat"}
"""Visible in the text and left out on purpose: asking an upset customer for a good review."""


def test_there_are_twenty_criteria_in_six_sections_and_they_make_a_hundred() -> None:
    assert len(RUBRIC.criteria) == 20
    assert {section.title: section.weight for section in RUBRIC.sections} == {
        "Listen": 20,
        "Empathy": 15,
        "Conduct": 15,
        "Solve": 30,
        "Limits": 10,
        "Close": 10,
    }
    for section in RUBRIC.sections:
        inside = [c.weight for c in RUBRIC.criteria if c.section == section.title]
        assert sum(inside) == section.weight


def test_each_criterion_becomes_one_level_in_the_way_that_was_settled() -> None:
    ways = {way: set[str]() for way in ("mean", "once", "worst")}
    for criterion in RUBRIC.criteria:
        ways[criterion.aggregation].add(criterion.id)
    assert ways["worst"] == {"composure", "professional_language", "policy_truth"}
    assert ways["mean"] == {
        "listen_fully",
        "clarifying_questions",
        "acknowledge_feelings",
        "positive_framing",
        "adapt_flexibly",
    }
    assert len(ways["once"]) == 12


def test_all_behaviours_of_the_documents_are_kept() -> None:
    assert len(SOURCES) == 154
    assert len({source.document for source in SOURCES.values()}) == 5


def test_every_behaviour_that_text_can_show_reaches_a_criterion() -> None:
    cited = {ref: c.id for c in RUBRIC.criteria for ref in c.sources}
    visible = {
        ref: source
        for ref, source in SOURCES.items()
        if source.observable in ("turn", "conversation")
    }
    unreached = {ref: source.unscored for ref, source in visible.items() if cited.get(ref) is None}
    assert unreached == NEVER_SCORED
    for ref, source in visible.items():
        assert source.criterion == cited.get(ref)


def test_every_source_of_a_criterion_points_back_at_it() -> None:
    for criterion in RUBRIC.criteria:
        for ref in criterion.sources:
            assert SOURCES[ref].criterion == criterion.id, ref


def test_the_first_source_of_a_criterion_can_be_seen_in_a_reply() -> None:
    for criterion in RUBRIC.criteria:
        assert SOURCES[criterion.sources[0]].observable == "turn", criterion.id


def test_every_behaviour_has_a_criterion_or_a_reason() -> None:
    for ref, source in SOURCES.items():
        assert (source.criterion is None) != (source.unscored is None), ref


def test_quotes_are_pointers_of_a_dozen_words_at_most() -> None:
    for ref, source in SOURCES.items():
        assert 1 <= len(source.quote.split()) <= 12, ref


def _plain(text: str) -> str:
    """Text with straight quotes and single spaces, for comparing."""
    straight = text.translate(str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'}))
    return " ".join(straight.split())


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the documents are not beside the repository")
def test_every_quote_is_in_its_document() -> None:
    texts = {
        path.stem: _plain(path.read_text(encoding="utf-8")) for path in DOCUMENTS.glob("*.txt")
    }
    missing = [
        ref for ref, source in SOURCES.items() if _plain(source.quote) not in texts[source.document]
    ]
    assert missing == []
