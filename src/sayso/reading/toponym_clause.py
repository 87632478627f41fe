"""Places of the clause around an event: which hang nearest to its trigger, and which lie in another
clause, behind a verb of saying, or in what a protest is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.knowledge.placewords import ties, words
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg
from sayso.reading.event_kinds import lemmas
from sayso.reading.event_lexicon import classes
from sayso.reading.toponym_sites import Site
from sayso.reading.toponym_steps import REACH, costs_from

IN = frozenset(
    ["in", "at", "near", "inside", "outside", "around", "across", "along", "throughout", "over",
     "off", "within", "on", "beside", "through", "via", "past", "atop", "down", "above"]
)  # fmt: skip
NAMES = ("compound", "nmod", "poss", "amod", "npadvmod", "appos", "nummod")
_AT = frozenset(["in", "at", "on", "near", "inside", "outside", "around"])
_OUT = frozenset(["out", "outside", "inside"])
_PEOPLE = ("person", "office", "agent")


def lift(sentence: Sentence, head: Token, *, country: bool = False) -> Token:
    """The noun phrase's head that the name only specifies: "the town of X", "X province", "Paris,
    Texas" -> the first name; of joined names, the first. The name of a `country` does not specify
    an embassy, a base or a street: those lie elsewhere."""
    for _ in range(6):
        up = sentence.head(head)
        if up.i == head.i:
            return head
        if country and up.lemma in ties().abroad | words().ways:
            return head
        nominal = up.pos in ("NOUN", "PROPN")
        specifies = head.dep in ("compound", "nmod") and (
            up.pos == "PROPN" or up.lemma in words().sites
        )
        if nominal and (specifies or head.dep in ("appos", "conj")):
            head = up
        elif head.dep == "pobj" and up.lower == "of":
            noun = sentence.head(up)
            if noun.i == up.i or noun.lemma not in words().sites | words().countryside:
                return head
            head = noun
        else:
            return head
    return head


def lies_in(sentence: Sentence, name: Token, noun: Token, site: Site) -> bool:
    """True if what a noun stands for lies in the place that is named before it: "a Baghdad cafe",
    "Baghdad's west end", "at a Jerusalem bus stop"; not "a U.S. helicopter", "a U.S. base"."""
    if site.extent == "country" and noun.lemma in ties().abroad | words().ways:
        return False  # nor "in Norvia Street"
    if not words().sites.isdisjoint((noun.lemma, noun.lower)) or noun.lemma in words().parts:
        return True
    if site.extent != "local" or name.dep not in ("compound", "nmod", "amod") or noun.pos != "NOUN":
        return False
    return noun.dep == "pobj" and sentence.head(noun).lower in _AT


def beside(sentence: Sentence, token: Token) -> bool:
    """True for X in "the entrance to X", "the road into X", "north of X": what is said of the noun
    or direction is beside X."""
    prep = sentence.head(token)
    holder = sentence.head(prep)
    if token.dep != "pobj":
        return False
    if prep.lower in ("to", "into"):
        return holder.lemma in words().ways_to
    return prep.lower == "of" and is_direction(sentence, holder)


def is_direction(sentence: Sentence, token: Token) -> bool:
    """True for "north" in "a road north of X"; not in "a mile north of X", which says where the
    place named before lies."""
    if token.dep not in ("advmod", "npadvmod") or token.lower not in words().directions:
        return False
    last = sentence.tokens[token.i - 1]
    apart = last.pos == "PUNCT" or last.ent == "QUANTITY" or last.lower == "away"
    return token.i > 0 and not apart and not sentence.children(token, "npadvmod", "nummod")


def led_up_to(sentence: Sentence, arg: Arg) -> bool:
    """True if a preposition of place leads up to the name, or to the noun that it stands with: "in
    Tarun", "in the capital Tarun", "on Tarun's market district"."""
    token = sentence.span_head(arg.start, arg.end)
    for _ in range(3):
        if token is None or token.dep not in ("pobj", "appos", "compound", "nmod", "poss"):
            return False
        up = sentence.head(token)
        if token.dep == "pobj":
            return up.lower in IN or up.lower in ("toward", "towards", "into")
        if up.lemma not in words().sites:
            return False
        token = up
    return False


def around(sentence: Sentence, trigger: Token, sites: Sequence[Site]) -> list[Site]:
    """The places that hang nearest to the trigger, within REACH."""
    costs = costs_from(sentence, trigger)
    ranked: list[tuple[int, Site]] = []
    for site in sites:
        holder = _holder(sentence, site)
        if holder is not None and holder.i in costs:
            ranked.append((costs[holder.i], site))
    if not ranked:
        return []
    best = min(cost for cost, _ in ranked)
    return [site for cost, site in ranked if cost == best <= REACH]


def of_subject(sentence: Sentence, trigger: Token, sites: Sequence[Site]) -> list[Site]:
    """Where those who act, or are acted on, are: "Militants in Sinai killed …". Only several
    people: one leader "in Sinai" may be anywhere."""
    out = []
    for site in sites:
        prep = sentence.head(lift(sentence, site.head, country=site.extent == "country"))
        people = sentence.head(prep)
        if not _locates(sentence, prep) or people.tag != "NNS":
            continue
        counted = _counted(sentence, people)
        if counted.head == trigger.i and counted.dep in ("nsubj", "nsubjpass"):
            out.append(site)
    return out


def _counted(sentence: Sentence, people: Token) -> Token:
    """What counts them: "hundreds of students", "a crowd of students"; else they themselves."""
    of = sentence.head(people)
    if people.dep != "pobj" or of.lower != "of":
        return people
    count = sentence.head(of)
    return count if count.lemma in ties().counts or count.pos == "NUM" else people


def _holder(sentence: Sentence, site: Site) -> Token | None:
    """The word that a preposition of place ties the name to, or None if none does; for a place
    that is itself attacked or taken, the verb. Leads through "the courtyard of the X hospital"
    and "three towns, including X"."""
    token = lift(sentence, site.head, country=site.extent == "country")
    for _ in range(5):
        up = sentence.head(token)
        if up.i == token.i:
            return None
        if beside(sentence, token):
            token = sentence.head(up)
        elif is_direction(sentence, token):
            if up.pos != "VERB" and up.dep not in ("dobj", "nsubjpass"):
                return _above(sentence, up)
            return up if up.lemma not in ties().taken_away else None
        elif token.dep == "pobj":
            holder = sentence.head(up)
            if holder.lower == "from":
                return None
            if _locates(sentence, up):
                person = holder.lemma in ties().posts and holder.dep not in ("pobj", "agent")
                return None if person or holder.lemma in ties().speech else holder
            if up.lower not in ("of", "including") or holder.pos not in ("NOUN", "PROPN"):
                return None
            if not words().sites.isdisjoint((holder.lemma, holder.lower)):
                token = holder
                continue
            if any(not classes()[c].words.isdisjoint(lemmas(holder)) for c in _PEOPLE):
                return None  # "in support of the governor of X"
            token = holder
        elif token.dep in ("dobj", "nsubjpass"):
            held = up.lower in words().taking | words().entering or up.lemma in words().leaving
            return up if held else None
        elif (token.dep in NAMES and lies_in(sentence, token, up, site)) or (
            token.dep == "prep" and up.pos in ("NOUN", "PROPN")
        ):
            token = up
        else:
            return None
    return None


def _above(sentence: Sentence, noun: Token) -> Token | None:
    """What a noun hangs on by a preposition of place: "on a road north of X"."""
    prep = sentence.head(noun)
    return sentence.head(prep) if noun.dep == "pobj" and _locates(sentence, prep) else None


def _locates(sentence: Sentence, prep: Token) -> bool:
    """True for a preposition of place, "close to", "next to", "the battle for" and "the fall of"
    included."""
    word = prep.lower
    head = sentence.head(prep)
    if word in IN:
        return word != "on" or head.lemma not in ties().talks
    if word == "into":
        return head.lemma in ties().striking  # "drove a car into a cafe", not "a road into X"
    if word == "to":
        return head.lower in ("close", "next", "adjacent")
    if word == "for":
        return head.lemma in ties().fights
    return word == "of" and (head.lemma in ties().done_to or head.lower in _OUT)
