"""Reports for machines and people: nothing a model or a trainee wrote is more than letters."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from hotseat.evaluation.comments import code, comment
from hotseat.evaluation.gated import Gated, gated
from hotseat.evaluation.gates import Gates
from hotseat.evaluation.junit import junit
from hotseat.evaluation.pages import page
from hotseat.evaluation.report import Figure, Miss, Ran, Report, Unit

NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</blockquote><h1>green</h1>",
    "![x](https://evil.example/p.png)",
    "[click](javascript:alert(1))",
    "@everyone see https://evil.example",
    "`code` ``more`` ```fence```",
    "| a | b |\n|---|---|",
    "line one\n\n## ✅ Evaluation: green",
    "-->]]><!-- <details>",
    "{{ 7 * 7 }} {% raw %}",
    "\x00\x1b[31m\u202egreen\u2028",
    "=HYPERLINK(1)",
)


def nasty(text: str) -> tuple[Gated, ...]:
    """A report in which everything that can be somebody's text is this text, and a flip."""

    def report(score: float, said: str) -> Report:
        return Report(
            suite="judge",
            ran=Ran(config={"engine": text}, cases=4, failed={text: text}),
            figures={"f1": Figure(value=score, n=4, low=0.1, high=0.9)},
            units=tuple(
                Unit(case=f"{text}{n}", group=str(n), score=score, said={text: said}, text=text)
                for n in range(4)
            ),
            misses=(Miss(case=f"{text}0", about=text, said=text, wanted=text, quote=text),),
            notes=(text,),
        )

    rules = Gates.model_validate({"floors": {"judge": {"f1": {"at_least": 2, "why": text}}}})
    return gated([report(0.2, text)], rules, {"judge": report(0.8, "met")}, date(2027, 1, 1))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("text", NASTY)
def test_a_page_is_made_of_our_tags_alone(text: str) -> None:
    plain, given = Tags(), Tags()
    plain.feed(page(nasty("a plain reply"), "hotseat eval"))
    given.feed(page(nasty(text), f"hotseat eval {text}"))
    assert given.seen == plain.seen
    assert given.attributes == plain.attributes
    assert not given.seen & {"script", "img", "iframe", "object"}


@pytest.mark.parametrize("text", NASTY)
def test_a_comment_holds_foreign_text_in_code_spans_alone(text: str) -> None:
    whole = comment(nasty(text), "hotseat eval")
    lines = whole.split("\n")
    assert lines[0] == "## ❌ Evaluation: red"
    outside = [re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", line) for line in lines]
    left = "\n".join(outside)
    for sign in ("<script", "<img", "<h1", "javascript:", "](", "@everyone", "https:", "{{"):
        assert sign not in left
    assert sum(line.startswith("## ") for line in lines) == 1
    rows = [re.sub(r"\\\|", "", line) for line in lines if line.startswith("|")]
    assert {row.count("|") for row in rows} == {5}


@pytest.mark.parametrize("text", NASTY)
def test_junit_is_xml_whatever_is_in_it(text: str) -> None:
    root = ElementTree.fromstring(junit(nasty(text)))
    (suite,) = root
    assert suite.get("failures") == "1"
    assert suite.get("errors") == "1"


def test_a_code_span_cannot_be_closed_from_inside() -> None:
    assert code("a `b` c") == "`` a `b` c ``"
    assert code("```") == "```` ``` ````"
    assert code("a\n\nb\u202e") == "`a b`"
    assert code("") == "` `"
    assert len(code("x" * 999, 100)) < 110


def test_a_comment_gives_the_verdict_first_then_the_worst_flips_and_how_to_run_it() -> None:
    text = comment(nasty("I am sorry."), "hotseat eval judge --repeat 2")
    order = ["Evaluation: red", "judge/f1", "| suite |", "Worst of 4 flips", "--repeat 2", "engine"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert text.count("  > ") == 3


def test_a_skipped_suite_is_skipped_everywhere() -> None:
    skipped = (Gated(report=Report(suite="judge", skipped="no key")),)
    assert ElementTree.fromstring(junit(skipped))[0].get("skipped") == "1"
    assert "Evaluation: unsure" in comment(skipped, "x")
    assert "skipped" in page(skipped, "x")
