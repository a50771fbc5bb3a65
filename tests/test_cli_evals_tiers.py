"""`hotseat eval all` as CI calls it: tiers, gates, baselines, reports and their exit codes."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from small import ROOT, hotseat, small, told

from hotseat.cli import evals

QUICK = ("--only", "scores", "--only", "judge", "--only", "attacks")


pytestmark = pytest.mark.xdist_group("evals-tiers")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small content folder with baselines."""
    folder = small(tmp_path_factory.mktemp("content"))
    made = hotseat(folder, "--tier", "0", *QUICK, "--save-baseline", str(baselines(folder)))
    assert made.exit_code == evals.RED  # a pin without a baseline
    return folder


def baselines(folder: Path) -> Path:
    return folder / "evals" / "baselines" / "embedded"


def test_eval_with_a_tier_is_short_for_all(content: Path) -> None:
    for words in (["--tier", "0"], ["all", "--tier", "0"], ["all"]):
        result = hotseat(content, *words, *QUICK)
        assert result.exit_code == evals.GREEN, result.output
        assert "GREEN" in result.stdout
        assert all(suite in result.stdout for suite in ("scores", "judge", "attacks"))
        assert max(map(len, result.stdout.splitlines())) <= 80
    assert "--tier" in hotseat(content, "all", "--help").stdout
    assert "Commands" in hotseat(content, "--help").stdout


def test_tier_0_opens_no_connection_and_asks_no_name(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*given: object, **_: object) -> Any:
        raise AssertionError(f"tier 0 went to the network: {given}")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refused)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refused)
    result = hotseat(content, "--tier", "0")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "went to the network" not in result.output
    for suite in ("scores", "judge", "attacks", "content", "customer"):
        assert f"\n{suite}" in f"\n{result.stdout}"


def test_the_recording_and_the_scores_of_this_checkout_are_as_kept() -> None:
    """Where this fails, a prompt, the rubric or the arithmetic has changed: evals/README.md says
    how to record again and keep new baselines, and the change log whether old scores compare."""
    result = hotseat(ROOT, "--tier", "0", "--only", "replay", "--only", "scores")
    assert result.exit_code == evals.GREEN, result.output
    assert "GREEN" in result.stdout


def test_a_red_gate_gives_one_and_says_why(content: Path, tmp_path: Path) -> None:
    strict = tmp_path / "gates.yaml"
    strict.write_text("floors: {attacks: {no_better: {at_least: 1.1, why: never so}}}")
    result = hotseat(content, "--tier", "0", *QUICK, "--gates", str(strict))
    assert result.exit_code == evals.RED
    assert "RED  attacks/no_better: 1, should be at least 1.1 (never so)" in result.stdout


def test_one_suite_can_be_held_against_gates_or_a_baseline(content: Path, tmp_path: Path) -> None:
    whole = told(content, "judge", "--baseline", str(baselines(content)))
    assert whole["verdict"] == "green"
    assert [gate["gate"] for gate in whole["gates"]] == ["judge/drop"]
    assert "verdict" not in told(content, "judge")
    gates = str(content / "evals" / "gates.yaml")
    assert "judge/coverage" in {
        g["gate"] for g in told(content, "judge", "--gates", gates)["gates"]
    }


def test_a_real_drop_since_the_baseline_is_red_with_its_interval(
    content: Path, tmp_path: Path
) -> None:
    better = json.loads((baselines(content) / "judge.json").read_text())
    for unit in better["units"]:
        unit["score"] += 0.05
    path = tmp_path / "judge.json"
    path.write_text(json.dumps(better))
    result = hotseat(content, "judge", "--baseline", str(path))
    assert result.exit_code == evals.RED
    assert "judge/drop: mean change -0.050 (-0.050 to -0.050)" in " ".join(result.stdout.split())


@pytest.mark.parametrize("tier", ["1", "2"])
def test_without_a_model_or_key_the_live_suites_are_skipped_and_never_green(
    content: Path, monkeypatch: pytest.MonkeyPatch, tier: str
) -> None:
    for name in ("OPENAI_API_KEY", "HOTSEAT_JUDGE_MODEL", "HOTSEAT_CUSTOMER_MODEL"):
        monkeypatch.delenv(name, raising=False)
    live = ("--tier", tier, "--only", "judge", "--only", "attacks")
    for named, why in (((), "no model is named"), (("--model", "openai/x"), "OPENAI_API_KEY")):
        result = hotseat(content, *live, *named)
        assert result.exit_code == evals.GREEN, result.output
        assert "skipped" in result.stdout
        assert "UNSURE" in result.stdout
        assert "GREEN" not in result.stdout
        assert why in " ".join(result.stdout.split())
        assert hotseat(content, *live, *named, "--require-key").exit_code == evals.SKIPPED


def test_tier_0_takes_no_model_and_no_suite_it_does_not_have(content: Path) -> None:
    for wrong, why in ((("--model", "openai/x"), "--tier 1"), (("--only", "jugde"), "jugde")):
        result = hotseat(content, "--tier", "0", *wrong)
        assert result.exit_code == evals.CANNOT_RUN
        assert why in result.output


def test_a_sweep_goes_on_from_its_folder_and_shards_join(content: Path, tmp_path: Path) -> None:
    parts = [str(tmp_path / f"part-{number}") for number in (1, 2)]
    for number, folder in enumerate(parts, start=1):
        part = told(content, "all", *QUICK, "--shard", f"{number}/2", "--resume", folder)
        assert part["verdict"] == "unsure"
    joined = told(content, "all", *QUICK, "--resume", parts[0], "--resume", parts[1])
    assert joined["verdict"] == "green"
    whole = told(content, "all", *QUICK)
    assert [r["hash"] for r in joined["reports"]] == [r["hash"] for r in whole["reports"]]


# ------------------------------------------------------------------ compare


def test_two_reports_are_compared_case_by_case(content: Path, tmp_path: Path) -> None:
    now = told(content, "judge")
    then = json.loads(json.dumps(now))
    then["units"][0]["said"]["recap"] = "met"
    then["units"][0]["score"] += 0.1
    one, other = tmp_path / "then.json", tmp_path / "now.json"
    one.write_text(json.dumps(then)), other.write_text(json.dumps(now))
    result = hotseat(content, "compare", str(one), str(other))
    assert result.exit_code == 0, result.output
    assert f"recap {now['units'][0]['case']}: met -> " in " ".join(result.stdout.split())
    found = told(content, "compare", str(one), str(other))
    assert found["low"] <= found["value"] < 0 <= found["high"]


def test_two_sweeps_are_compared_suite_by_suite(content: Path, tmp_path: Path) -> None:
    sweep = tmp_path / "sweep.json"
    sweep.write_text(hotseat(content, "all", *QUICK, "--json").stdout)
    found = json.loads(hotseat(content, "compare", str(sweep), str(sweep), "--json").stdout)
    assert [one["suite"] for one in found] == ["scores", "judge", "attacks"]
    assert not any(one["flips"] for one in found)


def test_a_journal_compares_like_the_report_it_came_to(content: Path, tmp_path: Path) -> None:
    for suite in ("judge", "attacks"):
        journal, report = tmp_path / f"{suite}.jsonl", tmp_path / f"{suite}.json"
        report.write_text(hotseat(content, suite, "--resume", str(journal), "--json").stdout)
        found = told(content, "compare", str(report), str(journal))
        assert (found["value"], found["flips"]) == (0, [])


def test_what_cannot_be_compared_is_refused_in_words(content: Path, tmp_path: Path) -> None:
    one, other = baselines(content) / "judge.json", baselines(content) / "attacks.json"
    notes = tmp_path / "notes.txt"
    notes.write_text("x")
    for pair, why in (((one, other), "of one suite"), ((one, notes), "this is no report")):
        result = hotseat(content, "compare", *map(str, pair))
        assert result.exit_code == evals.CANNOT_RUN
        assert why in result.output


# ------------------------------------------------------------------ files


def test_every_report_is_written_where_it_is_asked_for(content: Path, tmp_path: Path) -> None:
    files = {kind: tmp_path / "out" / kind for kind in ("junit", "html", "markdown")}
    options = [word for kind, path in files.items() for word in (f"--{kind}", str(path))]
    assert hotseat(content, "all", *QUICK, *options).exit_code == 0
    root = ElementTree.fromstring(files["junit"].read_text())
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {"scores", "judge", "attacks"}
    assert suites["attacks"].find("testcase[@name='attacks/raised']") is not None
    assert suites["judge"].get("failures") == "0"
    assert files["markdown"].read_text().startswith("## ✅ Evaluation: green")
    assert "hotseat eval all --tier 0 --only scores --only judge" in files["markdown"].read_text()
    page = files["html"].read_text()
    assert page.count("<svg") > 20
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
