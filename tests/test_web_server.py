"""The web app around the page: who is asking, what is closed, and a port that is taken."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import playing
import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from hotseat import llm
from hotseat.errors import SettingError
from hotseat.llm import Seats
from hotseat.web import create_app, serve, server
from hotseat.web.identity import COOKIE, browser_name, is_trainer, trainee, trainers
from hotseat.web.room import Rooms


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(playing.url(tmp_path), {})) as client:
        yield client


def test_a_new_browser_gets_a_random_cookie_that_no_script_can_read(client: TestClient) -> None:
    cookie = client.get("/").headers["set-cookie"]
    assert re.match(rf"{COOKIE}=[0-9a-f]{{32}};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "set-cookie" not in client.get("/").headers


def test_a_cookie_of_somebodys_own_making_is_replaced(client: TestClient) -> None:
    client.cookies.set(COOKIE, "name:admin")
    assert re.match(rf"{COOKIE}=[0-9a-f]{{32}};", client.get("/").headers["set-cookie"])


def test_a_signed_in_name_and_a_browser_can_never_be_the_same_trainee() -> None:
    token = "a" * 32
    asked = Request(
        {"type": "http", "headers": [(b"cookie", f"{COOKIE}={token}".encode())], "path": "/"}
    )
    assert trainee(asked) == browser_name(token)
    assert token not in browser_name(token)
    assert trainee(asked, lambda _: f"browser:{token}") == f"name:browser:{token}"
    assert trainee(asked, lambda _: None) is None


def test_somebody_not_signed_in_is_sent_away(tmp_path: Path) -> None:
    app = create_app(playing.url(tmp_path), {}, sign_in=lambda _: None)
    with TestClient(app) as client:
        assert client.get("/config").status_code == 401
        assert client.get("/record/any.json").status_code == 404


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/nothing-here", "/gradio_api/info"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=https://example.org/",
        "/monitoring",
        "/docs",
    ],
)
def test_what_the_page_does_not_use_is_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_nothing_can_be_uploaded_and_no_event_called_by_name(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", files={"files": b"x"}).status_code == 404
    assert client.post("/gradio_api/call/go", json={"data": []}).status_code == 404
    assert client.post("/gradio_api/run/go", json={"data": []}).status_code == 404


def test_the_page_names_no_address_but_its_own_in_what_a_browser_loads(client: TestClient) -> None:
    page = client.get("/").text
    loaded = re.findall(r"<(?:script|link)[^>]*(?:src|href)=[\"'](https?:[^\"']+)", page)
    assert loaded == []


def test_a_taken_port_is_told_with_the_fix_and_exit_code_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as ended:
            serve("127.0.0.1", port)
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert f"port {port}" in told
    assert f"HOTSEAT_PORT={port + 1}" in told


def test_a_port_that_is_no_number_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOTSEAT_PORT", "seven")
    with pytest.raises(SystemExit) as ended:
        serve()
    assert ended.value.code == 1
    assert "HOTSEAT_PORT: 'seven' is not a port" in capsys.readouterr().err


def test_an_unknown_engine_is_refused_before_anything_is_served(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="HOTSEAT_JUDGE_MODEL"):
        create_app(playing.url(tmp_path), {"HOTSEAT_JUDGE_MODEL": "no such/engine"})


def asking(caller: str = "127.0.0.1", **headers: str) -> Request:
    sent = {"host": "127.0.0.1:7860", **{k.replace("_", "-"): v for k, v in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in sent.items()]
    return Request({"type": "http", "headers": raw, "path": "/", "client": (caller, 50_000)})


def test_without_a_sign_in_whoever_sits_at_the_machine_is_a_trainer() -> None:
    anybody = "browser:x"
    nobody: frozenset[str] = frozenset()
    assert is_trainer(anybody, asking(), nobody)
    assert is_trainer(anybody, asking("::1", host="localhost:7860"), nobody)
    assert not is_trainer(anybody, asking("192.168.0.7"), nobody)
    assert not is_trainer(anybody, asking(x_forwarded_for="10.0.0.1"), nobody)
    assert not is_trainer(anybody, asking(host="practice.example.org"), nobody)


def test_somebody_signed_in_is_a_trainer_by_name_wherever_they_sit() -> None:
    named = trainers({"HOTSEAT_TRAINERS": " ana, ben ,,"})
    assert named == {"ana", "ben"}
    assert is_trainer("name:ana", asking("192.168.0.7"), named)
    assert not is_trainer("name:eve", asking(), named)
    assert not is_trainer("browser:ana", asking("192.168.0.7"), named)
    assert trainers({}) == frozenset()


def test_no_key_means_no_model_is_made_ready(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        "from fastapi.testclient import TestClient\n"
        "from hotseat.web import create_app\n"
        "with TestClient(create_app(sys.argv[1], {})) as client:\n"
        "    client.get('/'); client.get('/alive'); time.sleep(0.3); client.get('/')\n"
        "sys.exit('litellm' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, playing.url(tmp_path)], check=False)
    assert done.returncode == 0


def test_models_are_made_ready_once_the_page_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[Seats] = []

    async def warm(seats: Seats) -> None:
        ready.append(seats)

    monkeypatch.setattr(llm, "warm", warm)
    env = {"HOTSEAT_JUDGE_MODEL": "openai/x"}
    with TestClient(create_app(playing.url(tmp_path), env)) as client:
        client.get("/")
        assert ready == []
        client.get("/alive")
        client.get("/")
        assert [seats.judge.name for seats in ready] == ["openai/x"]
        client.get("/alive")
    assert len(ready) == 1


@pytest.mark.parametrize(("judge", "grades"), [("openai/x", True), ("embedded", False)])
def test_what_is_due_is_graded_beside_the_page_where_a_model_judges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, judge: str, grades: bool
) -> None:
    seen: list[str] = []

    async def grade_what_is_due(rooms: Rooms) -> None:
        seen.append("began")
        try:
            await asyncio.Event().wait()
        finally:
            seen.append("ended")

    monkeypatch.setattr(server, "grade_what_is_due", grade_what_is_due)
    with TestClient(create_app(playing.url(tmp_path), {"HOTSEAT_JUDGE_MODEL": judge})) as client:
        client.get("/")
        assert seen == ["began"] * grades
    assert seen == ["began", "ended"] * grades


def test_ctrl_c_ends_it_with_a_word_and_no_traceback(tmp_path: Path) -> None:
    app = Path(__file__).parent.parent / "app.py"
    env = {**os.environ, "HOTSEAT_PORT": "0", "HOTSEAT_DB": str(tmp_path / "records.sqlite")}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, str(app)], env=env, **pipes) as running:  # type: ignore[call-overload]
        assert "Ctrl-C stops it" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        said, complaints = running.communicate(timeout=60)
    assert said.strip() == "Stopped. Everything is kept."
    assert complaints == ""
    assert running.returncode == 0
