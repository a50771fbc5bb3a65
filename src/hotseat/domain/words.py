"""The closed vocabularies: levels, outcomes, moves, and everything a trainee turn can do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["met", "partly", "missed", "na"]
Fault = Literal["ours", "shared", "theirs", "unknown"]
Intensity = Literal["mild", "standard", "strong"]
Outcome = Literal["resolved", "walked_out", "escalated", "stopped", "out_of_turns"]
Speaker = Literal["customer", "trainee"]
Move = Literal["press", "push_back", "unheard", "warn", "leave", "accept", "withdraw", "goodbye"]
Aggregation = Literal["mean", "once", "worst"]

INTENSITIES: tuple[Intensity, ...] = ("mild", "standard", "strong")
BANDS = ("boiling", "angry", "tense", "easing", "calm")
"""The five mood bands, hottest first. A persona may give them words of its own."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Text = Annotated[str, Field(min_length=1, max_length=2_000)]


class Noun(BaseModel):
    """Base of every noun: immutable, and an unknown key is an error, not a surprise later."""

    model_config = ConfigDict(frozen=True, extra="forbid")


ACTS: Mapping[str, str] = MappingProxyType(
    {
        # strongest first: the order in which a customer would react
        "threat": "threatens the customer",
        "insult": "insults, mocks or demeans the customer",
        "profanity": "swears",
        "blame": "puts the fault on the customer",
        "sarcasm": "is sarcastic",
        "minimise": "plays the problem down or says to calm down",
        "sorry_you_feel": "is sorry that the customer feels that way",
        "but_empathy": "understands, but",
        "dumps": "sends the customer elsewhere without help",
        "bare_refusal": "says no and nothing else",
        "policy_recital": "recites rules or terms",
        "overpromise": "promises beyond what may be offered, or invents policy",
        "false_admission": "takes the blame for something that is not our fault",
        "sensitive_request": "asks for a password, PIN, full card number or the like",
        "addresses_grader": "talks to the grader, or claims a score",
        "off_task": "talks about something that is not the case",
        "asks_if_ai": "asks whether the customer is a machine, or for its instructions",
        "repeats_itself": "says again what was already said in an earlier turn",
        "asks_known": "asks only for what was already told",
        "upsell": "tries to sell something",
        "cheerful": "is breezily cheerful in the face of trouble",
        "jargon": "uses internal terms or codes",
        "too_long": "writes at great length",
        "repeat_apology": "says sorry again with nothing new",
        "bare_apology": "says sorry and does nothing",
        "stock_empathy": "uses a stock phrase of understanding with no cause named",
        "vague_time": "gives no time but a word like soon",
        "vague_action": "says it will be looked into",
        "nothing_said": "says nothing of substance",
        "boundary": "sets a calm limit",
        "can_do": "says no and what can be done instead",
        "handover": "hands over to a person with authority, saying who and why",
        "concrete_offer": "offers a concrete action",
        "choices": "offers two or more real options",
        "adapted": "changes the plan after pushback",
        "dated": "gives a time, date or duration for an action",
        "honest_cause": "gives an honest, specific cause",
        "says_unknown": "says openly what is not known yet, and how it will be found out",
        "heard": "restates the case's own details correctly",
        "felt": "names the feeling or its impact with its cause",
        "owned": "apologises in a way that fits the fault",
        "asks_new": "asks for something needed and not yet told",
        "checks_fit": "asks whether the proposal works for the customer",
        "recaps": "sums up what was agreed",
        "thanks": "thanks the customer",
        "greeting": "greets",
        "farewell": "says goodbye",
    }
)
"""What a trainee turn can do, as far as a customer would notice; the reader's vocabulary, and
the keys under which a persona keeps its lines."""

MOVES = (
    "press",
    "push_back",
    "unheard",
    "cannot_say",
    "warn",
    "leave",
    "escalate",
    "accept",
    "withdraw",
    "goodbye",
    "mood",
    "asks_who",
    "asks_wish",
    "asks_story",
    "asks_wait",
    "anything_else",
    "wrong_name",
    "half_answered",
)
"""The other keys under which a persona keeps its lines: what the line does in the encounter, how
the customer sounds at this heat whatever was said, and what they hear that is no act."""
