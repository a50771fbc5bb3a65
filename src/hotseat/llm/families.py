"""Which models are relatives: they share what they were trained on, and with it their blind spots.
Pure; a family is read from the name, whoever serves the model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_FAMILIES = re.compile(
    r"(?<![a-z])(claude|chatgpt|gpt|gemini|gemma|llama|mistral|mixtral|ministral|magistral|qwen|qwq"
    r"|deepseek|command|grok|phi|nova|kimi|glm|granite|nemotron)(?![a-z])"
)
_BRANCHES: Mapping[str, str] = MappingProxyType(
    {"chatgpt": "gpt", "gemma": "gemini", "qwq": "qwen"}
    | dict.fromkeys(("mixtral", "ministral", "magistral"), "mistral")
)
_REASONER = re.compile(r"o\d(?:-|$)")


def family(model: str) -> str:
    """The family of a litellm model id: "claude" for anthropic/claude-x and for
    bedrock/anthropic.claude-x. A name that tells no family is one of its own, without the
    provider: openai/tuned and azure/tuned are the same model."""
    name = model.lower().rpartition("/")[2]
    if _REASONER.match(name):
        return "gpt"
    found = _FAMILIES.search(name)
    return _BRANCHES.get(found[1], found[1]) if found else name
