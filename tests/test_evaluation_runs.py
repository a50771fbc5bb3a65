"""Runs that can be stopped, shared out and gone on with, and still come to the same report."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from hotseat.domain import Call, Noun
from hotseat.errors import SettingError
from hotseat.evaluation import journal, runs
from hotseat.evaluation.report import Figure, Ran, Report
from hotseat.evaluation.runs import Run, Shard, Suite


class Doubled(Noun):
    value: int


def suite(count: int = 12, asked: list[tuple[int, int]] | None = None, **config: str) -> Suite[int]:
    async def task(number: int, repeat: int) -> tuple[Doubled, Sequence[Call]]:
        if asked is not None:
            asked.append((number, repeat))
        await asyncio.sleep(0)
        return Doubled(value=2 * number + repeat), (Call(role="judge", model="m", cost=0.25),)

    cases = {f"case-{n}": n for n in range(count)}
    return Suite(name="doubling", version=1, cases=cases, task=task, config=config)


def run(plan: Suite[int], *files: Path, **options: object) -> Run:
    return asyncio.run(runs.run(plan, journals=files, **options))  # pyright: ignore


def test_every_case_is_run_once_a_repeat() -> None:
    asked: list[tuple[int, int]] = []
    found = run(suite(3, asked), repeat=2)
    assert sorted(asked) == [(n, repeat) for n in range(3) for repeat in (1, 2)]
    assert found.done["case-2", 2].result == {"value": 6}
    assert not found.missing
    assert found.told.cost == pytest.approx(1.5)


def test_a_run_goes_on_where_it_was_stopped_and_comes_to_the_same_report(tmp_path: Path) -> None:
    whole = run(suite()).told
    for stop_after in (0, 1, 5, 11):
        path = tmp_path / f"{stop_after}.jsonl"
        first, rest = [], []

        async def stopped(plan: Suite[int], path: Path, after: int) -> None:
            count = 0

            def watch(*_: object) -> None:
                nonlocal count
                count += 1
                if count >= after:
                    task.cancel()

            task = asyncio.ensure_future(runs.run(plan, journals=[path], watch=watch))
            if not after:
                task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(stopped(suite(asked=first), path, stop_after))
        kept = len(journal.read(path, runs.config_of(suite(), 1)))
        again = run(suite(asked=rest), path)
        assert len(rest) == 12 - kept
        assert kept >= stop_after
        assert not again.missing
        assert again.told.hash == whole.hash


def test_a_killed_process_loses_no_finished_case(tmp_path: Path) -> None:
    path = tmp_path / "killed.jsonl"
    code = f"""
import asyncio, os, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_evaluation_runs import runs, suite
seen = []
def watch(*_):
    seen.append(1)
    if len(seen) == 7: os.kill(os.getpid(), 9)
from pathlib import Path
asyncio.run(runs.run(suite(), journals=[Path({str(path)!r})], watch=watch, max_concurrency=1))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    asked: list[tuple[int, int]] = []
    found = run(suite(asked=asked), path)
    assert len(asked) == 5
    assert found.told.hash == run(suite()).told.hash


def test_a_run_killed_at_ten_random_points_comes_to_the_same_report(tmp_path: Path) -> None:
    """Each kill is a `kill -9` from outside, at any moment; no finished case is run again."""
    code = f"""
import asyncio, os, random, sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from dataclasses import replace
from pathlib import Path
from test_evaluation_runs import Doubled, runs, suite
folder = Path({str(tmp_path)!r})
async def slow(number, repeat):
    with (folder / "asked").open("a") as log:
        log.write(f"{{number}}\\n")
    await asyncio.sleep(0.01)
    return Doubled(value=number), ()
plan = replace(suite(120), task=slow)
def run():
    return asyncio.run(runs.run(plan, journals=[folder / "run.jsonl"], max_concurrency=4))
run_whole = asyncio.run(runs.run(plan)).told.hash
(folder / "asked").unlink()
chance = random.Random(7)
for _ in range(10):
    if not (child := os.fork()):
        run()
        os._exit(0)
    time.sleep(chance.uniform(0.002, 0.06))
    os.kill(child, 9)
    print(os.waitpid(child, 0)[1])
print(run().told.hash == run_whole)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["9"] * 10 + ["True"], done.stderr
    asked = (tmp_path / "asked").read_text().split()
    assert len(set(asked)) == 120
    assert len(asked) <= 120 + 10 * 4  # what was under way when the process died


def test_a_line_cut_by_a_crash_is_run_again(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl"
    run(suite(4), path)
    text = path.read_text()
    path.write_text(text[: text.rindex('{"case"') + 20])
    asked: list[tuple[int, int]] = []
    assert not run(suite(4, asked), path).missing
    assert len(asked) == 1
    assert not run(suite(4, asked), path).missing
    assert len(asked) == 1


def test_a_first_line_cut_by_a_crash_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl"
    run(suite(2), path)
    whole = path.read_bytes()
    for length in (0, 1, 40, whole.index(b"\n")):
        path.write_bytes(whole[:length])
        assert not run(suite(2), path).missing
        assert path.read_bytes().split(b"\n")[0] == whole.split(b"\n")[0]


def test_the_journal_is_only_ever_added_to(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    run(suite(6), path, part=Shard(1, 2))
    before = path.read_bytes()
    run(suite(6), path)
    assert path.read_bytes().startswith(before)


def test_another_configuration_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    run(suite(engine="embedded"), path)
    with pytest.raises(SettingError, match=r"engine: now openai/x, was embedded"):
        run(suite(engine="openai/x"), path)
    with pytest.raises(SettingError, match=r"repeat: now 2, was 1"):
        run(suite(engine="embedded"), path, repeat=2)
    with pytest.raises(SettingError, match=r"cases: now"):
        run(suite(13, engine="embedded"), path)


def test_a_file_that_is_no_journal_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes\n")
    with pytest.raises(SettingError, match="not the journal of an evaluation"):
        run(suite(), path)
    assert path.read_text() == "my notes\n"


def test_an_edited_journal_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    run(suite(2), path)
    path.write_text(path.read_text() + '{"case": "case-0"}\n')
    with pytest.raises(SettingError, match=r"a\.jsonl:4"):
        run(suite(2), path)


def test_shards_share_the_cases_out_and_join_to_the_whole(tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.jsonl" for n in (1, 2, 3)]
    asked: list[tuple[int, int]] = []
    for number, file in enumerate(files, start=1):
        run(suite(30, asked), file, part=Shard(number, 3))
    assert sorted(n for n, _ in asked) == list(range(30))
    assert all(len(file.read_text().splitlines()) > 1 for file in files)
    joined = run(suite(30, asked), *files)
    assert len(asked) == 30
    assert joined.told.hash == run(suite(30)).told.hash


def test_a_case_stays_in_its_shard_when_others_come() -> None:
    before = {id for id in suite(20).cases if Shard(2, 4).holds(id)}
    after = {id for id in suite(50).cases if Shard(2, 4).holds(id)}
    assert before == after & suite(20).cases.keys()


@pytest.mark.parametrize("wrong", ["0/4", "5/4", "1", "a/b", "-1/2", "1/0"])
def test_a_shard_that_cannot_be_is_refused(wrong: str) -> None:
    with pytest.raises(SettingError, match="--shard"):
        runs.shard(wrong)


def test_the_hash_knows_results_and_nothing_of_order_or_time() -> None:
    one, other = run(suite(), max_concurrency=1), run(suite(), max_concurrency=9)
    assert one.seconds != other.seconds
    assert one.told.hash == other.told.hash
    assert one.told.hash != run(suite(engine="x")).told.hash
    assert one.told.hash != run(suite(11)).told.hash


def test_a_case_that_raises_fails_alone_and_is_made_up_for(tmp_path: Path) -> None:
    path, broken = tmp_path / "a.jsonl", True

    async def task(number: int, _: int) -> tuple[Doubled, Sequence[Call]]:
        if number == 3 and broken:
            raise RuntimeError("the bearer sk-abcdefghijklmnop was refused")
        return Doubled(value=number), ()

    plan = Suite(name="s", version=1, cases={str(n): n for n in range(5)}, task=task, config={})
    found = run(plan, path)
    assert found.missing == [("3", 1)]
    assert "RuntimeError" in found.failed["3"]
    assert "sk-abc" not in found.failed["3"]
    assert found.told.failed
    broken = False
    assert not run(plan, path).missing


def test_watching_tells_how_many_are_in_and_what_it_cost() -> None:
    told: list[tuple[int, int, float]] = []
    run(suite(4), watch=lambda _, count, of, cost: told.append((count, of, cost)))
    assert told[-1] == (4, 4, 1.0)
    assert [count for count, _, _ in told] == [1, 2, 3, 4]


def test_a_report_survives_its_json() -> None:
    report = Report(
        suite="judge",
        ran=Ran(config={"engine": "embedded"}, cases=3, hash="abc"),
        figures={"due_macro_f1": Figure(value=0.9, n=3, low=0.8, high=0.95)},
        details={"due_macro_f1": 0.9},
    )
    text = json.dumps(report.as_json())
    assert json.loads(text)["due_macro_f1"] == 0.9
    assert json.loads(text)["cases"] == 3
    assert Report.from_json(json.loads(text)) == report
