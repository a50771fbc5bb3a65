"""The fault matrix, and what the tests of it share: how every fault of the stub ends in each seat,
good answers for a judge, a key in the environment, and waits that are short.

A test module takes a fixture by giving it a name: `_warm = faults.warmed`.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from stub import warm
from test_judge import all_yes, answers

from hotseat.llm import client, tries

WHY = "Sorry, said to Señora Núñez 😀 包裹."
GOOD = answers(
    apology_fit={
        "due": True,
        "checks": all_yes("apology_fit"),
        "quote": "I am so sorry",
        "why": WHY,
    }
)

# For each fault: requests made, and how it ends: "said" (the model's own line), "written" (the
# embedded engine's), or the kind of the error. The first 44 are the rows that have a name in
# the matrix; the last eleven fill it up to its 55.
CUSTOMER: Mapping[str, tuple[int, str]] = {
    # two tries, then "not just now"; nothing partial is kept
    "never": (2, "away"),
    "refused": (0, "away"),
    "reset": (2, "away"),
    "sever": (2, "away"),
    "sever_fin": (2, "away"),
    "cut_cl": (2, "away"),
    # a limit between words, whatever bytes come
    "stall": (2, "away"),
    "stall_ping": (2, "away"),
    "drip": (2, "away"),
    "first_token_never_ping": (2, "away"),
    # busy
    "r429": (2, "busy"),
    "r429_retry_after_1": (2, "busy"),
    "r429_retry_after_3600": (1, "busy"),
    "r429_then_ok": (2, "said"),
    "e500_then_ok": (2, "said"),
    "e500": (2, "away"),
    "e503_html": (2, "away"),
    "e529": (2, "away"),
    # not let in, too long, filtered
    "e401_key": (1, "key"),
    "e400_ctx": (2, "full"),
    "e400_filter": (2, "written"),
    "filter200": (2, "written"),
    "refusal": (2, "written"),
    # ended before its end
    "filter200_partial": (2, "written"),
    "length": (2, "cut"),
    "eof_clean": (2, "cut"),
    "eof_done_nofinish": (2, "cut"),
    # nothing said
    "empty": (2, "broken"),
    "whitespace": (2, "written"),
    "null": (2, "broken"),
    "only_done": (2, "cut"),
    "no_events": (2, "cut"),
    "no_choices": (2, "cut"),
    # doubled, or no answer at all
    "dup": (2, "written"),
    "bad_sse": (2, "away"),
    "badjson200": (2, "cut"),
    "html200": (2, "cut"),
    "empty_body": (2, "cut"),
    "err_event": (2, "away"),
    "error200": (2, "cut"),
    "huge": (2, "broken"),
    # odd and right
    "utf8split": (1, "said"),
    "after_done": (1, "said"),
    "usage_chunk": (1, "said"),
    # ours
    "closed": (2, "away"),
    "slow_headers": (2, "away"),
    "trickle": (1, "away"),
    "sever_then_ok": (2, "said"),
    "hang_after_finish": (1, "said"),
    "redirect": (2, "away"),
    "e404_model": (1, "setting"),
    "refusal_field": (2, "written"),
    "reasoning_only": (2, "broken"),
    "bad_gzip": (2, "away"),
    "bad_utf8": (2, "away"),
}

# For each fault: requests made, and how it ends: "graded", or the kind of fault it is ungraded
# for. A judge is not streamed, so what is a fault of streams is played on the body here.
JUDGE: Mapping[str, tuple[int, str]] = {
    # no answer in time: one request, until the deadline
    "never": (1, "away"),
    "stall": (1, "away"),
    "stall_ping": (1, "away"),
    "drip": (1, "away"),
    "first_token_never_ping": (1, "away"),
    "slow_headers": (1, "away"),
    "trickle": (1, "away"),
    # a broken connection or server, asked again once
    "refused": (0, "away"),
    "reset": (2, "away"),
    "closed": (2, "away"),
    "redirect": (2, "away"),
    "sever": (2, "away"),
    "sever_fin": (2, "away"),
    "cut_cl": (2, "away"),
    "e500": (2, "away"),
    "e503_html": (2, "away"),
    "e529": (2, "away"),
    "eof_clean": (2, "away"),
    "only_done": (2, "away"),
    "no_events": (2, "away"),
    "bad_sse": (2, "away"),
    "badjson200": (2, "away"),
    "html200": (2, "away"),
    "empty_body": (2, "away"),
    "err_event": (2, "away"),
    "error200": (2, "away"),
    "bad_gzip": (2, "away"),
    "bad_utf8": (2, "away"),
    # busy
    "r429": (2, "busy"),
    "r429_retry_after_1": (2, "busy"),
    "r429_retry_after_3600": (1, "busy"),
    # for a person to put right
    "e401_key": (1, "key"),
    "e404_model": (1, "setting"),
    "e400_ctx": (2, "full"),
    "e400_filter": (1, "refused"),
    "filter200": (1, "refused"),
    # an answer that cannot be used, asked to be mended once
    "refusal": (2, "broken"),
    "refusal_field": (2, "broken"),
    "filter200_partial": (2, "broken"),
    "length": (2, "cut"),
    "eof_done_nofinish": (2, "broken"),
    "empty": (2, "broken"),
    "whitespace": (2, "broken"),
    "null": (2, "broken"),
    "reasoning_only": (2, "broken"),
    "dup": (2, "broken"),
    "no_choices": (1, "broken"),
    "huge": (1, "broken"),
    # recovers unseen, or was right all along
    "sever_then_ok": (2, "graded"),
    "r429_then_ok": (2, "graded"),
    "e500_then_ok": (2, "graded"),
    "utf8split": (1, "graded"),
    "after_done": (1, "graded"),
    "usage_chunk": (1, "graded"),
    "hang_after_finish": (1, "graded"),
}


@pytest.fixture(scope="module", autouse=True)
def warmed():
    """No deadline of a test pays for the first import of litellm."""
    warm()


def keyed(key: str):
    """A fixture, for every test of a module: the provider's key is this one, and waits are
    short."""

    @pytest.fixture(autouse=True)
    def key_in_the_environment(monkeypatch):
        monkeypatch.setenv("OPENAI_API_KEY", key)
        monkeypatch.setattr(client, "TAIL", 0.1)
        monkeypatch.setattr(tries, "PAUSE", 0.05)

    return key_in_the_environment


def no_secret(key: str, *sinks: str | bytes) -> None:
    """Fails if the key, or a page of somebody else's, is in anything that was written."""
    for sink in sinks:
        text = sink.decode("utf-8", "replace") if isinstance(sink, bytes) else sink
        assert key not in text
        assert "<script>" not in text
