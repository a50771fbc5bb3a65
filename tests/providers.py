"""What the providers speak: how each is asked, and how each answers, streams, calls and fails.

One `Family` a provider, from its public API reference. The bytes are the provider's own wire
format, so that what is tested is the whole way from our seats through litellm to the network
and back. A new family is one more row of FAMILIES.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from stub import keys

Body = dict[str, Any]

TOLD = "PROVIDER-SAID-THIS"
"""In the text of every error body; must reach nobody."""

TOKENS_IN, TOKENS_OUT = 900, 40
PACKET = 5
"""Bytes a packet of a stream: no character of three or four bytes is safe from being split."""


@dataclass(frozen=True)
class Failure:
    """How a provider says no, and the kind of fault that should be read from it. `wait` is its
    Retry-After header, in seconds."""

    kind: str
    status: int
    body: Body
    wait: float | None = None


@dataclass(frozen=True)
class Family:
    """One provider. `header` is where the key goes and `secret` how it is written there;
    `accepts` are the documented fields of a request. `system`, `asked`, `temperature` and `tool`
    (name, schema) read a request; `events`, `finish` and `call` write an answer, `trouble` is the
    event that breaks one off, and `ends` has the provider's words for one that ended well, was
    too long, or was stopped by a filter. `cached` counts the tokens in that its usage reports as
    read from a cache."""

    model: str
    key: str
    env: Mapping[str, str]
    header: str
    secret: str
    url: str
    url_streamed: str
    accepts: frozenset[str]
    system: Callable[[Body], str]
    asked: Callable[[Body], str]
    temperature: Callable[[Body], float | None]
    tool: Callable[[Body], tuple[str, Body]]
    events: Callable[[str], list[bytes]]
    finish: Callable[[str], list[bytes]]
    ends: Mapping[str, str]
    trouble: bytes
    call: Callable[[str, str], Body]
    media: str
    failures: Mapping[str, Failure]
    names_model: bool = True
    says_stream: bool = True
    cached: int = 0

    def streamed(self, text: str, end: str = "stop") -> httpx.Response:
        """The text as a stream in small packets, ended as one of `ends`; "" for not at all."""
        finish = self.finish(self.ends[end]) if end else []
        data = b"".join([*self.events(text), *finish])
        return httpx.Response(200, headers={"content-type": self.media}, stream=Packets(data))

    def broken_off(self, text: str) -> httpx.Response:
        """The text as a stream that ends in the provider's own trouble."""
        data = b"".join([*self.events(text), self.trouble])
        return httpx.Response(200, headers={"content-type": self.media}, stream=Packets(data))

    def called(self, request: httpx.Request, arguments: str) -> httpx.Response:
        """The tool that the request offers, called with these arguments."""
        name, _ = self.tool(json.loads(request.content))
        return httpx.Response(200, json=self.call(name, arguments))

    def failed(self, name: str, *, streamed: bool = False) -> httpx.Response:
        failure = self.failures[name]
        if streamed and failure.status == 200:
            return httpx.Response(
                200, headers={"content-type": self.media}, content=sse(failure.body)
            )
        headers = {} if failure.wait is None else {"retry-after": f"{failure.wait:g}"}
        return httpx.Response(failure.status, json=failure.body, headers=headers)


class Packets(httpx.AsyncByteStream):
    """Bytes that arrive a few at a time."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.data), PACKET):
            yield self.data[start : start + PACKET]


def pieces(text: str) -> list[str]:
    """The text in the pieces a model would say it in."""
    return [text[i : i + 7] for i in range(0, len(text), 7)]


def sse(payload: object, event: str = "") -> bytes:
    """One server-sent event. Characters beyond ASCII stay as they are."""
    data = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    head = f"event: {event}\n" if event else ""
    return f"{head}data: {data}\n\n".encode()


# ---------------------------------------------------------------- OpenAI, and who speaks like it


def openai_chunk(delta: Body, finish: str | None = None, **more: object) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return sse(head | {"choices": [choice], "usage": None} | more)


OPENAI_USAGE: Body = {
    "prompt_tokens": TOKENS_IN,
    "completion_tokens": TOKENS_OUT,
    "total_tokens": TOKENS_IN + TOKENS_OUT,
    "prompt_tokens_details": {"cached_tokens": 512, "audio_tokens": 0},
}


def openai_events(text: str) -> list[bytes]:
    first = openai_chunk({"role": "assistant", "content": "", "refusal": None})
    return [first, *(openai_chunk({"content": piece}) for piece in pieces(text))]


def openai_finish(reason: str) -> list[bytes]:
    usage = openai_chunk({}, choices=[], usage=OPENAI_USAGE)
    return [openai_chunk({}, reason), usage, sse("[DONE]")]


def openai_call(name: str, arguments: str) -> Body:
    function = {"name": name, "arguments": arguments}
    tool = {"id": "call_1", "type": "function", "function": function}
    message = {"role": "assistant", "content": None, "refusal": None, "tool_calls": [tool]}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "tool_calls"}
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m"}
    return head | {"choices": [choice], "usage": OPENAI_USAGE}


def openai_tool(body: Body) -> tuple[str, Body]:
    function = body["tools"][0]["function"]
    return function["name"], function["parameters"]


def openai_says(message: str, kind: str, code: str | None) -> Body:
    return {"error": {"message": f"{TOLD} {message}", "type": kind, "param": None, "code": code}}


def openai_failures(key: str) -> dict[str, Failure]:
    bad = "invalid_request_error"
    no_key = openai_says(f"Incorrect API key provided: {key}.", bad, "invalid_api_key")
    no_model = openai_says("The model `m` does not exist.", bad, "model_not_found")
    limit = openai_says(f"Rate limit reached for {key}.", "tokens", "rate_limit_exceeded")
    long = openai_says(
        "This model's maximum context length is 8192 tokens. However, your messages resulted in "
        "9000 tokens. Please reduce the length of the messages.",
        bad,
        "context_length_exceeded",
    )
    unsafe = openai_says(
        "Your request was rejected as a result of our safety system.",
        bad,
        "content_policy_violation",
    )
    down = openai_says(f"The server had an error. {key}", "server_error", None)
    return {
        "key": Failure("key", 401, no_key),
        "model": Failure("setting", 404, no_model),
        "limit": Failure("busy", 429, limit, wait=7),
        "down": Failure("away", 500, down),
        "long": Failure("full", 400, long),
        "unsafe": Failure("refused", 400, unsafe),
    }


def openai_system(body: Body) -> str:
    assert [message["role"] for message in body["messages"]][:1] == ["system"]
    return body["messages"][0]["content"]


def openai_asked(body: Body) -> str:
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    return body["messages"][1]["content"]


def fields(names: str) -> frozenset[str]:
    return frozenset(names.split())


OPENAI_FIELDS = fields(
    "model messages stream stream_options temperature top_p max_tokens max_completion_tokens "
    "tools tool_choice parallel_tool_calls response_format seed stop n user reasoning_effort "
    "prompt_cache_key store metadata verbosity"
)


def speaks_openai(model: str, key: str, base: str, **changed: Any) -> Family:
    """A family that speaks OpenAI's protocol at `base`, with what differs."""
    given: dict[str, Any] = {
        "model": model,
        "key": key,
        "env": {"OPENAI_API_KEY": key},
        "header": "authorization",
        "secret": f"Bearer {key}",
        "url": f"{base}/chat/completions",
        "url_streamed": f"{base}/chat/completions",
        "accepts": OPENAI_FIELDS,
        "system": openai_system,
        "asked": openai_asked,
        "temperature": lambda body: body.get("temperature"),
        "tool": openai_tool,
        "events": openai_events,
        "finish": openai_finish,
        "ends": {"stop": "stop", "length": "length", "filter": "content_filter"},
        "trouble": sse(openai_says(f"The server had an error. {key}", "server_error", None)),
        "call": openai_call,
        "media": "text/event-stream",
        "failures": openai_failures(key),
        "cached": 512,
    }
    return Family(**(given | changed))


# ---------------------------------------------------------------- Azure


AZURE_SAFE = {"hate": {"filtered": False, "severity": "safe"}}


def azure_events(text: str) -> list[bytes]:
    """Azure begins with what its filter found in the prompt, and no choices."""
    found = [{"prompt_index": 0, "content_filter_results": AZURE_SAFE}]
    return [openai_chunk({}, choices=[], prompt_filter_results=found), *openai_events(text)]


def azure_failures(key: str) -> dict[str, Failure]:
    def says(message: str, code: str, **more: object) -> Body:
        return {"error": {"code": code, "message": f"{TOLD} {message}"} | more}

    found = {"jailbreak": {"detected": True, "filtered": True}, **AZURE_SAFE}
    inner = {"code": "ResponsibleAIPolicyViolation", "content_filter_result": found}
    unsafe = says(
        "The response was filtered due to the prompt triggering Azure OpenAI's content "
        "management policy. Please modify your prompt and retry.",
        "content_filter",
        param="prompt",
        status=400,
        innererror=inner,
    )
    no_key = says(f"Access denied due to invalid subscription key {key}.", "401")
    no_model = says("The API deployment for this resource does not exist.", "DeploymentNotFound")
    limit = says("Requests have exceeded the token rate limit. Retry after 7 seconds.", "429")
    return openai_failures(key) | {
        "key": Failure("key", 401, no_key),
        "model": Failure("setting", 404, no_model),
        "limit": Failure("busy", 429, limit, wait=7),
        "down": Failure("away", 500, says(f"Internal error. {key}", "InternalServerError")),
        "unsafe": Failure("refused", 400, unsafe),
    }


# ---------------------------------------------------------------- Anthropic


def anthropic_events(text: str) -> list[bytes]:
    usage = {"input_tokens": TOKENS_IN - 512, "cache_read_input_tokens": 512, "output_tokens": 1}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": []}
    message |= {"stop_reason": None, "stop_sequence": None, "usage": usage}
    block = {"type": "content_block_start", "index": 0, "content_block": {"type": "text"}}
    block["content_block"] = {"type": "text", "text": ""}
    events = [
        sse({"type": "message_start", "message": message}, "message_start"),
        sse(block, "content_block_start"),
        sse({"type": "ping"}, "ping"),
    ]
    for piece in pieces(text):
        delta = {"type": "text_delta", "text": piece}
        event = {"type": "content_block_delta", "index": 0, "delta": delta}
        events.append(sse(event, "content_block_delta"))
    return events


def anthropic_finish(reason: str) -> list[bytes]:
    delta = {"stop_reason": reason, "stop_sequence": None}
    end = {"type": "message_delta", "delta": delta, "usage": {"output_tokens": TOKENS_OUT}}
    return [
        sse({"type": "content_block_stop", "index": 0}, "content_block_stop"),
        sse(end, "message_delta"),
        sse({"type": "message_stop"}, "message_stop"),
    ]


def anthropic_call(name: str, arguments: str) -> Body:
    tool = {"type": "tool_use", "id": "toolu_1", "name": name, "input": json.loads(arguments)}
    usage = {"input_tokens": TOKENS_IN - 512, "cache_read_input_tokens": 512}
    head = {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [tool]}
    end = {"stop_reason": "tool_use", "stop_sequence": None}
    return head | end | {"usage": usage | {"output_tokens": TOKENS_OUT}}


def anthropic_text(content: str | list[Body]) -> str:
    if isinstance(content, str):
        return content
    return "".join(block["text"] for block in content)


def anthropic_asked(body: Body) -> str:
    assert [message["role"] for message in body["messages"]] == ["user"]
    return anthropic_text(body["messages"][0]["content"])


def anthropic_tool(body: Body) -> tuple[str, Body]:
    return body["tools"][0]["name"], body["tools"][0]["input_schema"]


def anthropic_says(kind: str, message: str) -> Body:
    return {"type": "error", "error": {"type": kind, "message": f"{TOLD} {message}"}}


def anthropic_failures(key: str) -> dict[str, Failure]:
    says = anthropic_says
    bad = "invalid_request_error"
    limit = says("rate_limit_error", f"This request would exceed the rate limit of {key}.")
    return {
        "key": Failure("key", 401, says("authentication_error", f"invalid x-api-key {key}")),
        "model": Failure("setting", 404, says("not_found_error", "model: m")),
        "limit": Failure("busy", 429, limit, wait=7),
        "down": Failure("away", 500, says("api_error", f"Internal server error {key}")),
        "overloaded": Failure("away", 529, says("overloaded_error", "Overloaded")),
        "long": Failure("full", 400, says(bad, "prompt is too long: 208310 tokens > 200000")),
        "unsafe": Failure("refused", 400, says(bad, "Output blocked by content filtering policy")),
    }


# ---------------------------------------------------------------- Ollama


def ollama_line(message: Body, **more: object) -> bytes:
    head = {"model": "m", "created_at": "2026-01-01T00:00:00Z"}
    line = head | {"message": {"role": "assistant"} | message, "done": False} | more
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


OLLAMA_END: Body = {
    "done": True,
    "done_reason": "stop",
    "total_duration": 1,
    "prompt_eval_count": TOKENS_IN,
    "eval_count": TOKENS_OUT,
}


def ollama_events(text: str) -> list[bytes]:
    return [ollama_line({"content": piece}) for piece in pieces(text)]


def ollama_finish(reason: str) -> list[bytes]:
    return [ollama_line({"content": ""}, **(OLLAMA_END | {"done_reason": reason}))]


def ollama_call(name: str, arguments: str) -> Body:
    tool = {"function": {"name": name, "arguments": json.loads(arguments)}}
    return json.loads(ollama_line({"content": "", "tool_calls": [tool]}, **OLLAMA_END))


def ollama_says(message: str) -> Body:
    return {"error": f"{TOLD} {message}"}


def ollama_failures(key: str) -> dict[str, Failure]:
    says = ollama_says
    return {
        "key": Failure("key", 401, says(f"unauthorized {key}")),
        "model": Failure("setting", 404, says('model "m" not found, try pulling it first')),
        "no_tools": Failure("setting", 400, says("library/m does not support tools")),
        "limit": Failure("busy", 429, says("too many requests"), wait=7),
        "down": Failure("away", 500, says(f"runner process has terminated {key}")),
        "full_queue": Failure("away", 503, says("server busy, please try again.")),
        "long": Failure("full", 400, says("the input length exceeds the context length")),
    }


# ---------------------------------------------------------------- Gemini


GEMINI_USAGE = {
    "promptTokenCount": TOKENS_IN,
    "candidatesTokenCount": TOKENS_OUT,
    "totalTokenCount": TOKENS_IN + TOKENS_OUT,
}


def gemini_answer(part: Body, finish: str = "") -> Body:
    candidate: Body = {"content": {"parts": [part], "role": "model"}, "index": 0}
    if finish:
        candidate["finishReason"] = finish
    return {"candidates": [candidate], "usageMetadata": GEMINI_USAGE, "modelVersion": "m"}


def gemini_events(text: str) -> list[bytes]:
    return [sse(gemini_answer({"text": piece})) for piece in pieces(text)]


def gemini_finish(reason: str) -> list[bytes]:
    return [sse(gemini_answer({"text": ""}, reason))]


def gemini_call(name: str, arguments: str) -> Body:
    return gemini_answer({"functionCall": {"name": name, "args": json.loads(arguments)}}, "STOP")


def gemini_system(body: Body) -> str:
    return "".join(part["text"] for part in body["system_instruction"]["parts"])


def gemini_asked(body: Body) -> str:
    assert [content["role"] for content in body["contents"]] == ["user"]
    return "".join(part["text"] for part in body["contents"][0]["parts"])


def gemini_tool(body: Body) -> tuple[str, Body]:
    declared = body["tools"][0]["function_declarations"][0]
    return declared["name"], declared["parameters"]


def gemini_says(code: int, status: str, message: str, *details: Body) -> Body:
    error = {"code": code, "message": f"{TOLD} {message}", "status": status}
    return {"error": error | {"details": list(details)}}


def gemini_failures(key: str) -> dict[str, Failure]:
    says = gemini_says
    why = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
    wait = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7s"}
    bad = "INVALID_ARGUMENT"
    blocked = {"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": GEMINI_USAGE}
    long = "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."
    no_key = says(400, bad, f"API key not valid. Please pass a valid API key. {key}", why)
    no_model = says(404, "NOT_FOUND", "models/m is not found for API version v1beta.")
    limit = says(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", wait)
    return {
        "key": Failure("key", 400, no_key),
        "forbidden": Failure("key", 403, says(403, "PERMISSION_DENIED", f"denied {key}")),
        "model": Failure("setting", 404, no_model),
        "limit": Failure("busy", 429, limit),
        "down": Failure("away", 500, says(500, "INTERNAL", f"An internal error. {key}")),
        "overloaded": Failure("away", 503, says(503, "UNAVAILABLE", "The model is overloaded.")),
        "long": Failure("full", 400, says(400, bad, long)),
        "unsafe": Failure("refused", 200, blocked),
    }


# ---------------------------------------------------------------- the table

_SHAPES = keys()
_OPENAI, _OWN = _SHAPES["openai_project"], _SHAPES["openai"]
_ROUTER, _ANTHROPIC = _SHAPES["openrouter"], _SHAPES["anthropic"]
_OLLAMA, _AZURE, _GEMINI = _SHAPES["mistral"], _SHAPES["azure"], _SHAPES["google"]
_AZURE_AT = "https://ours.openai.azure.com"
_GEMINI_AT = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash"

FAMILIES: dict[str, Family] = {
    "openai": speaks_openai("openai/gpt-4.1-mini", _OPENAI, "https://api.openai.com/v1"),
    "own_address": speaks_openai(
        "openai/house-model",
        _OWN,
        "https://models.example.test/v1",
        env={
            "OPENAI_API_KEY": _OWN,
            "HOTSEAT_CUSTOMER_URL": "https://models.example.test/v1",
            "HOTSEAT_JUDGE_URL": "https://models.example.test/v1",
        },
    ),
    "openrouter": speaks_openai(
        "openrouter/mistralai/mistral-small",
        _ROUTER,
        "https://openrouter.ai/api/v1",
        env={"OPENROUTER_API_KEY": _ROUTER},
        accepts=OPENAI_FIELDS | {"usage", "provider", "transforms"},
    ),
    "azure": speaks_openai(
        "azure/ours-gpt-4.1",
        _AZURE,
        _AZURE_AT,
        env={
            "AZURE_API_KEY": _AZURE,
            "AZURE_API_BASE": _AZURE_AT,
            "AZURE_API_VERSION": "2024-10-21",
        },
        header="api-key",
        secret=_AZURE,
        url=f"{_AZURE_AT}/openai/deployments/ours-gpt-4.1/chat/completions?api-version=2024-10-21",
        url_streamed=(
            f"{_AZURE_AT}/openai/deployments/ours-gpt-4.1/chat/completions?api-version=2024-10-21"
        ),
        events=azure_events,
        failures=azure_failures(_AZURE),
    ),
    "anthropic": Family(
        model="anthropic/claude-sonnet-4-5",
        key=_ANTHROPIC,
        env={"ANTHROPIC_API_KEY": _ANTHROPIC},
        header="x-api-key",
        secret=_ANTHROPIC,
        url="https://api.anthropic.com/v1/messages",
        url_streamed="https://api.anthropic.com/v1/messages",
        accepts=fields(
            "model messages system max_tokens stream temperature top_p top_k stop_sequences "
            "tools tool_choice metadata thinking cache_control"
        ),
        system=lambda body: anthropic_text(body["system"]),
        asked=anthropic_asked,
        temperature=lambda body: body.get("temperature"),
        tool=anthropic_tool,
        events=anthropic_events,
        finish=anthropic_finish,
        ends={"stop": "end_turn", "length": "max_tokens", "filter": "refusal"},
        trouble=sse(anthropic_says("overloaded_error", f"Overloaded {_ANTHROPIC}"), "error"),
        call=anthropic_call,
        media="text/event-stream",
        failures=anthropic_failures(_ANTHROPIC),
        cached=512,
    ),
    "ollama": Family(
        model="ollama_chat/llama3.1",
        key=_OLLAMA,
        env={"OLLAMA_API_KEY": _OLLAMA, "OLLAMA_API_BASE": "http://ollama.example.test:11434"},
        header="authorization",
        secret=f"Bearer {_OLLAMA}",
        url="http://ollama.example.test:11434/api/chat",
        url_streamed="http://ollama.example.test:11434/api/chat",
        accepts=fields("model messages tools think format options stream keep_alive"),
        system=openai_system,
        asked=openai_asked,
        temperature=lambda body: body["options"].get("temperature"),
        tool=openai_tool,
        events=ollama_events,
        finish=ollama_finish,
        ends={"stop": "stop", "length": "length"},
        trouble=json.dumps(ollama_says(f"the model stopped {_OLLAMA}")).encode() + b"\n",
        call=ollama_call,
        media="application/x-ndjson",
        failures=ollama_failures(_OLLAMA),
    ),
    "gemini": Family(
        model="gemini/gemini-2.5-flash",
        key=_GEMINI,
        env={"GEMINI_API_KEY": _GEMINI},
        header="x-goog-api-key",
        secret=_GEMINI,
        url=f"{_GEMINI_AT}:generateContent",
        url_streamed=f"{_GEMINI_AT}:streamGenerateContent?alt=sse",
        accepts=fields(
            "contents system_instruction tools toolConfig generationConfig safetySettings "
            "cachedContent"
        ),
        system=gemini_system,
        asked=gemini_asked,
        temperature=lambda body: body.get("generationConfig", {}).get("temperature"),
        tool=gemini_tool,
        events=gemini_events,
        finish=gemini_finish,
        ends={"stop": "STOP", "length": "MAX_TOKENS", "filter": "SAFETY"},
        trouble=sse(gemini_says(503, "UNAVAILABLE", f"The model is overloaded. {_GEMINI}")),
        call=gemini_call,
        media="text/event-stream",
        failures=gemini_failures(_GEMINI),
        names_model=False,
        says_stream=False,
    ),
}
