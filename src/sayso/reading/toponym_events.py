"""Which of the places a sentence names belongs to which of its events.

By syntax: a place that hangs on the trigger by a preposition ("clashes in Atarib", "withdrew from
Atarib to Afrin"), as its object ("captured Atarib") or as its modifier ("the Atarib bombing"); else
the place of the clause around it, nearest first. A demonym is never the place of an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.knowledge.placewords import words
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Arg, Mention
from sayso.reading.draft import Draft
from sayso.reading.toponym_anaphora import taken_up_words
from sayso.reading.toponym_index import place_mentions

Role = Literal["place", "origin", "destination"]

_IN = frozenset(
    ["in", "at", "near", "inside", "outside", "around", "across", "along", "throughout", "over",
     "off", "within", "on", "between", "beside", "amid", "through", "via", "past", "atop"]
)  # fmt: skip
_FROM = frozenset(["from", "out"])
_TO = frozenset(["to", "into", "toward", "towards", "onto", "for"])
_ON = frozenset(["on", "against", "of", "upon"])
_LEAVE = frozenset(["leave", "flee", "evacuate", "abandon", "quit", "depart", "vacate"])
_REACH = frozenset(["reach", "enter", "approach", "invade"])
_MOVE = frozenset(
    ["withdraw", "retreat", "flee", "move", "go", "travel", "deploy", "send", "return", "transfer",
     "march", "advance", "evacuate", "head", "come", "arrive", "cross", "escape", "pull", "drive",
     "fly", "bring", "take", "ship", "dispatch", "leave", "withdrawal", "flight", "deployment",
     "transfer", "return", "evacuation", "run", "relocate", "push", "infiltrate"]
)  # fmt: skip
_NAMES = ("compound", "nmod", "poss", "amod", "npadvmod", "appos", "nummod")
_CLAUSES = frozenset(["advcl", "relcl", "acl", "ccomp", "conj", "xcomp", "parataxis", "pcomp"])
_SPEECH = frozenset(
    ["say", "tell", "report", "announce", "add", "claim", "state", "confirm", "warn", "note"]
)


_APART = frozenset(["before", "since", "although", "though", "whereas", "until", "unless", "if"])
_ABROAD = frozenset(["embassy", "consulate", "base", "station", "court", "headquarters"])
_PERSON_NOUNS = frozenset(
    ["leader", "commander", "chief", "emir", "official", "spokesman", "spokeswoman", "ambassador",
     "minister", "president", "governor", "representative", "correspondent", "source", "activist",
     "coach", "director", "soldier", "troop", "force", "rebel", "militant", "fighter", "resident"]
)  # fmt: skip
_TOPIC = frozenset(
    ["against", "over", "about", "for", "with", "since", "despite", "after", "before"]
)
_DONE_TO = frozenset(
    ["capture", "fall", "bombing", "shelling", "siege", "liberation", "destruction"]
)
REACH = 5


@dataclass(frozen=True, slots=True)
class _Site:
    """A place with its syntactic head."""

    arg: Arg
    head: Token


def places_of_event(draft: Draft, sentence: Sentence, trigger: Token) -> dict[Role, list[Arg]]:
    """The places of the event whose trigger is that token of the sentence, by role, each in text
    order; roles without a place are left out. {} if the sentence ties no place to it."""
    sites = _sites(draft, sentence)
    out: dict[Role, list[Arg]] = {}
    if not sites:
        return out
    found = [(role, s) for s in sites if (role := _direct(sentence, trigger, s.head)) is not None]
    if not found:
        found = [("place", s) for s in _around(sentence, trigger, sites)]
    for role, site in found:
        out.setdefault(role, []).append(site.arg)
    return out


def _arg(mention: Mention) -> Arg:
    return Arg(
        start=mention.start,
        end=mention.end,
        exact=mention.exact,
        entity=mention.entity,
        precision=mention.precision,
        relation=mention.relation,
        radius_km=mention.radius_km,
    )


def _sites(draft: Draft, sentence: Sentence) -> list[_Site]:
    """The place mentions of the sentence: the longest of those that overlap, no demonyms, a name
    with what holds it ("Paris, Texas") once."""
    found = place_mentions(draft, sentence.start, sentence.end)
    found.sort(key=lambda m: (m.start - m.end, m.start))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= k.start or k.end <= mention.start for k in kept):
            kept.append(mention)
    out = []
    for mention in sorted(kept, key=lambda m: m.start):
        head = sentence.span_head(mention.start, mention.end)
        if head is not None:
            out.append(_Site(_arg(mention), head))
    return [*out, *(_Site(arg, head) for arg, head in taken_up_words(draft, sentence))]


def _lift(sentence: Sentence, head: Token) -> Token:
    """The noun phrase's head that the name only specifies: "the town of X", "X province", "Paris,
    Texas" -> the first name; of joined names, the first."""
    for _ in range(6):
        up = sentence.head(head)
        if up.i == head.i:
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


def _direct(sentence: Sentence, trigger: Token, head: Token) -> Role | None:
    """The role of a place that hangs on the trigger itself, or None."""
    token = _lift(sentence, head)
    for _ in range(6):
        up = sentence.head(token)
        if up.i == token.i:
            return None
        if up.i == trigger.i:
            return _hangs(token, trigger, named=token.i == head.i)
        if token.dep in _NAMES:
            # "a Baghdad cafe" is in Baghdad; "a U.S. helicopter", "a U.S. base" in no U.S.
            if up.lemma not in words().sites or up.lemma in _ABROAD:
                return None
        elif token.dep in ("pobj", "pcomp"):
            holder = sentence.head(up)
            if holder.i == trigger.i or _light(sentence, holder, trigger):
                return _by_preposition(up, trigger)
            if holder.lemma in _PERSON_NOUNS:
                return None
            inner = _of_object(sentence, holder, trigger)
            return "place" if inner and up.lower in _IN | {"of", "on"} else None
        elif token.dep != "conj":
            return None
        token = up
    return None


def _hangs(token: Token, trigger: Token, *, named: bool) -> Role | None:
    """The role of a direct dependant that is a place or, if not `named`, lies in one."""
    if token.dep in ("dobj", "nsubjpass"):
        if trigger.lemma in _LEAVE:
            return "origin" if named else None
        return "destination" if trigger.lemma in _REACH else "place"
    if token.dep in _NAMES and trigger.pos in ("NOUN", "PROPN"):
        return "place" if token.dep != "poss" or trigger.lemma in _DONE_TO else None
    return "place" if token.dep == "npadvmod" else None


def _by_preposition(prep: Token, trigger: Token) -> Role | None:
    word = prep.lower
    if word in _FROM:
        return "origin"
    if word in _TO:
        return "destination" if word != "for" or trigger.lemma in _MOVE else None
    return "place" if word in _IN | _ON else None


def _light(sentence: Sentence, holder: Token, trigger: Token) -> bool:
    """True for the verb that carries an event noun: "launched an attack in X"."""
    carried = trigger.dep in ("dobj", "nsubj", "nsubjpass", "attr") and trigger.pos == "NOUN"
    return carried and holder.i == trigger.head and holder.lemma not in _SPEECH


def _of_object(sentence: Sentence, holder: Token, trigger: Token) -> bool:
    """True if the noun that carries the place is an object of the trigger, or stands in a phrase
    that hangs on it: "shelled a house in X", "killed in an ambush in X"."""
    if holder.head == trigger.i:
        return holder.dep in ("dobj", "nsubjpass", "nsubj", "attr", "oprd")
    up = sentence.head(holder)
    return (
        holder.dep == "pobj" and up.head == trigger.i and up.lower not in ("with", "than", "like")
    )


# -- the clause around -----------------------------------------------------------------------------


def _around(sentence: Sentence, trigger: Token, sites: Sequence[_Site]) -> list[_Site]:
    """The places that hang nearest to the trigger, within REACH."""
    costs = _costs(sentence, trigger)
    ranked: list[tuple[int, _Site]] = []
    for site in sites:
        holder = _holder(sentence, site.head)
        if holder is not None and holder.i in costs:
            ranked.append((costs[holder.i], site))
    if not ranked:
        return []
    best = min(cost for cost, _ in ranked)
    return [site for cost, site in ranked if cost == best <= REACH]


def _holder(sentence: Sentence, head: Token) -> Token | None:
    """The word that a preposition of place ties the name to, or None if none does. Leads through
    "the courtyard of the X hospital" and "three towns, including X"."""
    token = _lift(sentence, head)
    for _ in range(5):
        up = sentence.head(token)
        if up.i == token.i:
            return None
        if token.dep == "pobj":
            holder = sentence.head(up)
            if _locates(sentence, up):
                person = holder.lemma in _PERSON_NOUNS and holder.dep not in ("pobj", "agent")
                return None if person or holder.lemma in _SPEECH else holder
            if up.lower not in ("of", "including") or holder.pos not in ("NOUN", "PROPN"):
                return None
            token = holder
        elif (token.dep in _NAMES and up.lemma in words().sites and up.lemma not in _ABROAD) or (
            token.dep == "prep" and up.pos in ("NOUN", "PROPN")
        ):
            token = up
        else:
            return None
    return None


def _locates(sentence: Sentence, prep: Token) -> bool:
    """True for a preposition of place, "close to" and "next to" included."""
    if prep.lower in _IN | {"on"}:
        return True
    return prep.lower == "to" and sentence.head(prep).lower in ("close", "next", "adjacent")


def _costs(sentence: Sentence, trigger: Token) -> dict[int, int]:
    """How far each token lies from the trigger along the tree; a step into another clause counts
    more, and none leads through a verb of saying or into "before …"."""
    costs = {trigger.i: 0}
    queue = [trigger]
    while queue:
        token = min(queue, key=lambda t: costs[t.i])
        queue.remove(token)
        steps = [(child, _step(sentence, child)) for child in sentence.children(token)]
        if token.head != token.i:
            steps.append((sentence.head(token), _step(sentence, token)))
        for other, step in steps:
            cost = costs[token.i] + step
            if cost <= REACH and cost < costs.get(other.i, REACH + 1):
                costs[other.i] = cost
                if other.lemma not in _SPEECH:
                    queue.append(other)
    return costs


def _step(sentence: Sentence, lower: Token) -> int:
    """The cost of the edge between a token and its head."""
    if lower.dep not in _CLAUSES:
        # "protested against the war in X": the war is in X, the protest is not.
        return REACH + 1 if lower.dep == "prep" and lower.lower in _TOPIC else 1
    marks = {t.lower for t in sentence.children(lower, "mark", "advmod", "prep")}
    if marks & _APART:
        return REACH + 1
    return 1 if lower.dep in ("conj", "xcomp") else 2
