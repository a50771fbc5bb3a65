"""A chat-completions server on 127.0.0.1 that answers well, or goes wrong in a named way.

It speaks the OpenAI protocol over plain sockets, streamed and whole, text and tool calls, since
most faults are about bytes and time. The model's name in the request says what happens: "ok" or
any name in FAULTS. Every request is kept, with its key and body.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hotseat.llm import Deadlines

# Before anything imports litellm: no downloads, no aiohttp, no compiled path round the sockets.
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
os.environ.setdefault("LITELLM_MODE", "PRODUCTION")
os.environ.setdefault("DISABLE_AIOHTTP_TRANSPORT", "True")
os.environ.setdefault("LITELLM_RUST", "0")
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"

LINE = "Two days late. Nobody told me anything. When does it get here, and who do I hold to it?"
REFUSAL = "I'm sorry, but I can't help with that."
ODD = "Zwei Tage! Señora Núñez wartet noch 😀 auf 包裹, naïve as I am. Where is it?"
KEY_HEADERS = ("authorization", "x-api-key", "api-key", "x-goog-api-key")
USAGE = {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940}


@dataclass
class Asked:
    """One request as it came; `first_after` is how long the first word took to leave, in
    seconds, and `sent` how many bytes left before the client or the answer ended."""

    key: str
    model: str
    body: dict[str, Any]
    at: float
    first_after: float = 0.0
    sent: int = 0
    left: bool = False


class Exchange:
    """One request and the socket to answer it on."""

    def __init__(self, stub: Stub, sock: socket.socket, asked: Asked, nth: int) -> None:
        self.stub, self.sock, self.asked, self.nth = stub, sock, asked, nth
        self.streamed = bool(asked.body.get("stream"))
        self.text = stub.line
        arguments = stub.mended if nth and stub.mended else stub.arguments
        self.arguments = arguments if asked.body.get("tools") else ""
        self.finish: str | None = "tool_calls" if self.arguments else "stop"

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)
        self.asked.sent += len(data)

    def head(self, status: int = 200, kind: str = "", **headers: str) -> None:
        """Status line and headers; the body is chunked unless a Content-Length is given. One
        connection answers one request, and says so: else a client may ask again on one that is
        just being closed."""
        kind = kind or ("text/event-stream" if self.streamed else "application/json")
        headers = {"Content-Type": kind, "Connection": "close"} | headers
        if "Content_Length" not in headers:
            headers["Transfer-Encoding"] = "chunked"
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send("\r\n".join([f"HTTP/1.1 {status} X", *lines, "", ""]).encode())

    def chunk(self, data: bytes) -> None:
        self.send(b"%x\r\n%s\r\n" % (len(data), data))

    def end(self) -> None:
        self.send(b"0\r\n\r\n")

    def whole(self, body: object, status: int = 200, kind: str = "", **headers: str) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.head(status, kind or "application/json", Content_Length=str(len(data)), **headers)
        self.send(data)

    def error(self, status: int, message: str, code: str = "", **headers: str) -> None:
        error = {"message": message, "type": code or "error", "code": code or None, "param": None}
        self.whole({"error": error}, status, **headers)

    def hang(self, ping: bytes = b"") -> None:
        """Say nothing more, or only `ping`, until the client leaves or the server closes."""
        self.sock.settimeout(0.02)
        while not self.stub.closing.is_set():
            if ping:
                self.chunk(ping)
            with contextlib.suppress(TimeoutError):
                if not self.sock.recv(1):
                    self.asked.left = True
                    return

    def reset(self) -> None:
        time.sleep(0.03)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    # The answer, in bytes.

    def deltas(self) -> Iterator[dict[str, Any]]:
        if self.arguments:
            call = {"index": 0, "id": "call_1", "type": "function"}
            name = self.asked.body["tools"][0]["function"]["name"]
            yield {"tool_calls": [call | {"function": {"name": name, "arguments": ""}}]}
            for i in range(0, len(self.arguments), 40):
                piece = {"arguments": self.arguments[i : i + 40]}
                yield {"tool_calls": [{"index": 0, "function": piece}]}
        elif self.text:
            for i, word in enumerate(self.text.split(" ")):
                yield {"content": word if i == 0 else f" {word}"}

    def event(self, delta: dict[str, Any] | None = None, finish: str | None = None) -> bytes:
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        head = {"id": "c1", "object": "chat.completion.chunk", "created": 1}
        chunk = head | {"model": self.asked.model, "choices": choices}
        if delta is None:
            chunk["usage"] = USAGE
        return sse(chunk)

    def events(self) -> list[bytes]:
        """Every event of a good stream up to the finish, its own not included."""
        role = {"role": "assistant", "content": ""}
        return [self.event(role), *(self.event(delta) for delta in self.deltas())]

    def completion(self) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": self.text or None}
        if self.arguments:
            name = self.asked.body["tools"][0]["function"]["name"]
            function = {"name": name, "arguments": self.arguments}
            calls = [{"id": "call_1", "type": "function", "function": function}]
            message |= {"content": None, "tool_calls": calls}
        choice = {"index": 0, "message": message, "finish_reason": self.finish}
        head = {"id": "c1", "object": "chat.completion", "created": 1, "usage": USAGE}
        return head | {"model": self.asked.model, "choices": [choice]}

    # The answer, played.

    def begin(self, part: float = 1.0) -> None:
        """The head and the first `part` of the body, in the form that was asked for."""
        self.head()
        if not self.streamed:
            data = json.dumps(self.completion()).encode()
            self.chunk(data[: int(len(data) * part)])
            return
        events = self.events()
        time.sleep(self.stub.first)
        for i, event in enumerate(events[: max(1, int(len(events) * part))]):
            self.chunk(event)
            if i == 1:
                self.asked.first_after = time.perf_counter() - self.asked.at
            time.sleep(self.stub.token if i else 0)

    def answer(self, part: float = 1.0, done: bool = True) -> None:
        """A whole answer, or one that claims to be whole after `part` of its words."""
        if not self.streamed:
            cut = int(len(self.arguments) * part)
            self.arguments, self.text = (
                self.arguments[:cut],
                self.text[: int(len(self.text) * part)],
            )
            time.sleep(self.stub.first)
            self.whole(self.completion())
            return
        self.begin(part)
        if self.finish:
            self.chunk(self.event({}, self.finish))
        if done:
            if self.asked.body.get("stream_options", {}).get("include_usage"):
                self.chunk(self.event())
            self.chunk(sse("[DONE]"))
        self.end()


HANGING = frozenset(
    {"never", "stall", "stall_ping", "drip", "first_token_never_ping", "slow_headers", "trickle"}
)
"""The faults that only a deadline ends; the others answer at once."""


def patience(name: str) -> Deadlines:
    """Deadlines for a fault: short where one must pass, else so long that a busy machine, on
    which these tests run too, does not pass for a fault."""
    return Deadlines(0.9, 0.8, 2.4) if name in HANGING else Deadlines(15, 15, 30)


def sse(payload: object) -> bytes:
    return b"data: %s\n\n" % (payload if isinstance(payload, str) else json.dumps(payload)).encode()


Fault = Callable[[Exchange], None]
FAULTS: dict[str, Fault] = {}


def fault(play: Fault) -> Fault:
    FAULTS[play.__name__] = play
    return play


# Silence, slowness and broken connections.


@fault
def never(e: Exchange) -> None:
    e.hang()


@fault
def refused(e: Exchange) -> None:
    raise AssertionError("nobody listens there")


@fault
def reset(e: Exchange) -> None:
    e.reset()


@fault
def closed(e: Exchange) -> None:
    """A FIN before the first byte."""


@fault
def sever(e: Exchange) -> None:
    e.begin(0.5)
    e.reset()


@fault
def sever_fin(e: Exchange) -> None:
    e.begin(0.5)


@fault
def sever_then_ok(e: Exchange) -> None:
    e.answer() if e.nth else sever(e)


@fault
def cut_cl(e: Exchange) -> None:
    data = b"".join(e.events()) if e.streamed else json.dumps(e.completion()).encode()
    e.head(Content_Length=str(len(data)))
    e.send(data[: len(data) // 2])


@fault
def stall(e: Exchange) -> None:
    e.begin(0.5)
    e.hang()


@fault
def stall_ping(e: Exchange) -> None:
    e.begin(0.5)
    e.hang(ping(e))


@fault
def first_token_never_ping(e: Exchange) -> None:
    e.head()
    e.hang(ping(e))


def ping(e: Exchange) -> bytes:
    """What keeps a connection alive: an SSE comment, or white space before the JSON."""
    return b": ping\n\n" if e.streamed else b" "


@fault
def drip(e: Exchange) -> None:
    e.head()
    for byte in b"".join(e.events()) if e.streamed else json.dumps(e.completion()).encode():
        e.chunk(bytes([byte]))
        time.sleep(0.01)


@fault
def slow_headers(e: Exchange) -> None:
    for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Slow: " + b"x" * 1000:
        e.send(bytes([byte]))
        time.sleep(0.02)


@fault
def trickle(e: Exchange) -> None:
    """A word now and then for ever: each in time, the whole never."""
    e.head()
    while not e.stub.closing.is_set():
        e.chunk(e.event({"content": "and "}) if e.streamed else b" ")
        time.sleep(0.1)


@fault
def hang_after_finish(e: Exchange) -> None:
    """Everything was said, and the connection stays open."""
    e.begin()
    e.chunk(e.event({}, e.finish) if e.streamed else b"")
    e.hang()


# Statuses.


@fault
def r429(e: Exchange) -> None:
    e.error(429, "slow down", "rate_limit_exceeded")


@fault
def r429_retry_after_1(e: Exchange) -> None:
    e.error(429, "slow down", "rate_limit_exceeded", Retry_After="1")


@fault
def r429_retry_after_3600(e: Exchange) -> None:
    e.error(429, "slow down", "rate_limit_exceeded", Retry_After="3600")


@fault
def r429_then_ok(e: Exchange) -> None:
    e.answer() if e.nth else r429(e)


@fault
def e500_then_ok(e: Exchange) -> None:
    e.answer() if e.nth else e500(e)


@fault
def e500(e: Exchange) -> None:
    e.error(500, f"internal error, key {e.asked.key}")


@fault
def e503_html(e: Exchange) -> None:
    e.whole(b"<html><h1>503</h1><script>alert(1)</script></html>", 503, "text/html")


@fault
def e529(e: Exchange) -> None:
    e.error(529, "overloaded", "overloaded_error")


@fault
def e401_key(e: Exchange) -> None:
    e.error(401, f"Incorrect API key provided: {e.asked.key}.", "invalid_api_key")


@fault
def e404_model(e: Exchange) -> None:
    e.error(404, f"no model {e.asked.model} for {e.asked.key}", "model_not_found")


@fault
def e400_ctx(e: Exchange) -> None:
    e.error(400, "maximum context length is 8192 tokens", "context_length_exceeded")


@fault
def e400_filter(e: Exchange) -> None:
    e.error(400, "the response was filtered by the content policy", "content_filter")


@fault
def redirect(e: Exchange) -> None:
    """To somewhere else, which must not get the key."""
    e.whole(b"", 307, Location=e.stub.elsewhere)


# Answers that end, and not well.


@fault
def filter200(e: Exchange) -> None:
    e.text, e.arguments, e.finish = "", "", "content_filter"
    e.answer()


@fault
def filter200_partial(e: Exchange) -> None:
    e.finish = "content_filter"
    e.answer(0.5)


@fault
def refusal(e: Exchange) -> None:
    e.text, e.arguments, e.finish = REFUSAL, "", "stop"
    e.answer()


@fault
def refusal_field(e: Exchange) -> None:
    e.text, e.arguments, e.finish = "", "", "stop"
    if not e.streamed:
        body = e.completion()
        body["choices"][0]["message"]["refusal"] = REFUSAL
        e.whole(body)
        return
    e.head()
    e.chunk(e.event({"role": "assistant", "content": None, "refusal": REFUSAL}))
    e.chunk(e.event({}, "stop") + sse("[DONE]"))
    e.end()


@fault
def length(e: Exchange) -> None:
    e.finish = "length"
    e.answer(0.5)


@fault
def eof_clean(e: Exchange) -> None:
    if e.streamed:
        e.finish = None
        e.answer(0.5, done=False)
    else:
        body = json.dumps(e.completion()).encode()
        e.whole(body[: len(body) // 2])


@fault
def eof_done_nofinish(e: Exchange) -> None:
    e.finish = None
    e.answer(0.5)


# Answers with nothing in them.


@fault
def empty(e: Exchange) -> None:
    e.text, e.arguments, e.finish = "", "", "stop"
    e.answer()


@fault
def whitespace(e: Exchange) -> None:
    e.text, e.arguments, e.finish = " \n  ", "", "stop"
    e.answer()


@fault
def null(e: Exchange) -> None:
    e.text, e.arguments, e.finish = "", "", "stop"
    if not e.streamed:
        e.answer()
        return
    e.head()
    e.chunk(e.event({"role": "assistant", "content": None}) + e.event({"content": None}, "stop"))
    e.chunk(sse("[DONE]"))
    e.end()


@fault
def only_done(e: Exchange) -> None:
    e.head()
    e.chunk(sse("[DONE]"))
    e.end()


@fault
def no_events(e: Exchange) -> None:
    e.head(kind="text/event-stream")
    e.end()


@fault
def no_choices(e: Exchange) -> None:
    if not e.streamed:
        e.whole(e.completion() | {"choices": []})
        return
    e.head()
    e.chunk(e.event() + e.event() + sse("[DONE]"))
    e.end()


@fault
def reasoning_only(e: Exchange) -> None:
    """A model that spent everything on thinking."""
    e.text, e.arguments, e.finish = "", "", "stop"
    if not e.streamed:
        body = e.completion()
        body["choices"][0]["message"]["reasoning_content"] = "Let me think about this."
        e.whole(body)
        return
    e.head()
    e.chunk(e.event({"role": "assistant", "reasoning_content": "Let me think about this."}))
    e.chunk(e.event({}, "stop") + sse("[DONE]"))
    e.end()


# Answers that are not answers.


@fault
def dup(e: Exchange) -> None:
    e.text, e.arguments = f"{e.text} {e.text}", e.arguments * 2
    e.answer()


@fault
def bad_sse(e: Exchange) -> None:
    e.begin(0.5)
    e.chunk(b'data: {"id": "c1", "choices": [{"del\n\n')
    e.end()


@fault
def badjson200(e: Exchange) -> None:
    e.whole(b'{"id": "c1", "choices": [{"mess')


@fault
def html200(e: Exchange) -> None:
    e.whole(b"<html><script>alert(1)</script>Sign in to the network</html>", 200, "text/html")


@fault
def empty_body(e: Exchange) -> None:
    e.whole(b"")


@fault
def err_event(e: Exchange) -> None:
    error = {"error": {"message": f"broke for {e.asked.key}", "type": "server_error", "code": 500}}
    if not e.streamed:
        e.whole(error)
        return
    e.begin(0.5)
    e.chunk(sse(error) + sse("[DONE]"))
    e.end()


@fault
def error200(e: Exchange) -> None:
    e.error(200, f"quota for {e.asked.key}", "insufficient_quota")


@fault
def bad_gzip(e: Exchange) -> None:
    e.head(Content_Encoding="gzip")
    e.chunk(b"".join(e.events()) if e.streamed else json.dumps(e.completion()).encode())
    e.end()


@fault
def bad_utf8(e: Exchange) -> None:
    if not e.streamed:
        e.whole(json.dumps(e.completion()).encode().replace(b"c", b"\xff"))
        return
    e.head()
    for event in e.events():
        e.chunk(event.replace(b"Nobody", b"N\xffb\xc3dy"))
    e.chunk(e.event({}, "stop") + sse("[DONE]"))
    e.end()


@fault
def huge(e: Exchange) -> None:
    """Ten megabytes."""
    filler = "and another thing " * 60
    if not e.streamed:
        e.text, e.arguments = filler * 10_000, e.arguments and e.arguments + " " * 10_000_000
        e.whole(e.completion())
        return
    e.head()
    for _ in range(10_000):
        e.chunk(e.event({"content": filler}))
        time.sleep(0.0005)
    e.chunk(e.event({}, "stop") + sse("[DONE]"))
    e.end()


# Odd and right: these must be taken, word for word.


@fault
def utf8split(e: Exchange) -> None:
    """Every character that takes several bytes arrives in several packets."""
    e.text = ODD
    body = json.dumps(e.completion(), ensure_ascii=False).encode()
    if e.streamed:
        body = e.event({"role": "assistant", "content": ""})
        for word in ODD.split(" "):
            chunk = {"index": 0, "delta": {"content": f"{word} "}, "finish_reason": None}
            whole = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
            text = json.dumps(whole | {"choices": [chunk]}, ensure_ascii=False)
            body += b"data: %s\n\n" % text.encode()
        body += e.event({}, "stop") + sse("[DONE]")
    e.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    e.head()
    start = 0
    for i, byte in enumerate(body):
        if byte >= 0x80 or i + 1 == len(body):
            e.chunk(body[start : i + 1])
            start = i + 1
            time.sleep(0.001)
    e.end()


@fault
def after_done(e: Exchange) -> None:
    if not e.streamed:
        e.answer()
        return
    e.begin()
    e.chunk(e.event({}, "stop") + sse("[DONE]"))
    e.chunk(e.event({"content": " And I was never here."}) + sse("[DONE]"))
    e.end()


@fault
def usage_chunk(e: Exchange) -> None:
    """Chunks with no choices before, between and after the words."""
    if not e.streamed:
        e.answer()
        return
    e.head()
    for event in e.events():
        e.chunk(e.event() + event)
    e.chunk(e.event({}, "stop") + e.event() + sse("[DONE]"))
    e.end()


@dataclass
class Stub:
    """The server, as a context manager. `first` and `token` are seconds before the first word
    (or the whole of an answer that is not streamed) and between words; `arguments` is what it
    answers when a tool must be called, `mended` what it answers when asked again."""

    line: str = LINE
    arguments: str = "{}"
    mended: str = ""
    first: float = 0.0
    token: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Stub:
        self._sock = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._nobody = socket.socket()  # bound and not listening: connections are refused
        self._nobody.bind(("127.0.0.1", 0))
        self._elsewhere = socket.create_server(("127.0.0.1", 0))
        self._elsewhere.setblocking(False)
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        for sock in (self._sock, self._nobody, self._elsewhere):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def url(self, name: str = "ok") -> str:
        """The address at which the fault `name` can be had."""
        sock = self._nobody if name == "refused" else self._sock
        return f"http://127.0.0.1:{sock.getsockname()[1]}/v1"

    @property
    def elsewhere(self) -> str:
        return f"http://127.0.0.1:{self._elsewhere.getsockname()[1]}/stolen"

    def stolen(self) -> bytes:
        """What arrived at the other address, if anything did."""
        try:
            sock, _ = self._elsewhere.accept()
        except BlockingIOError:
            return b""
        with sock:
            sock.settimeout(1)
            return sock.recv(65_536)

    def requests(self, key: str) -> int:
        """How many requests came with this key."""
        return sum(asked.key == key for asked in self.asked)

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                sock, _ = self._sock.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with sock, contextlib.suppress(OSError):
            asked = self._read(sock)
            if asked is None:
                return
            nth = sum((a.key, a.model) == (asked.key, asked.model) for a in self.asked)
            self.asked.append(asked)
            exchange = Exchange(self, sock, asked, nth)
            try:
                FAULTS.get(asked.model, Exchange.answer)(exchange)
            except (BrokenPipeError, ConnectionResetError):
                asked.left = True

    def _read(self, sock: socket.socket) -> Asked | None:
        data = b""
        while b"\r\n\r\n" not in data:
            more = sock.recv(65_536)
            if not more:
                return None
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")[1:]
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        while len(body) < int(headers.get("content-length", 0)):
            body += sock.recv(65_536)
        asked = json.loads(body)
        key = next((headers[name] for name in KEY_HEADERS if name in headers), "")
        model = asked.get("model") or next(name for name in FAULTS if f"/{name}" in head.decode())
        return Asked(key.removeprefix("Bearer "), model, body=asked, at=time.perf_counter())


def warm() -> None:
    """Make one call, so that no deadline of a test pays for the first import of litellm."""
    from pydantic_ai import Agent

    from hotseat.customer import CustomerBrief
    from hotseat.llm import Seat

    async def call(url: str) -> None:
        nobody = CustomerBrief.model_construct()
        async with Agent(Seat("openai/ok", url=url).model(nobody)).run_stream("hello") as run:
            await run.get_output()

    kept = os.environ.get("OPENAI_API_KEY")
    os.environ["OPENAI_API_KEY"] = "warm"
    try:
        with Stub() as stub:
            asyncio.run(call(stub.url()))
    finally:
        os.environ.pop("OPENAI_API_KEY")
        if kept is not None:
            os.environ["OPENAI_API_KEY"] = kept


def keys() -> dict[str, str]:
    """Twenty made-up keys in the shapes that providers give out, by provider."""
    long = "Zq7XbR2mVtK9pLw4Nc8Hs1Yd5Gf3Ja6Tu0Ei"
    hexes = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    shapes = {
        "openai": f"sk-{long[:30]}",
        "openai_project": f"sk-proj-{long[:20]}_{long[20:]}-{long[:9]}",
        "openai_service": f"sk-svcacct-{long}",
        "anthropic": f"sk-ant-api03-{long[:24]}-{long[3:19]}AA",
        "openrouter": f"sk-or-v1-{hexes}",
        "google": f"AIza{long[:35]}",
        "google_oauth": f"ya29.a0{long}",
        "azure": hexes[:32],
        "aws_id": "AKIA" + long[:16].upper(),
        "aws_secret": f"{long[:18]}/{long[18:30]}+{long[:8]}",
        "mistral": long[:32],
        "cohere": long + "9wQ2",
        "groq": f"gsk_{long}",
        "xai": f"xai-{long}{long[:20]}",
        "huggingface": f"hf_{long[:34]}",
        "replicate": f"r8_{long}",
        "perplexity": f"pplx-{long}",
        "nvidia": f"nvapi-{long}",
        "fireworks": f"fw_{long[:24]}",
        "jwt": f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIi{long[:12]}.{long[12:]}",
    }
    assert len(set(shapes.values())) == 20
    return shapes
