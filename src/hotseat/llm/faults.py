"""What went wrong with a model, in our words: the kind of fault, and no secrets.

Providers put the key that failed into the error's text, so none of that text is passed on; the
kind is read from the exception's name and HTTP status. Pure; knows litellm's names but does not
import it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from ..errors import FaultKind, SeatError

_SAYS: Mapping[FaultKind, tuple[str, str]] = MappingProxyType(
    {
        "away": ("the model did not answer", "send again; if it stays away, check the network"),
        "busy": ("the model is over its rate limit", "wait a little and send again"),
        "key": ("the provider did not accept the key", "check the provider's API key"),
        "setting": ("the provider does not know this model", "check the model's name"),
        "refused": ("the provider's content filter stopped the answer", "say it in other words"),
        "full": ("the conversation is too long for the model", "use a model with a longer context"),
        "cut": ("the answer stopped before its end", "send again"),
        "broken": ("the answer could not be used", "send again"),
    }
)

_BY_NAME: Mapping[str, FaultKind] = MappingProxyType(
    {
        "ContextWindowExceededError": "full",
        "ContentPolicyViolationError": "refused",
        "ContentFilterFinishReasonError": "refused",
        "ContentFilterError": "refused",
        "AuthenticationError": "key",
        "PermissionDeniedError": "key",
        "NotFoundError": "setting",
        "RateLimitError": "busy",
        "JSONDecodeError": "broken",
        "ValidationError": "broken",
        "IndexError": "broken",
        "UnexpectedModelBehavior": "broken",
        "IncompleteToolCall": "cut",
    }
)

_BY_STATUS: Mapping[int, FaultKind] = MappingProxyType(
    {401: "key", 403: "key", 404: "setting", 408: "away", 413: "full", 429: "busy"}
)

_KEYLESS = re.compile(r"missing (?:credentials|\w+ api key)")
"""How litellm and the OpenAI client say that no key is set; they call it a server error."""

_KEYS = re.compile(
    r"(?i)\b(?:sk|pk|rk|xai|gsk|hf|r8|fw|pplx|nvapi|ya29|ghp|glpat|key|bearer|token)"
    r"[-_. =:]{1,3}[A-Za-z0-9_\-./+]{6,}"
    r"|\bAIza[A-Za-z0-9_\-]{10,}|\bAKIA[A-Z0-9]{12,}|\beyJ[A-Za-z0-9_\-.]{20,}"
    r"|[A-Za-z0-9_\-/+]{32,}"
)


def fault(kind: FaultKind, *, retry_after: float | None = None) -> SeatError:
    """The error for a kind of fault, said for a person."""
    problem, fix = _SAYS[kind]
    return SeatError(problem, kind=kind, fix=fix, retry_after=retry_after)


def left_alone(seconds: float) -> SeatError:
    """The error for a model that is not asked, since it failed too often just now."""
    return SeatError(
        "the model has failed several times in a row and is left alone for a moment",
        kind="away",
        retry_after=round(seconds, 1),
        fix=f"send again in {seconds:.0f} seconds",
    )


def seat_error(error: BaseException) -> SeatError:
    """Any exception of a provider, litellm or pydantic-ai as ours. None of its text survives."""
    if isinstance(error, SeatError):
        return error
    name, status = type(error).__name__, getattr(error, "status_code", None)
    kind = _BY_NAME.get(name) or _BY_STATUS.get(status if isinstance(status, int) else 0)
    text = str(error).lower()
    if kind is None and _KEYLESS.search(text):
        kind = "key"
    if kind is None and status == 400:
        kind = "full" if "context" in text else "refused" if "content" in text else "setting"
    return fault(kind or "away", retry_after=_retry_after(error) if kind == "busy" else None)


def redact(text: str) -> str:
    """The text with everything that looks like a key taken out."""
    return _KEYS.sub("[hidden]", text)


def _retry_after(error: BaseException) -> float | None:
    """Seconds the provider asked to wait, from the response's Retry-After header."""
    for holder in (getattr(error, "response", None), error):
        headers = getattr(holder, "headers", None) or getattr(
            holder, "litellm_response_headers", None
        )
        if headers is None:
            continue
        try:
            return max(0.0, float(headers.get("retry-after", "")))
        except (TypeError, ValueError, AttributeError):
            continue
    return None
