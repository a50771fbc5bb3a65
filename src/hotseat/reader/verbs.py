"""The vocabulary of doing something for a customer, as stems: what is done, with what, by whom.
Data only."""

from __future__ import annotations

import re
from typing import Literal

from hotseat.reader.stems import stems, words

Kind = Literal["done", "will", "can"]

ACTIONS = stems(
    """refund send resend replace book rebook correct waive call ring credit exchange swap deliver
    redeliver collect reship ship open release close attach cancel transfer repair fix arrange order
    reserve move add put pass escalate file block remove restore reconnect restart reactivate
    activate upgrade email mail text message write confirm pay repay reimburse return pick extend
    set reset change update register log unlock lock assign hand give match lower reduce deduct drop
    apply issue start reverse submit install schedule dispatch track keep cap freeze deposit print
    post report switch double cover grant approve bring take forward match resubmit reopen
    carry end save organise organize reprint reissue redo mend fetch lend halve scrap reroute
    rearrange reassign relabel rewrite remake prepare"""
)
GOODS = stems(
    """refund money credit courier technician replacement router voucher parcel package bag suitcase
    transfer payment claim ticket tickets seat appointment discount upgrade advance carpenter driver
    engineer amount copy decision answer receipt card sofa balance deposit account flight room order
    delivery pickup collection repair exchange reshipment shipment compensation internet line
    service difference bill contract label email fee charge price night item train bike laptop phone
    meal table key code link report slot van plumber adjuster inspector visit photo cup cheque
    unit"""
)
MOVES = stems(
    """go come leave arrive land reach send reserve credit pay release attach remove deliver refund
    collect cancel close correct start restart save add pick call text mail email write fix return
    waive reverse answer confirm bring show fetch decide book repair replace transfer cover lift
    measure ask look compare review inspect hand
    warm pass receive file run begin switch move visit install hold check handle phone credit lend
    take drive open start ring phone message"""
)
WILLS = words("will hell shell theyll itll thatll")
"""A will, also where it is short for one: "she'll ring"."""
THIRD = words("he she they")
OTHER = words("also other another")
GIVING = stems("get have take keep choose receive")
DOING = stems("move stay return swap pay fetch collect pick")
CONTACTS = stems("ring call write mail email text message contact answer")
TELLING = stems("when after while since because before why how what that which who as like")
WONDERING = frozenset({"how", "what", "when", "where", "why", "who"})
PROPOSES = frozenset({"do", "go", "offer", "come"})
ANDS = frozenset({"and", "so", "but", "then", "that", "what", "when", "because"})
FEW = stems("two three")
WE = frozenset({"i", "we", "ill", "ive", "im", "weve", "id"})
AHEAD = words("will ll can may going")
HALTS = stems("block close cancel drop delay swap switch stop end keep put set hold move change")
"""Done to the customer as well as for them: a bare passive of these promises nothing."""
TALK = stems("chat conversation talk")
"""To end one of these does nothing for the customer."""
NO_REPORT = words(
    "like as when consider what i we you if not the once after i'm i've they he she nobody somebody"
)
STANDS = words("is are has have")
VAGUE_SUBJECTS = stems("it that this there what which because since everything all things")
READY = words("open on off in back free live active ready through")
MAKES = stems("make build clean prepare produce")
ENDS_THERE = ((), ("your",), ("now",), ("again",))
"""After an on or an in: it stands there to stay ("the lock is on", "is in your account")."""
IFFY = words("would could should i'd we'd must might need want")
OBJECTS = stems("you your it them him her this that the")
STATES = stems(
    """be have know see understand think believe want need hope wish mean hear feel like love agree
    guess suppose regret apologise apologize thank appreciate doubt remember fear wonder imagine say
    tell do get come go live sit stand read notice realise realize recognise recognize hold accept
    promise swear assure guarantee admit trust expect prefer happen seem look wait stay keep work
    only not always never often usually understand blame excuse explain speak talk mind care forget
    become let very also too bet find deeply really truly fully completely totally"""
)
VAGUE = stems("help check look assist investigate try work handle sort ask")
SKIPS = stems(
    """will can could may have be just also then now would going to already at once today it you
    that this the a your right gladly personally immediately directly still even both let
    do get like as so please and here tomorrow tonight first want both them
    either only of course certainly definitely absolutely"""
) | {"ll", "me"}
SUPPOSES = re.compile(r"\b(?:in your (?:place|shoes|position)|if i were you)\b")
VERBS = re.compile(
    r"'|\b(?:i|you|we|he|she|it|they|there|is|are|be|has|have|do|does|will|can|could|would|may"
    r"|not|no|lost|missing|wrong)\b"
)
THE = stems("a an the this that our your")
FREE = stems("free half nothing")
STILL = stems("be make cost")
"""With these, a figure and a time tell how things stand."""
COUNTS = stems("a an one two three four five six seven eight nine ten") | words(
    "11 12 13 14 15 16 17 18 19 20 24 30 48 72"
)
LASTS = words("days weeks hours months minutes nights years")
LOOKS = stems("check look compare review inspect handle hold ask measure")
"""Done with no result yet: a passive of these promises nothing."""
_A_THING = r"(?:an?|another|the|your|our|my|one|all|both|half|\d[\d.,]*)"
ON_TERMS = re.compile(
    r"\b(?:only|if|when|unless|once|how|why|what|who|which|because|you|was|were)\b"
)
"""With these, what can be done is a rule or a tale."""
PASSIVE = re.compile(
    r"(?P<how>\b(?:can|could|will|may)|'ll) (?:also |still |then |both |even )?be (?:\w+ly )?"
    r"(?P<verb>made|\w{2,}(?:ed|t|d|n|k))\b"
)
ABLE = re.compile(
    rf"^(?:(?:and|so|or|but|then|also) )*{_A_THING} (?:[\w-]+ ){{1,3}}(?:can|could) (?:also )?"
    r"(?:come|go|bring|deliver|fit|fix|repair|fetch|collect|drive|replace|install|visit|print"
    r"|make|build|take|carry|swap|be (?:there|with|at|in your))\b(?! (?:up|from|time|place|place))"
)
GOES = re.compile(
    rf"^(?:(?:and|so|or|but|then|also|either) )*(?:{_A_THING} (?:[\w-]+ ){{0,3}}|\d[\d.,]* "
    r"(?:[\w-]+ )?)(?:goes|go|comes|come|arrives|lands|travels|flies|returns)"
    r" (?:straight |right |all |both )?"
    r"(?:back|to (?:the|your|you)|on(?:to)? your|into your|by (?:post|mail|courier)|out|with|free"
    r"|shortly|soon|today|tonight|tomorrow|now|off)\b"
)
COSTS_NOTHING = re.compile(
    r"\b(?:costs? (?:you )?nothing|at no (?:extra )?(?:cost|charge)"
    r"|at our (?:own )?(?:cost|expense)"
    r"|(?<!is )(?<!are )(?:for free|free of charge))\b"
)
OPENING = stems("a an the your one two new full free and or your money loan this best")
OPENS_TO = stems("where for that at free")
REMEDIES = stems(
    """refund money replacement courier credit voucher technician engineer exchange discount unit
    surveyor room router upgrade repair pickup collection seat van copy"""
)
LINKS = stems("a the your by at on in from for until to with or and back free before within")
SHORT = 7
"""Below these many words a deed without a subject is a report ("Refunded today.")."""
BRIEF = 5
"""Words up to which a bare sum says what the customer gets."""
