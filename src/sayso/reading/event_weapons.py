"""What an event is done with: the weapons and means that its sentence names.

A means stands as the subject ("a drone strike killed two"), under "with", "by", "using" and the
like, as what is fired or thrown, or before the noun that tells the event ("rocket attack"). A deed
that stands for who does it ("the attack killed two") is no party. Kinds and words are data:
lang/en/events/weapons.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.knowledge.tables import LINE, load_yaml
from sayso.language.syntax import Sentence, Token
from sayso.reading.event_arguments import content_head
from sayso.reading.event_frames import Frame, verb_frame
from sayso.reading.event_kinds import joined, lemmas
from sayso.reading.event_lexicon import FOLDER, words_of
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match

_WITH = frozenset(["with", "by", "in", "from", "through", "via"])
_HANDLES = terms("handles")


_DEEDS = ("ing", "sion", "blast", "attack", "strike", "raid", "fire")
"""How words for weapons end that tell their use, too."""


@dataclass(frozen=True, slots=True)
class Weapon:
    """A kind of weapon, and the mode of ASSAULT that it tells alone."""

    kind: str
    mode: str | None


@cache
def weapons() -> dict[str, Weapon]:
    """Words ("bomb", "car bomb") -> the weapon."""
    out: dict[str, Weapon] = {}
    for row in load_yaml(*FOLDER, "weapons.yaml"):
        weapon = Weapon(row["kind"], row.get("mode"))
        assert LINE in row
        for word in words_of(row["words"]):
            out.setdefault(word, weapon)
    return out


def weapon_of(sentence: Sentence, token: Token) -> Weapon | None:
    """The weapon or deed that a noun names, or None. A name ("Operation X") may be one by its
    head; what somebody is called ("machine gunner") is none."""
    noun = content_head(sentence, token)
    nominal = noun.pos in ("NOUN", "PROPN") or noun.dep in (
        "pobj", "dobj", "nsubj", "nsubjpass", "csubj"
    )  # fmt: skip
    if not nominal or noun.ent in ("PERSON", "NORP"):
        return None
    known = weapons()
    before = [t.lower for t in sentence.tokens[max(0, noun.i - 3) : noun.i]]
    for n in (2, 1, 0):
        if n > len(before):
            continue
        first = " ".join(before[len(before) - n :])
        for lemma in lemmas(noun):
            found = known.get(f"{first} {lemma}".strip())
            if found is not None:
                return found
    return None


def is_means(sentence: Sentence, token: Token) -> bool:
    """True for a noun that stands for who acts without being a party: a deed or a weapon. "A
    suicide bomber" says with what, and acts."""
    if content_head(sentence, token).lemma in ("bomber", "attacker"):
        return False
    return weapon_of(sentence, token) is not None


def handles(sentence: Sentence, match: Match, token: Token) -> bool:
    """True if the object is what an assault is done with: "fired machine guns at the post"."""
    if match.rule.type != "ASSAULT":
        return False
    if match.token.lemma == "detonate":
        return True  # "his vest", "the charge": whatever it is
    return match.token.lemma in _HANDLES and is_means(sentence, token)


def handled(sentence: Sentence, verb: Token, noun: Token) -> bool:
    """False for a weapon that the verb only has, sends, finds …, and does not use."""
    found = weapon_of(sentence, noun)
    used = found is None or found.kind == "deed" or verb.lemma in _HANDLES
    return used or noun.lemma.endswith(_DEEDS)


def means(sentence: Sentence, match: Match) -> Iterator[tuple[Token, Weapon]]:
    """The nouns that say with what, in order of how directly they hang on the event."""
    frames = [match.frame, *(p.frame for p in match.merged)]
    if match.light_frame is not None:
        frames.append(match.light_frame)
    seen: set[int] = set()
    for frame in frames:
        for noun in _of_frame(sentence, frame):
            found = weapon_of(sentence, noun)
            if found is None or noun.i in seen or noun.i == match.token.i:
                continue
            seen.add(noun.i)
            if found.kind != "deed":
                yield noun, found


def _of_frame(sentence: Sentence, frame: Frame) -> Iterator[Token]:
    head = frame.head
    if head.pos in ("NOUN", "PROPN"):
        yield from sentence.children(head, "compound", "nmod", "amod")
        for name in _WITH - {"by", "from"}:
            yield from frame.preps.get(name, [])
        return
    for subject in frame.subjects:
        yield from joined(sentence, subject)
    yield from sentence.children(head, "csubj")  # "shelling kills four"
    if head.lemma in _HANDLES:
        for thing in frame.objects:
            yield from joined(sentence, thing)
    for name in _WITH:
        for noun in frame.preps.get(name, []):
            yield from joined(sentence, noun)
    for clause in sentence.children(head, "advcl", "xcomp"):
        if clause.lemma in ("use", "employ") and clause.tag == "VBG":
            for thing in verb_frame(sentence, clause).objects:
                yield from joined(sentence, thing)
