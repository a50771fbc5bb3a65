"""What the customer may have been thinking: short first-person lines for the debrief.

A table rather than a model call, so that the same record always shows the same thoughts. The
lines carry no facts of any case; those belong to the scenario.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from ..domain import Direction

OPENING = (
    "Let's see whether this one reads what I wrote.",
    "Please not another canned answer.",
    "I'm not letting this go until somebody deals with it.",
)

BY_MOVE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "leave": (
            "Enough. I'm not spending another minute on this.",
            "That's it. I'll sort it out without them.",
        ),
        "escalate": (
            "Then I'll find somebody who can decide.",
            "I'm done here. Whoever is in charge can read this.",
        ),
        "accept": (
            "Good. That's what I needed to hear.",
            "I can live with that.",
        ),
        "withdraw": (
            "And there I was, nearly believing it.",
            "I said yes too soon.",
        ),
        "goodbye": (
            "That went better than I expected.",
            "Right. Somebody dealt with it at last.",
        ),
        "warn": (
            "One more answer like that and I'm gone.",
            "I'm running out of reasons to keep typing.",
        ),
        "push_back": (
            "Sounds good. So did the last promise.",
            "Could be. I want to see whether they mean it.",
            "Not so fast. What's the catch?",
        ),
        "reveal": (
            "I hadn't planned on telling them that.",
            "They took that in, so they may as well know the rest.",
            "Fine, that's the part I had left out.",
        ),
        "reveal_asked": (
            "They asked, so they may as well know.",
            "I hadn't planned on telling them that.",
            "Fine, that's the part nobody asked about before.",
        ),
    }
)

BY_ACT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "threat": ("Are they threatening me?",),
        "insult": ("Did they really just say that to me?",),
        "profanity": ("Charming. I hope somebody reads these chats.",),
        "blame": ("So it's my fault now.", "They'd rather argue than help."),
        "sarcasm": ("They think this is funny.",),
        "minimise": ("They have no idea what this means to me.", "Easy for them to say."),
        "sorry_you_feel": ("Sorry I feel that way? As if the trouble were my feelings.",),
        "but_empathy": ("There was a 'but' in that. There always is.",),
        "dumps": ("Being passed on again. Of course.",),
        "bare_refusal": ("Just no. They didn't even try.", "No, no, no. What CAN they do?"),
        "policy_recital": ("Rules again. I'm not a rule.", "They're reading that off a screen."),
        "overpromise": ("That sounds too good to be true.",),
        "false_admission": ("They'd say anything to get rid of me.",),
        "sensitive_request": ("I'm certainly not typing that in here.",),
        "off_task": ("What has that got to do with anything?",),
        "repeats_itself": ("They said that already. Nobody is listening.",),
        "asks_known": ("I told them that. It's right there.", "They haven't read a word."),
        "upsell": ("They want to sell me something? Now?",),
        "cheerful": ("Why are they so chirpy about it?",),
        "jargon": ("I don't know what half of those words mean.",),
        "too_long": ("I'm not reading all of that.",),
        "repeat_apology": ("Another sorry. It's getting cheap.",),
        "bare_apology": ("Sorry is nice. What are they going to do?",),
        "stock_empathy": ("That's a line off a card.", "They say that to everyone."),
        "vague_time": ("Soon. I've heard soon before.", "When, though?"),
        "vague_action": ("So nobody is doing anything yet.", "Look into it, and then?"),
        "nothing_said": ("That was an answer to nothing.", "Is anybody there?"),
        "boundary": ("All right. I was out of line there.",),
        "can_do": ("Not what I asked for, but at least it's something.",),
        "handover": ("Let's hope the next one can decide.",),
        "adapted": ("They listened and changed it. I didn't expect that.",),
        "heard": ("They did read it.", "At least I don't have to say it all again."),
        "felt": ("They get what this was like.", "It helps that somebody says so."),
        "owned": ("They're owning it. That's new.",),
        "concrete_offer": ("Now we're talking.", "Something I can hold on to, finally."),
        "choices": ("I get a say. Good.",),
        "dated": ("A real time. I'll remember it.",),
        "honest_cause": ("So that's what happened. Good to know, at least.",),
        "says_unknown": ("They don't know, and they say so. I prefer that.",),
        "asks_new": ("Fair question.",),
        "recaps": ("That matches what we said.",),
    }
)

BY_CHANGE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "worse": (
            "This is going the wrong way.",
            "I'm getting angrier by the minute.",
            "Why do I bother?",
        ),
        "same_hot": (
            "I'm still waiting for an answer.",
            "That didn't help.",
            "We're going round in circles.",
        ),
        "same_cool": (
            "All right. And now the rest.",
            "We're not there yet.",
            "Let's see what comes next.",
        ),
        "better_hot": (
            "That's a little better.",
            "Maybe this one is different.",
            "I can breathe again. Just.",
        ),
        "better_cool": (
            "This is going somewhere.",
            "They're making an effort. I can see that.",
            "I'm starting to trust this.",
        ),
    }
)

HOT = 2
"""Mood bands up to this one, 0 to 2 of 4, count as hot."""


def thought(direction: Direction, change: int, used: Collection[str], *, asked: bool) -> str:
    """The customer's thought after a reply: of the weightiest thing that happened, and one not
    had before. `change` is the change of tension, `asked` whether the reply asked for something
    new. Empty when every fitting thought is used."""
    return next((line for line in _fitting(direction, change, asked) if line not in used), "")


def _fitting(direction: Direction, change: int, asked: bool) -> Iterator[str]:
    """Every thought that would fit, the most telling first."""
    if direction.ending == "escalated":
        yield from BY_MOVE["escalate"]
    if direction.move in ("leave", "goodbye", "accept", "withdraw", "warn"):
        yield from BY_MOVE[direction.move]
    if direction.reveals:
        yield from BY_MOVE["reveal_asked" if asked else "reveal"]
    if direction.move == "push_back":
        yield from BY_MOVE["push_back"]
    for act in direction.reacts:
        yield from BY_ACT.get(act.id, ())
    mood = "hot" if direction.band <= HOT else "cool"
    key = "worse" if change > 0 else f"{'better' if change < 0 else 'same'}_{mood}"
    yield from BY_CHANGE[key]
