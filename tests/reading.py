"""Transcripts for the tests of the reader."""

from __future__ import annotations

from hotseat.domain import Transcript, Turn


def after(*said: str) -> Transcript:
    """A transcript of turns, the customer's first."""
    return tuple(
        Turn(id=str(i), number=i + 1, speaker="trainee" if i % 2 else "customer", text=text)
        for i, text in enumerate(said)
    )
