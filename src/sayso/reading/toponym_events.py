"""Which of the places a sentence names belongs to which of its events.

By syntax: a place that hangs on the trigger by a preposition ("clashes in Atarib", "withdrew from
Atarib to Afrin"), as its object ("captured Atarib") or as its modifier ("the Atarib bombing"); else
the place of the clause around it, nearest first. A demonym is never the place of an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sayso.knowledge.placewords import ties, words
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg
from sayso.reading.draft import Draft
from sayso.reading.toponym_carry import carried
from sayso.reading.toponym_clause import (
    IN,
    NAMES,
    around,
    beside,
    is_direction,
    lies_in,
    lift,
    of_subject,
)
from sayso.reading.toponym_sites import Site, sites_of

Role = Literal["place", "origin", "destination"]

_FROM = frozenset(["from", "out"])
_TO = frozenset(["to", "into", "toward", "towards", "onto", "for"])
_ON = frozenset(["on", "against", "of", "upon"])
_NEIGHBOURING = frozenset(["neighbouring", "neighboring", "bordering"])


def places_of_event(draft: Draft, sentence: Sentence, trigger: Token) -> dict[Role, list[Arg]]:
    """The places of the event whose trigger is that token of the sentence, by role, each in text
    order; roles without a place are left out. {} if the sentence ties no place to it."""
    sites = sites_of(draft, sentence)
    out: dict[Role, list[Arg]] = {}
    if not sites:
        on = carried(draft, sentence, trigger)
        return {"place": on} if on else out
    found = [(role, s) for s in sites if (role := _direct(sentence, trigger, s)) is not None]
    if not found:
        nearest = around(sentence, trigger, sites) or of_subject(sentence, trigger, sites)
        found = [("place", s) for s in nearest]
    elif all(s.extent != "local" for _, s in found):
        inner = [s for s in sites if any(_inside(draft, s, wide) for _, wide in found)]
        found += [
            ("place", s) for s in around(sentence, trigger, inner)
        ]  # "fighting in the town of X, in Y province"
    found += [(role, s) for role, u in found for s in _around_unknown(sentence, u, sites)]
    for role, site in found:
        out.setdefault(role, []).append(site.arg)
    return out


def _inside(draft: Draft, site: Site, wide: Site) -> bool:
    """True for a town, or a name nobody knows, that may lie in a province or country."""
    if site.extent != "local":
        return False
    inner, outer = draft.entity(site.arg.entity), draft.entity(wide.arg.entity)
    if inner is None or outer is None or not inner.country or not outer.country:
        return True
    same = inner.country == outer.country
    if outer.feature_code == "ADM1" and inner.admin1_code and outer.admin1_code:
        return same and inner.admin1_code == outer.admin1_code
    return same


def _around_unknown(sentence: Sentence, unknown: Site, sites: Sequence[Site]) -> list[Site]:
    """The known places that a name which no gazetteer knows is said to lie in: "at the Qarvel
    Hospital in Tarun"."""
    if unknown.arg.entity is not None:
        return []
    return [
        s
        for s in sites
        if s.arg.entity is not None
        and (token := lift(sentence, s.head)).dep == "pobj"
        and (prep := sentence.head(token)).lower in IN
        and prep.head == unknown.head.i
    ]


def _direct(sentence: Sentence, trigger: Token, site: Site) -> Role | None:
    """The role of a place that hangs on the trigger itself, or None."""
    head = site.head
    if head.lower == "there":
        at = sentence.head(head)
        near = at.i == trigger.i or (at.head == trigger.i and at.dep in ("dobj", "nsubjpass"))
        return "place" if near else None
    token = lift(sentence, head, country=site.extent == "country")
    for _ in range(6):
        up = sentence.head(token)
        if up.i == token.i:
            return None
        if up.i == trigger.i:
            return _hangs(
                token, trigger, named=token.i == head.i, known=site.arg.entity is not None
            )
        if token.dep in NAMES:
            if not lies_in(sentence, token, up, site):
                return None
        elif beside(sentence, token):
            token = sentence.head(up)
            continue
        elif is_direction(sentence, token):
            if up.pos == "VERB":
                return None
        elif token.dep == "dobj" and up.dep == "pcomp" and up.lower in _NEIGHBOURING:
            pass  # "in neighbouring X", which the parser takes for a verb
        elif token.dep in ("pobj", "pcomp"):
            holder = sentence.head(up)
            if up.lower in IN and holder.lower == "from":
                return None  # "Kurds from across Europe"
            if holder.i == trigger.i or _light(sentence, holder, trigger):
                return _by_preposition(up, trigger)
            if holder.lemma in ties().posts:
                return None
            inner = _of_object(sentence, holder, trigger)
            if up.lower == "of" and holder.pos == "PROPN":
                return None  # "John Doe of Lomas"
            return "place" if inner and up.lower in IN | {"of", "on"} else None
        elif token.dep != "conj":
            return None
        token = up
    return None


def _for_places(token: Token, trigger: Token) -> bool:
    """True if an unknown name under that trigger is a place's, not a person's."""
    site = token.lower in words().sites | words().named_kinds
    return site or trigger.lower in words().entering


def _hangs(token: Token, trigger: Token, *, named: bool, known: bool) -> Role | None:
    """The role of a direct dependant that is a place or, if not `named`, lies in one."""
    if token.lower in words().directions:
        return "place"  # "went off south of Tarun"
    told = token.dep == "attr" and trigger.tag == "VBN"  # "also bombed was the town"
    if token.dep in ("dobj", "nsubjpass") or told:
        if not known and not _for_places(token, trigger):
            return None
        if trigger.lemma in ties().leave:
            return "origin" if named else None
        return "destination" if trigger.lemma in ties().reach else "place"
    if token.dep in NAMES and trigger.pos in ("NOUN", "PROPN"):
        return "place" if token.dep != "poss" or trigger.lemma in ties().done_to else None
    return "place" if token.dep == "npadvmod" and token.i > trigger.i else None


def _by_preposition(prep: Token, trigger: Token) -> Role | None:
    word = prep.lower
    if word in _FROM:
        return "origin"
    if word in _TO:
        return "destination" if word != "for" or trigger.lemma in ties().move else None
    if word == "against" and trigger.lemma in ties().reactions:
        return None  # "demonstrated against the Tarun Round"
    if word == "on" and trigger.lemma in ties().talks:
        return None  # "talks on Norvia"
    return "place" if word in IN | _ON else None


def _light(sentence: Sentence, holder: Token, trigger: Token) -> bool:
    """True for the verb that carries an event noun: "launched an attack in X"."""
    carried = trigger.dep in ("dobj", "nsubj", "nsubjpass", "attr") and trigger.pos == "NOUN"
    return carried and holder.i == trigger.head and holder.lemma not in ties().speech


def _of_object(sentence: Sentence, holder: Token, trigger: Token) -> bool:
    """True if the noun that carries the place is an object of the trigger, or stands in a phrase
    that hangs on it: "shelled a house in X", "killed in an ambush in X"."""
    reaction = trigger.lemma in ties().reactions
    if holder.head == trigger.i:
        return not reaction and holder.dep in ("dobj", "nsubjpass", "nsubj", "attr", "oprd")
    up = sentence.head(holder)
    if holder.dep != "pobj" or up.head != trigger.i:
        return False
    return up.lower in IN if reaction else up.lower not in ("with", "than", "like")
