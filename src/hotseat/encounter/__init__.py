"""The loop of one encounter: hear, read, shift, speak and grade at once, settle.

It composes the pure modules and the seats and has no I/O of its own: what must be kept goes
through a `Keeper`, in the order that makes a crash harmless. The trainee's turn is committed
before anything reads it; a step left half done is finished from what is stored.
"""

from .coaching import coached, hint
from .events import Again, Coached, Delta, Ended, Event, Graded, Heard, Keeper, Spoke
from .loop import LONGEST_TURN, accept, mood_now, regrade, resume, stop, turn
from .start import begin, retry

__all__ = [
    "LONGEST_TURN",
    "Again",
    "Coached",
    "Delta",
    "Ended",
    "Event",
    "Graded",
    "Heard",
    "Keeper",
    "Spoke",
    "accept",
    "begin",
    "coached",
    "hint",
    "mood_now",
    "regrade",
    "resume",
    "retry",
    "stop",
    "turn",
]
