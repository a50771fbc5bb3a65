"""litellm, imported late and put in order: the only module that imports it.

It takes seconds and 200 megabytes, reads a `.env` file and would fetch a price list; nothing of
it happens before a real model is asked.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import cache, wraps
from importlib import import_module
from types import ModuleType
from typing import Any, cast


@cache
def litellm() -> ModuleType:
    """litellm, imported on first use and told to stay quiet, offline and where it was sent.

    Its own log goes nowhere: at its finer levels it writes chats and keys into it, and what
    matters to us it raises.
    """
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    os.environ.setdefault("LITELLM_MODE", "PRODUCTION")
    os.environ.setdefault("DISABLE_AIOHTTP_TRANSPORT", "True")
    import litellm as module

    logging.getLogger("LiteLLM").setLevel(logging.CRITICAL)
    module.suppress_debug_info = True
    _refuse_redirects()
    _believe_gemini()
    _leave_ollama_alone()
    return cast(ModuleType, module)


def _refuse_redirects() -> None:
    """Let no HTTP client that litellm makes follow a redirect: the chat would go along, and on
    most providers' paths the key, to an address nobody chose. litellm has no setting for it, so
    the four places where it makes clients are wrapped; the redirect tests ask each of them."""
    handlers: Any = import_module("litellm.llms.custom_httpx.http_handler")
    for handler in (handlers.AsyncHTTPHandler, handlers.HTTPHandler):
        handler.create_client = _staying(handler.create_client)
    openai: Any = import_module("litellm.llms.openai.common_utils").BaseOpenAILLM
    for name in ("_get_async_http_client", "_get_sync_http_client"):
        setattr(openai, name, staticmethod(_staying(getattr(openai, name))))


def _believe_gemini() -> None:
    """Let a chunk from Gemini that gives no finish reason have none. litellm writes "stop" into
    every one, and a stream that was cut short cannot be told from one that ended."""
    config: Any = import_module(
        "litellm.llms.vertex_ai.gemini.vertex_and_google_ai_studio_gemini"
    ).VertexGeminiConfig
    check = config._check_finish_reason

    @wraps(check)
    def given(message: Any, reason: str | None) -> Any:
        said = check(message, reason)
        return said if reason or said != "stop" else None

    config._check_finish_reason = staticmethod(given)


def _leave_ollama_alone() -> None:
    """Ask no Ollama server what its models can do: litellm does so before and after a call, with
    a client that waits without letting anything else run, and not even at the seat's address."""
    module: Any = import_module("litellm.llms.ollama.common_utils")

    def unasked(_: object, model: str, *__: object, **___: object) -> dict[str, Any]:
        free = {"input_cost_per_token": 0.0, "output_cost_per_token": 0.0}
        most = dict.fromkeys(("max_tokens", "max_input_tokens", "max_output_tokens"))
        return {"key": model, "litellm_provider": "ollama", "mode": "chat", **free, **most}

    module.OllamaModelInfo.get_runtime_model_info = unasked


def _staying(make: Callable[..., Any]) -> Callable[..., Any]:
    """The same maker of HTTP clients, whose clients do not follow redirects."""

    @wraps(make)
    def made(*given: Any, **options: Any) -> Any:
        client = make(*given, **options)
        client.follow_redirects = False
        return client

    return made
