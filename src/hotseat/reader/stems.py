"""Words brought to their stem, and what kind of word they are. English only."""

from __future__ import annotations

import re
from functools import lru_cache


def words(text: str) -> frozenset[str]:
    """A set of words, written with blanks between them."""
    return frozenset(text.split())


_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am",
        "have": "has had having",
        "do": "does did done doing",
        "go": "went gone goes going",
        "get": "got gotten getting",
        "give": "gave given giving",
        "make": "made making",
        "take": "took taken taking",
        "send": "sent",
        "pay": "paid payed",
        "bring": "brought",
        "buy": "bought",
        "keep": "kept",
        "find": "found",
        "tell": "told",
        "say": "said says",
        "write": "wrote written writing",
        "speak": "spoke spoken",
        "come": "came coming",
        "know": "knew known",
        "lose": "lost losing",
        "leave": "left leaving",
        "hear": "heard",
        "feel": "felt",
        "break": "broke broken",
        "throw": "threw thrown",
        "see": "saw seen seeing",
        "hold": "held",
        "ring": "rang rung",
        "stand": "stood",
        "think": "thought",
        "mean": "meant",
        "wear": "wore worn",
        "choose": "chose chosen choosing",
        "forget": "forgot forgotten",
        "use": "used using",
        "miss": "missed",
        "cry": "cried cries",
        "try": "tried tries",
        "marry": "married marries",
        "sell": "sold",
        "spend": "spent",
        "begin": "began begun",
        "show": "shown",
        "fall": "fell fallen",
        "hurt": "hurting",
        "suite": "suites suite",
        "note": "notes noted noting",
        "here": "",
    }.items()
    for form in (*forms.split(), base, base if len(base) < 4 else base.removesuffix("e"))
    if form not in ("not", "her")
}
"""Every form to its base. A base stands for itself, so that all its forms meet in one stem; note
and here keep their e, which tells them from not and her."""

_STOP = words(
    """a about again all also am an and any anybody anyone anything are as at back be because been
    before being but by can cannot cant come could couldnt did didnt do does doesnt doing
    dont down else even ever every everything for from get give go good got had has hasnt
    have havent he hello her here hers hey hi him his hm how i id if ill im in into is isnt
    it its ive just know less let like look make many may maybe me mean might mine more most
    much must my need never new next no nobody none nor not nothing now of off oh ok okay on
    once one only or other our ours out over own people please put quite really right said
    same say see shall she should shouldnt so some someone something soon still such sure
    take tell than thank that thats the their them then there these they thing think this
    those though through time to today too until up us use very want was way we well were
    what when where which while who whom whose why will wish with without wont word would
    wouldnt yeah yes yet you your youre yours yourself anyway actually already alright fine
    issue problem case customer order work matter help check sorry thing lot kind bit course
    understand side clear please"""
)

_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)$")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The stem of a word in lower case: endings of number, tense and person taken off."""
    word = word.removesuffix("'s").replace("'", "")
    if word[:1].isdigit():
        return _ORDINAL.sub("", word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ied") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("ing") and len(word) > 5 and re.search(r"[aeiouy]", word[:-3]):
        word = _single(word[:-3])
    elif word.endswith("ed") and len(word) > 4 and re.search(r"[aeiouy][^e]", word[:-2]):
        word = _single(word[:-2])
    if word.endswith("ll") and len(word) > 5:
        word = word[:-1]
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return _IRREGULAR.get(word, word)


def _single(word: str) -> str:
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsfz"
    return word[:-1] if doubled else word


def is_content(stemmed: str) -> bool:
    """Whether a stem says something about a case: a number, or a word that is not filler."""
    if stemmed[0].isdigit():
        return True
    return len(stemmed) > 2 and stemmed not in _STOP_STEMS


_STOP_STEMS = _STOP | {stem(word) for word in _STOP}


def says_no(word: str) -> bool:
    """Whether a stem is a negator, such as not, no or cannot."""
    return word in _NEGATORS


def stems(text: str) -> frozenset[str]:
    """The stems of words written with blanks between them, to look single words up in."""
    return frozenset(stem(word) for word in text.split())


_NEGATORS = stems(
    """not no never cannot cant nor neither without nobody nothing none unable wont dont doesnt
    didnt isnt arent wasnt werent wouldnt couldnt shouldnt havent hasnt hadnt aint impossible
    refuse nowhere"""
)
