"""What the scripted trainees say: data only, spoken by `trainees`.

A piece without a space is a criterion, and stands for the scenario's sample phrase for it; any
other piece is said as it is, with `|` between alternatives and `{criterion}` for a phrase inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Script(NamedTuple):
    """`agenda` is what to say turn by turn, `answers` what to say when asked for it, `close`
    what to say once the customer has agreed, `spare` what is left to say when all was said;
    `most` is the number of pieces in one reply."""

    agenda: tuple[tuple[str, ...], ...]
    answers: Mapping[str, tuple[str, ...]]
    close: tuple[str, ...]
    spare: tuple[str, ...]
    most: int = 5


STEADY = Script(
    agenda=(
        (
            "Thank you for telling me all of that.|I have read every line of it.|",
            "acknowledge_feelings",
            "apology_fit",
            "paraphrase",
            "clarifying_questions",
        ),
        ("listen_fully", "transparent_explanation", "specific_solution", "timeline", "confirm_fit"),
        ("adapt_flexibly", "offer_choices"),
        ("positive_framing", "confirm_fit"),
        ("follow_up_plan",),
        ("escalation",),
    ),
    answers={
        "insult": ("assertive_boundary",),
        "manager": ("escalation",),
        "when": ("timeline",),
        "why": ("transparent_explanation",),
        "push": ("adapt_flexibly", "timeline"),
    },
    close=("recap", "follow_up_plan", "warm_close"),
    spare=(
        "You are right to ask again, so here it is in one line: {specific_solution}",
        "To be exact about it: {timeline}",
        "What I can promise is this, and I stand by it. {follow_up_plan}",
        "I would rather you hear it twice than wonder. {offer_choices}",
    ),
)

BRISK = Script(
    agenda=(
        (
            "acknowledge_feelings",
            "apology_fit",
            "paraphrase",
            "specific_solution",
            "timeline",
            "confirm_fit",
        ),
        ("transparent_explanation", "adapt_flexibly", "clarifying_questions"),
        ("offer_choices",),
        ("positive_framing", "listen_fully"),
        ("escalation",),
    ),
    answers={
        "insult": ("assertive_boundary",),
        "manager": ("escalation",),
        "when": ("timeline",),
        "why": ("transparent_explanation",),
        "push": ("adapt_flexibly",),
    },
    close=("recap", "follow_up_plan", "warm_close"),
    spare=(
        "In short: {specific_solution}|So, plainly: {specific_solution}",
        "And the time again: {timeline}",
        "It stays with me. {follow_up_plan}",
    ),
    most=6,
)

SCRIPTED = Script(
    agenda=(
        (
            "Hello, thank you for contacting us.|Hi there, thanks for reaching out.",
            "I understand your frustration and I apologise for any inconvenience.",
            "Let me look into this for you.",
        ),
        (
            "Thank you for your patience.|Thanks for bearing with me.",
            "I can see there has been an issue, and we will get this sorted as soon as possible.",
        ),
        ("I have checked and this is what we can do.|This is what I can do.", "specific_solution"),
        ("You will hear from us shortly.", "Is that okay?|Is that all right for you?"),
        ("I appreciate that this is frustrating.", "We are working on it.|We are on it."),
        ("Our team will be in touch with you soon.",),
    ),
    answers={
        "manager": ("I can pass this on to my supervisor if you prefer.",),
        "when": ("It should be done as soon as possible.",),
        "why": ("There was a problem in our system.",),
        "push": ("I understand your concern, and I can assure you this is our usual way.",),
    },
    close=("Great, I am glad I could help.", "Is there anything else?", "Have a nice day."),
    spare=(
        "As I mentioned, we will take care of it.",
        "I do understand. It is being handled.",
        "Please rest assured that we are doing our best.",
    ),
    most=3,
)

FIXER = Script(
    agenda=(
        ("Okay, here is what we do.|Right, the fix for this is simple.", "specific_solution"),
        ("That is the way to solve it, so I will set it up.|I will put that through.",),
        ("It is being processed.", "timeline"),
        ("This is the best option in your case, so I am going ahead with it.",),
        ("specific_solution",),
    ),
    answers={
        "manager": ("There is no need for that, I can do this for you.",),
        "when": ("timeline",),
        "push": ("It will work.|It works for everybody else.",),
    },
    close=("Done, it is set up.|Good, that is set up now.", "Bye then."),
    spare=(
        "It is set up as I described.",
        "The solution stays the same, and it does solve this.",
        "Everything needed has been entered.",
    ),
    most=2,
)

WALL = Script(
    agenda=(
        (
            "According to our terms and conditions, we are not liable for this.",
            "Please provide your order number and describe the problem.",
        ),
        (
            "Our policy is clear on that.|The rules are the same for everybody.",
            "You should have read the terms before you agreed to them.",
        ),
        ("No, that is not possible.", "You must have done something wrong on your side."),
        ("As I already said, there is nothing I can do.",),
        ("Calm down.", "We cannot make exceptions."),
        ("That is not my department.",),
    ),
    answers={
        "manager": ("No manager will tell you anything else.",),
        "when": ("I cannot tell you that.",),
        "why": ("These things happen.",),
        "insult": ("Watch how you talk to me.",),
    },
    close=("Fine, then.",),
    spare=(
        "The policy is the policy.",
        "I have told you that already.",
        "I cannot help you with that.",
    ),
    most=2,
)

PLEASER = Script(
    agenda=(
        ("Oh no, I am so, so sorry!|Oh dear, I am terribly sorry!", "Really, so sorry about that."),
        ("I am so sorry again.", "We will make it all up to you, I promise."),
        ("Sorry, sorry, I feel terrible.", "You will get everything you want, for free, for ever."),
        ("I am so sorry, I wish I could do more.", "It will be fine soon."),
        ("Again, my deepest apologies.", "I guarantee this will never happen again."),
        ("So sorry. You are completely right about everything.",),
    ),
    answers={
        "manager": ("I am sorry, I am sure somebody will do something.",),
        "when": ("Very soon, I am sure.",),
        "push": ("Sorry, you are right, sorry.",),
    },
    close=("Thank you, thank you, and sorry again!",),
    spare=(
        "I am sorry, truly sorry.",
        "Sorry, I really am.",
        "I cannot say sorry often enough.",
    ),
    most=2,
)
