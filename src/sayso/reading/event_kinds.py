"""What kind of thing a noun is: `@class` conditions, from word lists, the parser's labels and the
mentions that the reading already knows."""

from __future__ import annotations

import re
from bisect import bisect_left

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Mention
from sayso.reading.actor_phrases import nominal
from sayso.reading.draft import Draft
from sayso.reading.event_arguments import content_head
from sayso.reading.event_lexicon import classes
from sayso.reading.event_terms import terms

_NUMERALS = terms("numerals")
_SECTOR = {
    "armed": frozenset(["REB", "MIL", "COP", "UAF", "PRM", "SPY", "ISM"]),
    "group": frozenset(["REB", "PTY", "PRM", "UAF", "ISM", "OPP", "NGO", "MIL"]),
    "state": frozenset(["GOV", "LEG", "JUD", "IGO"]),
    "police": frozenset(["COP"]),
    "state_force": frozenset(["MIL", "COP", "GOV"]),
    "office": frozenset(["ELI"]),
}


class Kinds:
    """Looks up nouns of one draft. Mentions are indexed once."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        mentions = [m for m in draft.of(Mention) if m.entity is not None]
        mentions.sort(key=lambda m: (m.start, m.start - m.end))
        self._mentions = mentions
        self._starts = [m.start for m in mentions]
        self._longest: dict[int, Mention | None] = {}
        self._matched: dict[tuple[int, tuple[str, ...]], int] = {}

    def mention(self, token: Token) -> Mention | None:
        """The longest mention that holds the token, or None."""
        if token.start not in self._longest:
            self._longest[token.start] = self._mention(token)
        return self._longest[token.start]

    def _mention(self, token: Token) -> Mention | None:
        n = bisect_left(self._starts, token.end)
        best: Mention | None = None
        for m in self._mentions[max(0, n - 6) : n]:
            if m.start <= token.start and token.end <= m.end:
                longer = best is None or m.end - m.start > best.end - best.start
                if longer:
                    best = m
        return best

    def place_mention(self, token: Token) -> Mention | None:
        """The longest mention of a place, by name, that holds the token; a country is a place
        here although it may be an actor too. None if there is none."""
        n = bisect_left(self._starts, token.end)
        best: Mention | None = None
        for m in self._mentions[max(0, n - 8) : n]:
            if not (m.start <= token.start and token.end <= m.end) or m.form == "demonym":
                continue
            entity = self.draft.entity(m.entity)
            if entity is not None and entity.kind == "place":
                longer = best is None or m.end - m.start > best.end - best.start
                best = m if longer else best
        return best

    def entity_kind(self, token: Token) -> tuple[str | None, str | None]:
        """(actor | place | None, the actor's sector)."""
        mention = self.mention(token)
        entity = self.draft.entity(mention.entity) if mention else None
        return (entity.kind, entity.sector) if entity else (None, None)

    def is_a(self, sentence: Sentence, token: Token, name: str) -> bool:
        """True if the noun, or what "dozens of" it counts, is of the class."""
        noun = content_head(sentence, token)
        counts = token.lemma not in _NUMERALS and noun.tag not in ("WDT", "WP")  # "five of which"
        return self._is(sentence, noun, name) or (
            noun is not token and counts and self._is(sentence, token, name)
        )

    def _is(self, sentence: Sentence, token: Token, name: str) -> bool:
        known = classes().get(name)
        if known is None:
            return False
        named = token.pos == "PROPN" and token.ent != ""
        if name == "place" and named and token.ent not in known.ents:
            # The parser's label against the gazetteer: a town that was resolved is a town.
            return token.ent in ("ORG", "PERSON") and self._is_town(token)
        if not known.words.isdisjoint(lemmas(token)):
            return True
        compounds = sentence.children(token, "compound")
        if compounds and f"{compounds[-1].lower} {token.lemma}" in known.words:
            return True
        kind, sector = self.entity_kind(token)
        if kind is not None:
            if name == "place":
                mention = self.mention(token)
                return kind == "place" and mention is not None and mention.form != "demonym"
            if kind == "actor":
                if sector in _SECTOR.get(name, ()):
                    return True
                if sector is not None and name in _SECTOR:
                    return False
        if token.ent == "NORP":
            # "Palestinians" are people, "the Palestinian side" is a state's or group's.
            plural = token.tag in ("NNS", "NNPS")
            return name in (
                ("crowd", "civilian", "person", "group") if plural else ("state", "group")
            )
        if token.pos == "PROPN" or token.ent:
            if name == "place" and kind == "actor":
                return False
            return token.ent in known.ents
        return False

    def _is_town(self, token: Token) -> bool:
        """Whether the token ends a name that was resolved to a settlement, and no actor's."""
        mention = self.place_mention(token)
        entity = self.draft.entity(mention.entity) if mention else None
        if mention is None or entity is None or mention.end != token.end:
            return False
        kind, _ = self.entity_kind(token)
        settled = (entity.feature_code or "").startswith("PPL")
        return settled and kind != "actor" and mention.confidence >= 0.4

    def matches(self, sentence: Sentence, token: Token, words: tuple[str, ...]) -> int:
        """0 no, 1 by class, 2 by the word itself, 3 by two words. Joined nouns count too."""
        asked = token.start, words
        if asked not in self._matched:
            self._matched[asked] = self._matches(sentence, token, words)
        return self._matched[asked]

    def _matches(self, sentence: Sentence, token: Token, words: tuple[str, ...]) -> int:
        best = 0
        for noun in joined(sentence, token):
            head = content_head(sentence, noun)
            near = {*lemmas(head), noun.lemma}
            compounds = sentence.children(head, "compound", "amod")
            near |= {f"{c.lower} {word}" for c in compounds for word in lemmas(head)}
            if len(compounds) > 1:
                near.add(f"{compounds[-2].lower} {compounds[-1].lower} {head.lemma}")
            for word in words:
                if word.startswith("@"):
                    if best < 1 and self.is_a(sentence, noun, word[1:]):
                        best = 1
                elif word in near:
                    best = max(best, 3 if " " in word else 2)
        return best


def lemmas(token: Token) -> tuple[str, ...]:
    """The lemma, the form, and the form without a plural "s": the parser takes "bases" for the
    plural of "basis"."""
    lower = token.lower
    if token.tag in ("NNS", "NNPS") and lower.endswith("s"):
        return (token.lemma, lower, lower[:-1])
    return (token.lemma, lower)


_ACTING = frozenset(["person", "people", "force", "unit", "organ", "group", "relation"])
_AGENT_CLASSES = (
    "armed", "state", "group", "person", "office", "crowd", "civilian", "agent", "police", "civil",
)  # fmt: skip
_ACRONYM = re.compile(r"[A-Z]{2,}s?")
_AGENT_ENDING = re.compile(
    r"(?:er|or|[^\W_]{3}ist|ian|man|men|woman|women|ee|eer|ant|ier|crat|ese)s?$"
)


def can_act(kinds: Kinds, sentence: Sentence, token: Token) -> bool:
    """True unless the noun plainly names a thing: names and pronouns may act, common nouns when
    they are of a class of agents or end like one."""
    noun = content_head(sentence, token)
    if noun.pos in ("PROPN", "PRON", "NUM", "DET", "ADJ") or noun.ent or noun.tag == "NNP":
        return noun.ent not in ("DATE", "TIME", "MONEY", "PERCENT")
    if kinds.mention(noun) is not None:
        return True
    if _ACRONYM.fullmatch(noun.text) and not _shouted(sentence):
        return True  # an acronym that the parser takes for a common noun
    known = any(kinds.is_a(sentence, noun, c) for c in _AGENT_CLASSES)
    if noun.lemma in classes()["thing"].words:
        compounds = sentence.children(noun, "compound")
        manned = compounds and f"{compounds[-1].lower} {noun.lemma}" in classes()["armed"].words
        return known and bool(manned or noun.lemma in classes()["agent"].words)
    if not known:
        listed = nominal(sentence, noun)
        known = listed is not None and listed.cls in _ACTING
    return known or bool(_AGENT_ENDING.search(noun.lower))


def _shouted(sentence: Sentence) -> bool:
    """True if most words stand in capitals."""
    words = [t.text for t in sentence if t.text.isalpha()]
    return 2 * sum(w.isupper() for w in words) > len(words)


def _unquoted(sentence: Sentence, first: Token, second: Token) -> bool:
    """ "…you," a woman said: one stands in the quotation, the other behind it."""
    return sum(t.text == '"' for t in sentence.tokens[first.i : second.i]) % 2 == 1


def joined(sentence: Sentence, token: Token) -> list[Token]:
    """The noun and those joined to it after it."""
    out = [token]
    for t in out:
        out.extend(
            c
            for c in sentence.children(t, "conj")
            if c.pos in ("NOUN", "PROPN", "NUM") and not _unquoted(sentence, t, c)
        )
        if len(out) > 12:
            break
    return out
