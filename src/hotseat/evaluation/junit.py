"""JUnit XML: a test suite for each report, a test case for each gate and each case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from .gated import Gated

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(suites: Sequence[Gated]) -> str:
    """The document. A red gate is a failure, a case that could not be run an error; a suite that
    was skipped, a waived gate and an unconfirmed drop are skipped, with why."""
    root = Element("testsuites", name="hotseat")
    for one in suites:
        _suite(root, one)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, one: Gated) -> None:
    report = one.report
    suite = SubElement(root, "testsuite", name=_clean(report.suite))
    if report.skipped:
        SubElement(_case(suite, report.suite, report.suite), "skipped", message=report.skipped)
    for found in one.found:
        case = _case(suite, f"{report.suite}.gates", found.gate)
        if found.colour == "red":
            SubElement(case, "failure", message=_clean(found.says), type="gate")
        elif found.colour != "green":
            SubElement(case, "skipped", message=_clean(f"{found.colour}: {found.says}"))
    for unit in report.units:
        case = _case(suite, f"{report.suite}.cases", unit.case)
        if unit.score is not None:
            SubElement(case, "system-out").text = f"score {unit.score:.3f}"
    for case, why in report.ran.failed.items():
        failed = _case(suite, f"{report.suite}.cases", case)
        SubElement(failed, "error", message=_clean(why), type="not run")
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(sum(1 for _ in suite.iter("failure"))))
    suite.set("errors", str(sum(1 for _ in suite.iter("error"))))
    suite.set("skipped", str(sum(1 for _ in suite.iter("skipped"))))
    suite.set("time", f"{report.ran.seconds:.2f}")


def _case(suite: Element, group: str, name: str) -> Element:
    return SubElement(suite, "testcase", classname=_clean(group), name=_clean(name))


def _clean(text: str) -> str:
    """The text without what XML cannot hold, whoever wrote it."""
    return _NOT_XML.sub("\ufffd", text)
