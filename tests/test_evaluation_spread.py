"""A sweep that several processes share through a database: no case lost, none counted twice."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hotseat import cli
from hotseat.cli import evals
from hotseat.domain import Call, Noun
from hotseat.errors import SettingError
from hotseat.evaluation import runs
from hotseat.evaluation.runs import Run, Suite
from hotseat.evaluation.spread import spread

REQUIRE_POSTGRES = "HOTSEAT_REQUIRE_POSTGRES"
"""Set by CI: there these tests must run."""
CASES = 60


class Doubled(Noun):
    value: int


def suite(log: Path, *, fails: Sequence[int] = (), seconds: float = 0.01) -> Suite[int]:
    """Cases that note in a file who ran them."""

    async def task(number: int, _: int) -> tuple[Doubled, Sequence[Call]]:
        with log.open("a") as file:
            file.write(f"{os.getpid()} {number}\n")
        await asyncio.sleep(seconds)
        if number in fails:
            raise ValueError("not today, sk-abcdefghijklmnop")
        return Doubled(value=2 * number), (Call(role="judge", model="m", cost=0.25),)

    cases = {f"case-{n}": n for n in range(CASES)}
    return Suite(name="doubling", version=1, cases=cases, task=task, config={})


def alone(plan: Suite[int]) -> Run:
    return asyncio.run(runs.run(plan))


def took(log: Path) -> list[tuple[int, int]]:
    """Who ran which case, in order."""
    return [(int(a), int(b)) for a, b in (line.split() for line in log.read_text().splitlines())]


def worker(
    database: str, log: Path, seconds: float = 0.01, *, host: str = "", taken_after: float = 900
) -> subprocess.Popen[str]:
    """Another process of the sweep, as if on that host, which prints the hash of its report."""
    code = f"""
import asyncio, socket, sys
if {host!r}:
    socket.gethostname = lambda: {host!r}
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_evaluation_spread import spread, suite
plan = suite(Path({str(log)!r}), seconds={seconds})
sweep = spread(plan, database={database!r}, max_concurrency=4, taken_after={taken_after})
found = asyncio.run(sweep)
print(found.told.hash, len(found.done), len(found.missing), len(found.failed))
"""
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.strip()


def split_by_two(database: str, folder: Path) -> None:
    """Two processes share a sweep, and both end with the report of one."""
    log = folder / "log"
    both = [worker(database, log, 0.05) for _ in range(2)]
    said = [ended(process) for process in both]
    whole = alone(suite(folder / "other")).told.hash
    assert said == [f"{whole} {CASES} 0 0"] * 2
    counted = Counter(case for _, case in took(log))
    assert counted == Counter(range(CASES))
    shares = Counter(pid for pid, _ in took(log))
    assert len(shares) == 2
    assert min(shares.values()) >= 5


def outlive_a_kill(database: str, folder: Path, host: str = "") -> None:
    """One process is killed in the middle, on this host or another; the other takes its cases
    over."""
    log = folder / "log"
    first = worker(database, log, 0.1, host=host)
    while not log.exists() or len(took(log)) < 10:
        assert first.poll() is None, first.communicate()[1]
        time.sleep(0.02)
    second = worker(database, log, 0.02, taken_after=3 if host else 900)
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    assert ended(second) == f"{alone(suite(folder / 'other')).told.hash} {CASES} 0 0"
    counted = Counter(case for _, case in took(log))
    assert set(counted) == set(range(CASES))
    assert sum(counted.values()) <= CASES + 4  # what the first had under way, once more


# ------------------------------------------------------------------ SQLite


def test_two_processes_split_a_sweep_on_sqlite(tmp_path: Path) -> None:
    split_by_two(str(tmp_path / "sweep.sqlite"), tmp_path)


def test_a_killed_worker_gives_its_cases_back(tmp_path: Path) -> None:
    outlive_a_kill(str(tmp_path / "sweep.sqlite"), tmp_path)


def test_a_worker_of_another_host_is_waited_for_and_then_taken_over(tmp_path: Path) -> None:
    outlive_a_kill(str(tmp_path / "sweep.sqlite"), tmp_path, host="elsewhere")


def test_what_is_done_is_not_done_again_and_what_failed_is(tmp_path: Path) -> None:
    database, log = str(tmp_path / "sweep.sqlite"), tmp_path / "log"
    seen: list[int] = []

    def once(**options: object) -> Run:
        plan = suite(log, **options)  # pyright: ignore[reportArgumentType]
        return asyncio.run(
            spread(plan, database=database, watch=lambda *told: seen.append(told[1]))
        )

    first = once(fails=(3, 5))
    assert set(first.failed) == {"case-3", "case-5"}
    assert "not today" in first.failed["case-3"]
    assert "sk-" not in first.failed["case-3"]
    assert len(first.missing) == 2
    assert seen == list(range(1, CASES - 1))
    second = once()
    assert not second.missing
    assert len(took(log)) == CASES + 2
    assert second.told.hash == alone(suite(tmp_path / "other")).told.hash
    assert second.told.cost == pytest.approx(0.25 * CASES)


def test_a_database_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    for wrong in (f"sqlite:///{tmp_path}/none/x.sqlite", "oracle://x/y"):
        with pytest.raises(SettingError, match="--database"):
            asyncio.run(spread(suite(tmp_path / "log"), database=wrong))


def test_the_command_shares_a_sweep_and_comes_to_the_same_report(tmp_path: Path) -> None:
    gold = Path(__file__).parent.parent / "evals" / "gold" / "encounters.jsonl"
    few = tmp_path / "gold.jsonl"
    few.write_text("".join(gold.read_text().splitlines(keepends=True)[:2]))
    given = ["eval", "judge", "--gold", str(few), "--json"]
    shared = ["--distribute", "dbos", "--database", str(tmp_path / "x.sqlite")]
    one, other = (CliRunner().invoke(cli.app, [*given, *more]) for more in ([], shared))
    assert other.exit_code == 0, other.output
    assert [line for line in one.stdout.splitlines() if '"hash"' in line] == [
        line for line in other.stdout.splitlines() if '"hash"' in line
    ]
    for wrong in (["--shard", "1/2"], ["--resume", str(tmp_path / "j")]):
        assert CliRunner().invoke(cli.app, [*given, *shared, *wrong]).exit_code == evals.CANNOT_RUN
    refused = CliRunner().invoke(cli.app, [*given, "--distribute", "ray"])
    assert refused.exit_code == evals.CANNOT_RUN


# ------------------------------------------------------------------ PostgreSQL


def binaries() -> Path | None:
    """Where PostgreSQL's programs are: where Debian puts them, or on the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    whole = ("initdb", "postgres", "pg_isready")
    return next((one for one in folders if all((one / name).exists() for name in whole)), None)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A cluster on 127.0.0.1 that lives as long as these tests; its URL."""
    where = binaries()
    if where is None:
        if os.environ.get(REQUIRE_POSTGRES):
            pytest.fail(f"{REQUIRE_POSTGRES} is set, and no PostgreSQL is installed", pytrace=False)
        pytest.skip("no PostgreSQL is installed: apt-get install postgresql, as .ci/run does")
    as_other: list[str] = []
    if os.geteuid() == 0:  # initdb refuses root
        assert shutil.which("runuser"), "initdb refuses root: run the tests as somebody else"
        as_other = ["runuser", "-u", "nobody", "--"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="hotseat-postgres-"))
    if as_other:
        shutil.chown(folder, "nobody")
    data = folder / "data"
    made = subprocess.run(
        [*as_other, where / "initdb", "-D", data, "-A", "trust", "-U", "hotseat", "--no-sync"],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert made.returncode == 0, made.stderr
    options = ["-h", "127.0.0.1", "-p", str(port), "-k", "", "-F"]
    server = subprocess.Popen(
        [*as_other, where / "postgres", "-D", data, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )
    try:
        ready = [where / "pg_isready", "-h", "127.0.0.1", "-p", str(port)]
        for _ in range(200):
            if subprocess.run(ready, capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.05)
        yield f"postgresql://hotseat@127.0.0.1:{port}"
    finally:
        master = int((data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(master, signal.SIGINT)  # it ends at once, and its children with it
        server.wait(timeout=30)
        shutil.rmtree(folder)


@pytest.mark.xdist_group("postgres")
def test_two_processes_split_a_sweep_on_postgresql(postgres: str, tmp_path: Path) -> None:
    split_by_two(f"{postgres}/split", tmp_path)


@pytest.mark.xdist_group("postgres")
def test_a_killed_worker_gives_its_cases_back_on_postgresql(postgres: str, tmp_path: Path) -> None:
    outlive_a_kill(f"{postgres}/killed", tmp_path)
