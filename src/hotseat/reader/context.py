"""Where the conversation stands when the trainee answers: what the customer's last line raised,
what was told and said before, and whose fault it is. Everything a criterion needs to know whether
it is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from hotseat.domain import Fault, Policy, Transcript
from hotseat.reader import authority, customer_words
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.offers import concrete
from hotseat.reader.stems import words
from hotseat.reader.words import Passage, Span, content, parse

_CAPS = re.compile(r"\b[A-Z]{3,}\b")
_PLAIN_CAPITALS = words(customer_words.PLAIN_CAPITALS)
_OTHERS = words("i im it its like sorry")
"""Before a bad name, these say that it is not for the trainee: "like a thief", "it's stupid"."""
_A_FEW = 2
_DWELLS = 14
_CONTRASTS = words("but still only even instead however too")
_BARE = 2
"""A sentence of so few words with a when in it asks for a time."""


@dataclass(frozen=True)
class Context:
    """The transcript before a trainee turn, with the scenario's fault and policy."""

    fault: Fault
    policy: Policy | None
    last: Passage
    """What the customer has said since the trainee's previous turn."""
    customer: tuple[Passage, ...]
    """Every customer turn, oldest first."""
    trainee: tuple[Passage, ...]
    """Every earlier trainee turn, oldest first."""

    @property
    def number(self) -> int:
        """Which trainee turn this is, from 1."""
        return len(self.trainee) + 1

    @cached_property
    def case(self) -> frozenset[str]:
        """The content words the customer has used so far."""
        return frozenset[str]().union(*(content(p) for p in self.customer))

    @cached_property
    def named(self) -> frozenset[str]:
        """The content words of the customer's last line."""
        return content(self.last)

    @cached_property
    def policy_words(self) -> Passage:
        """The policy's text; empty where there is none."""
        return parse(self.policy.text if self.policy else "")

    @cached_property
    def deciders(self) -> tuple[str, ...]:
        """The stems of who decides about more: whom the case goes to, and every name in policy."""
        chosen = self.policy.escalates_to if self.policy else None
        return authority.people(self.policy_words, chosen or "")

    @cached_property
    def offices(self) -> frozenset[tuple[str, str]]:
        """The offices to which policy leaves a thing ("more credit: regional office", "the exam
        board only"), each as the word before it and its noun."""
        return authority.offices(self.policy_words)

    def deciders_in(self, said: frozenset[str]) -> bool:
        """Whether any of these stems names who decides about more."""
        return not said.isdisjoint(self.deciders)

    @cached_property
    def emotion(self) -> float:
        """How much feeling the last line shows: 0 none, 1 clear, more is stronger."""
        raw, score = self.last.raw, 0.0
        score += min(2, raw.count("!")) * 0.5 + (1.0 if "?!" in raw or "??" in raw else 0)
        score += 1.0 if self.trainee and self.throws_back else 0
        caps = [word for word in _CAPS.findall(raw) if word not in _PLAIN_CAPITALS]
        score += min(2, len(caps)) * 0.5
        score += 1.0 if spot(customer_words.CUSTOMER_FEELS, self.last, even_negated=True) else 0
        score += 1.0 if spot(customer_words.CUSTOMER_STINGS, self.last, even_negated=True) else 0
        return score + (1.0 if self.insults else 0)

    @cached_property
    def upset(self) -> bool:
        """Whether any line so far has shown feeling."""
        feels = (*customer_words.CUSTOMER_FEELS, *customer_words.CUSTOMER_STINGS)
        return self.emotion >= 1 or any(
            "!" in p.raw or spot(feels, p, even_negated=True) for p in self.customer
        )

    @cached_property
    def feels(self) -> bool:
        """Whether a feeling is to be met: who brings a complaint has one, and so has who goes on
        about it at some length, even while agreeing, unless they only thank or accept."""
        if not self.trainee:
            return True
        thanks = spot(customer_words.CONTENT, self.last) and not (self.last.asks or self._contrasts)
        dwells = len(self.last.tokens) >= _DWELLS and not thanks
        return (self.emotion >= 0.5 or dwells) and not self.accepts

    @cached_property
    def insults(self) -> bool:
        """Whether the customer insults."""
        last = self.last
        return any(
            _OTHERS.isdisjoint(last.stems((max(last.clause_at(a)[0], a - 3), a)))
            for a, _ in spot_all(customer_words.INSULTS, last, even_negated=True)
        )

    @cached_property
    def heated(self) -> bool:
        """Whether the customer insults or shouts."""
        shouted = [word for word in _CAPS.findall(self.last.raw) if word not in _PLAIN_CAPITALS]
        return self.insults or bool(shouted) or "!" in self.last.raw

    @cached_property
    def threatens(self) -> bool:
        """Whether the customer threatens with consequences."""
        return spot(customer_words.CUSTOMER_THREATS, self.last) is not None

    @cached_property
    def wants_manager(self) -> bool:
        """Whether the customer asks for somebody with authority."""
        return spot(customer_words.WANTS_MANAGER, self.last, even_negated=True) is not None

    @cached_property
    def asks_why(self) -> bool:
        """Whether the customer asks for the cause."""
        doubts = {a for a, _ in spot_all(customer_words.DOUBTS_WHY, self.last, even_negated=True)}
        asked = spot_all(customer_words.ASKS_WHY, self.last, even_negated=True)
        if any(span[0] not in doubts and not self._trails_off(span) for span in asked):
            return True
        told = spot_all(customer_words.ASKS_HOW_IT_CAME, self.last, even_negated=True)
        return any(self.last.sentence_at(span[0]).asks for span in told)

    def _trails_off(self, why: Span) -> bool:
        """Whether a why or a what comes last in a statement, or is of what lies ahead ("what
        happens now")."""
        sentence = self.last.sentence_at(why[0])
        ahead = "happens" in self.last.text((why[0], why[1])).split()
        return ahead or (not sentence.asks and why[1] == sentence.last > sentence.first + 3)

    @cached_property
    def asks_when(self) -> bool:
        """Whether the customer asks for a time."""
        if spot(customer_words.ASKS_WHEN, self.last, even_negated=True):
            return True
        asked = (s for s in self.last.sentences if s.last - s.first <= _BARE)
        return any("when" in self.last.stems((s.first, s.last)) for s in asked)

    @cached_property
    def asks_who(self) -> bool:
        """Whether the customer asks for a person."""
        return spot(customer_words.ASKS_WHO, self.last, even_negated=True) is not None

    @cached_property
    def demands(self) -> bool:
        """Whether the customer asks for something to be done."""
        return spot(customer_words.DEMANDS, self.last, even_negated=True) is not None

    @cached_property
    def unheard(self) -> bool:
        """Whether the customer says they were not listened to."""
        return spot(customer_words.UNHEARD, self.last, even_negated=True) is not None

    @cached_property
    def retold(self) -> bool:
        """Whether the customer has complained about telling it again."""
        return self.unheard or any(
            spot(customer_words.RETOLD, p, even_negated=True) for p in self.customer
        )

    @cached_property
    def offered(self) -> bool:
        """Whether an earlier trainee turn proposed something."""
        return any(concrete(p) for p in self.trainee)

    @cached_property
    def pushed_back(self) -> bool:
        """Whether the customer's last line resists what was proposed or said."""
        if not self.trainee:
            return False
        resists = spot(customer_words.PUSHBACK, self.last, even_negated=True) is not None
        return resists or self.throws_back

    @cached_property
    def resists(self) -> bool:
        """Whether the last line is not content with what was just put forward: it pushes back, it
        takes up words of the offer with a no, a but or a question, or it says no with feeling or
        asks for something else."""
        if self.pushed_back:
            return True
        made = concrete(self.trainee[-1]) if self.trainee else []
        if not made or self.picks:
            return False
        no = any(self.last.negated)
        offered = frozenset[str]().union(*(content(self.trainee[-1], o.span) for o in made))
        told = frozenset[str]().union(*(content(p) for p in self.customer[:-1]))
        if (offered - told) & self.named and (no or self.last.asks or self._contrasts):
            return True
        return not self.settles and (self.emotion >= 1 or self.demands)

    @cached_property
    def picks(self) -> bool:
        """Whether the last line opens by choosing or answering in a few words ("Card. The 18th
        then.", "Home, Friday noon is ok") and goes on without a but."""
        opening = self.last.sentences[0] if self.last.sentences else None
        if opening is None or opening.asks or opening.last - opening.first > _A_FEW:
            return False
        feels = spot(customer_words.CUSTOMER_FEELS, self.last)
        if feels and feels[0] < opening.last:
            return False
        return not (self._contrasts or self.last.negated[opening.first] or self.throws_back)

    @cached_property
    def welcomes(self) -> bool:
        """Whether the last line opens by agreeing, or by choosing."""
        agrees = spot(customer_words.AGREES, self.last)
        opening = self.last.sentences[0] if agrees else None
        agreed = opening and agrees and agrees[0] < opening.last and not opening.asks
        return self.picks or bool(agreed)

    @property
    def _contrasts(self) -> bool:
        return not _CONTRASTS.isdisjoint(self.last.folded.split())

    @cached_property
    def throws_back(self) -> bool:
        """Whether the customer opens by throwing the trainee's own word back: 'Soon'. 64?"""
        opening = self.last.sentences[0] if self.last.sentences else None
        if opening is None or not self.trainee or opening.last - opening.first > 4:
            return False
        start = self.last.tokens[opening.first].start
        quoted = start > 0 and self.last.folded[start - 1] in "'\""
        own = set(self.trainee[-1].places)
        said = self.last.stems((opening.first, opening.last))
        return (opening.asks or quoted) and any(w in own and len(w) > 1 for w in said)

    @cached_property
    def settles(self) -> bool:
        """Whether the customer's last line agrees, and so may be the last."""
        return spot(customer_words.AGREES, self.last) is not None

    @cached_property
    def recaps(self) -> bool:
        """Whether what was said may be said again: a summary was asked for, or they accepted."""
        asked = spot(customer_words.ASKS_SUMMARY, self.last, even_negated=True)
        calm = self.settles and not self.pushed_back and self.emotion < 1
        return asked is not None or calm or self.accepts

    @cached_property
    def accepts(self) -> bool:
        """Whether the last line takes up an offer, without a feeling, a doubt or a question."""
        doubts = (*customer_words.CUSTOMER_FEELS, *customer_words.PUSHBACK)
        return (
            self.offered
            and not (self.last.asks or self.insults)
            and spot(customer_words.ACCEPTS, self.last) is not None
            and spot(doubts, self.last, even_negated=True) is None
        )

    @cached_property
    def told(self) -> frozenset[str]:
        """Content words of the trainee's earlier turns."""
        return frozenset[str]().union(*(content(p) for p in self.trainee))


def context(after: Transcript, fault: Fault, policy: Policy | None) -> Context:
    """The context of the next trainee turn after this transcript."""
    last: list[str] = []
    for turn in reversed(after):
        if turn.speaker == "trainee":
            break
        last.append(turn.text)
    return Context(
        fault=fault,
        policy=policy,
        last=parse("\n".join(reversed(last))),
        customer=tuple(parse(t.text) for t in after if t.speaker == "customer"),
        trainee=tuple(parse(t.text) for t in after if t.speaker == "trainee"),
    )
