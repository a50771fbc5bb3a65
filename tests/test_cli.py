"""The command: quick to start, plain about mistakes."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime

import playing
from typer.testing import CliRunner

from hotseat import cli
from hotseat.domain import Call
from hotseat.store import Store

run = CliRunner()


def hotseat(*arguments, **options):
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=120, **options
    )


def test_help_imports_nothing_heavy():
    trace = hotseat("-X", "importtime", "-m", "hotseat", "--help")
    loaded = {line.rsplit("|", 1)[-1].strip() for line in trace.stderr.splitlines()}
    assert trace.returncode == 0
    assert not loaded & {"gradio", "litellm", "pandas", "pydantic_ai", "sqlalchemy"}
    assert "simulate" in trace.stdout


def test_check_is_green_on_what_ships():
    result = run.invoke(cli.app, ["check"])
    assert result.exit_code == 0, result.output
    assert "11 personas" in result.output


def test_check_lists_every_problem_and_fails(tmp_path):
    (tmp_path / "personas").mkdir()
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "personas" / "a.yaml").write_text("id: a\nname: A\n")
    (tmp_path / "personas" / "b.yaml").write_text("id: [unclosed\n")
    result = run.invoke(cli.app, ["check", str(tmp_path)])
    assert result.exit_code == 1
    assert "personas/a.yaml: scenarios: missing" in result.output
    assert "personas/b.yaml" in result.output
    assert "fix:" in result.output


def test_simulate_prints_a_list_that_a_machine_can_read():
    result = run.invoke(
        cli.app, ["simulate", "--persona", "late_gift", "--trainee", "all", "--json"]
    )
    rows = json.loads(result.output)
    assert len(rows) >= 6
    wanted = {"persona", "scenario", "intensity", "trainee", "quality", "score", "outcome", "turns"}
    assert all(wanted <= set(row) for row in rows)


def test_a_mistyped_name_is_answered_with_the_nearest():
    result = hotseat("-m", "hotseat", "simulate", "--persona", "late_gfit")
    assert result.returncode == 1
    assert "did you mean 'late_gift'?" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_encounter_in_the_terminal_is_kept_and_goes_on(tmp_path):
    env = {"HOTSEAT_DB": f"sqlite+aiosqlite:///{tmp_path / 'play.sqlite'}", "PATH": "/usr/bin:/bin"}
    play = ("-m", "hotseat", "play", "late_gift", "--no-pace")
    first = hotseat(*play, input="I am sorry, two days late is too long.\n", env=env)
    assert "Paused." in first.stdout, first.stderr
    second = hotseat(*play, input="/hint\n/stop\n", env=env)
    assert "Continued where you left off." in second.stdout
    assert "two days late is too long" in second.stdout
    assert "You ended it" in second.stdout
    assert "Scorecard" in second.stdout


def test_an_encounter_goes_on_without_its_judge_and_says_how_to_grade_it_later(tmp_path):
    env = {
        "HOTSEAT_DB": f"sqlite+aiosqlite:///{tmp_path / 'play.sqlite'}",
        "HOTSEAT_JUDGE_MODEL": "openai/x",
        "HOTSEAT_JUDGE_URL": "http://127.0.0.1:9/v1",
        "OPENAI_API_KEY": "none",
        "PATH": "/usr/bin:/bin",
    }
    played = hotseat(
        "-m", "hotseat", "play", "late_gift", "--no-pace", input="Sorry!\n/stop\n", env=env
    )
    assert "Customer: embedded engine · Judge: openai/x." in played.stdout, played.stderr
    assert "not graded; carry on" in played.stdout
    with sqlite3.connect(tmp_path / "play.sqlite") as database:
        (id,) = database.execute("select id from encounters").fetchone()
        assert database.execute("select count(*) from waiting").fetchone() == (1,)
    assert "1 reply is not graded yet and counts neither way" in played.stdout
    assert f"hotseat regrade {id}" in played.stdout


def test_a_reply_the_customer_did_not_answer_is_asked_about_again_and_not_sent_twice(tmp_path):
    env = {
        "HOTSEAT_DB": f"sqlite+aiosqlite:///{tmp_path / 'play.sqlite'}",
        "HOTSEAT_CUSTOMER_MODEL": "openai/x",
        "HOTSEAT_CUSTOMER_URL": "http://127.0.0.1:9/v1",
        "OPENAI_API_KEY": "none",
        "PATH": "/usr/bin:/bin",
    }
    play = ("-m", "hotseat", "play", "late_gift", "--no-pace")
    played = hotseat(*play, input="Sorry!\nHello?\n\n", env=env)
    assert "Dana has not answered yet." in played.stdout, played.stderr
    assert played.stdout.count("Your reply is kept. Press Enter to ask again.") == 2
    assert played.stderr == ""
    later = hotseat(*play, input="\n", env=env | {"HOTSEAT_CUSTOMER_MODEL": "embedded"})
    assert "Continued where you left off." in later.stdout, later.stderr
    with sqlite3.connect(tmp_path / "play.sqlite") as database:
        assert database.execute("select count(*) from steps").fetchone() == (1,)


def test_an_unknown_persona_in_the_terminal_is_named():
    result = hotseat("-m", "hotseat", "play", "nobody")
    assert result.returncode == 1
    assert "nobody" in result.stderr
    assert "Traceback" not in result.stderr


def test_regrade_says_what_it_graded_and_costs_what_was_spent(tmp_path):
    env = {"HOTSEAT_DB": f"sqlite+aiosqlite:///{tmp_path / 'play.sqlite'}", "PATH": "/usr/bin:/bin"}
    hotseat("-m", "hotseat", "play", "late_gift", "--no-pace", input="Sorry!\n/stop\n", env=env)
    with sqlite3.connect(tmp_path / "play.sqlite") as database:
        (id,) = database.execute("select id from encounters").fetchone()
        database.execute("update steps set verdict = null")
    assert "Graded 1 of 1" in hotseat("-m", "hotseat", "regrade", id, env=env).stdout
    assert "Graded 0 of 0" in hotseat("-m", "hotseat", "regrade", id, env=env).stdout
    assert "No model was called" in hotseat("-m", "hotseat", "costs", env=env).stdout


def test_models_says_who_sits_where():
    result = run.invoke(cli.app, ["models", "--check"])
    seats = [line.split()[0] for line in result.output.splitlines()]
    assert seats == ["customer", "judge", "coach", "second_judge"]
    assert result.output.count("embedded") == result.output.count("is here") == 3
    assert "HOTSEAT_SECOND_JUDGE_MODEL" in result.output


def test_models_warns_where_one_family_plays_and_judges():
    env = {"HOTSEAT_CUSTOMER_MODEL": "openai/gpt-5", "HOTSEAT_JUDGE_MODEL": "openai/gpt-5-mini"}
    result = run.invoke(cli.app, ["models"], env=env)
    assert "warning: " in result.output


def test_costs_names_every_seat_that_called_a_model(tmp_path, monkeypatch):
    url = f"sqlite+aiosqlite:///{tmp_path / 'play.sqlite'}"
    monkeypatch.setenv("HOTSEAT_DB", url)

    async def spend():
        store = await Store.open(url)
        record = playing.begun()
        await store.begin(record)
        roles = ("customer", "judge", "second_judge", "coach")
        calls = [Call(role=role, model="openai/x", cost=0.01) for role in roles]
        await store.spend(record.id, 0, calls, datetime.now(UTC))
        await store.close()

    asyncio.run(spend())
    lines = run.invoke(cli.app, ["costs"]).output.splitlines()
    assert {line.split()[0] for line in lines} == {"customer", "judge", "second_judge", "coach"}


def test_a_reply_somebody_else_is_grading_is_left_to_them(tmp_path, monkeypatch):
    url = f"sqlite+aiosqlite:///{tmp_path / 'play.sqlite'}"
    monkeypatch.setenv("HOTSEAT_DB", url)

    async def begin():
        store = await Store.open(url)
        record = await playing.played(store, ("Sorry, Dana!",))
        await store.close()
        with sqlite3.connect(tmp_path / "play.sqlite") as database:
            database.execute("update steps set verdict = null")
        return record.id

    async def lease(id):
        store = await Store.open(url)
        assert await store.waiting.lease(id, 0)
        await store.close()

    id = asyncio.run(begin())
    asyncio.run(lease(id))
    assert "Graded 0 of 1" in run.invoke(cli.app, ["regrade", id]).output
