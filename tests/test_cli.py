"""The command: quick to start, plain about mistakes."""

import json
import sqlite3
import subprocess
import sys

from typer.testing import CliRunner

from hotseat import cli

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
    assert "customer  embedded" in result.output
    assert "is here" in result.output
