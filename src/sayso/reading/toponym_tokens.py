"""The tokens of a sentence as the stage `toponyms` sees them, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sayso.knowledge.lexicon import everyday
from sayso.knowledge.placewords import words
from sayso.language.casing import capitals_only

LOOK_BACK = 8
ARTICLES = frozenset(["al", "el", "as", "ash", "ad", "ar", "an", "at", "az", "de", "la", "le"])


class Word(NamedTuple):
    """A token as this stage sees it: of the tree, or of a plain cut where there is no tree.
    `joined`: only blanks stand between it and the one before."""

    start: int
    end: int
    text: str
    lower: str
    capital: bool
    joined: bool
    ent: str = ""
    pos: str = ""


Token = tuple[int, int, str, str, str]
"""Half-open offsets, the words, the parser's label and part of speech ("" without a tree)."""


def in_row(document: str, tokens: Iterable[Token]) -> list[Word]:
    """The tokens of a sentence; what is asked of them often is worked out once."""
    out: list[Word] = []
    last: int | None = None
    for start, end, text, ent, pos in tokens:
        gap = document[last:start] if last is not None else "\n"
        joined = not gap or gap == " " or (not gap.strip() and "\n" not in gap)
        out.append(Word(start, end, text, text.lower(), text[:1].isupper(), joined, ent, pos))
        last = end
    return out


@dataclass(frozen=True, slots=True)
class Site:
    """The tokens of one sentence, and what stands around any run of them; `dateline` is where in
    the text its dateline ends, 0 if it has none."""

    text: str
    tokens: Sequence[Word]
    dateline: int = 0
    telling: bool = True
    """False if no word of the sentence tells of itself that a name beside it is a place's."""

    def lower(self, at: int) -> str:
        """The token in lower case; "" outside the sentence."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def ent(self, at: int) -> str:
        """The parser's label of the token; "" outside the sentence."""
        return self.tokens[at].ent if 0 <= at < len(self.tokens) else ""

    def exact(self, at: int, stop: int) -> str:
        """The words of tokens[at:stop] as they stand in the text."""
        return self.text[self.tokens[at].start : self.tokens[stop - 1].end]

    def shouted(self, at: int) -> bool:
        """True for a word of a sentence in capitals that is an everyday word ("CAR"), or that goes
        on without a break where a state's code would end ("INTIBUCA, IN HONDURAS")."""
        token = self.tokens[at]
        if len(token.text) > 4 or not token.text.isupper():
            return False
        if not capitals_only(self.text[self.tokens[0].start : self.tokens[-1].end]):
            return False
        return token.lower in everyday() or (len(token.text) == 2 and self.joined(at + 1))

    def joined(self, at: int) -> bool:
        """True if only blanks stand between the token and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at].joined

    def spaced(self, at: int) -> bool:
        """True if a blank stands between the token and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end < self.tokens[at].start

    def capital(self, at: int) -> bool:
        """True for a capitalised token that is no weekday or month."""
        if not 0 <= at < len(self.tokens):
            return False
        token = self.tokens[at]
        return token.capital and token.lower not in words().calendar

    def opens(self, at: int) -> bool:
        """True for the first word of the sentence, whose capital tells nothing; not for a name."""
        return self.tokens[at].pos != "PROPN" and not any(
            t.text[0].isalnum() for t in self.tokens[:at]
        )

    def starts_name(self, at: int) -> bool:
        """True if a name may start here: a capital, or "al-" before one."""
        if self.capital(at):
            return True
        return (
            self.lower(at) in ARTICLES
            and self.lower(at + 1) == "-"
            and at + 2 < len(self.tokens)
            and self.tokens[at + 2].capital
        )

    def cut_inside(self, at: int, stop: int) -> bool:
        """True if tokens[at:stop] is a piece of a longer name: "Al" of "Al-Dalwa", "Mazar" of
        "Mazar-e-Sharif"."""
        if self.lower(at - 1) == "-" and self.lower(at - 2) in ARTICLES:
            return True
        if self.lower(stop) != "-" or not self.unbroken(stop) or not self.unbroken(stop + 1):
            return False
        return self.lower(stop - 1) in ARTICLES or len(self.lower(stop + 1)) < 3

    def unbroken(self, at: int) -> bool:
        """True if nothing stands between the token and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end

    def starts_right(self, stop: int) -> bool:
        """True if a capitalised word goes on right behind the run that ends there."""
        return self.joined(stop) and self.starts_name(stop)

    def locative(self, at: int, *, unknown: bool = False) -> bool:
        """True if a preposition of place, or a verb of taking or attacking, leads up to the
        token: "in", "near the town of", "from northern", "stormed"; or another place and "and".
        People too are captured and attacked, so for an `unknown` name only what is done to places
        counts."""
        w = words()
        if self.lower(at - 1) in ("and", ",", "or") and self.tokens[at - 2].ent in ("GPE", "LOC"):
            return not unknown
        for n in range(at - 1, max(-1, at - LOOK_BACK), -1):
            word = self.lower(n)
            if word == "to" and self.lower(n - 1) in w.unmoving:
                return False
            if word in w.locative or word in (w.entering if unknown else w.taking | w.entering):
                return True
            if unknown and word in w.taking:
                return False
            if word in ("on", "of", "for", "against", "over") and self.lower(n - 1) in w.assaults:
                return True
            if word == "of" and not unknown and self.lower(n - 1) in w.belonging:
                return True
            passing = word in w.directions or word in w.generic_before or word in ("the", "of", "-")
            if not passing:
                return False
        return False

    def home_of_person(self, at: int) -> bool:
        """True for "Dale Auburn of X" and "Dale Auburn, 32, of X"."""
        if self.lower(at - 1) != "of":
            return False
        if self.lower(at - 2) != ",":
            return self.ent(at - 2) == "PERSON" and self.tokens[at - 2].capital
        age = self.lower(at - 3)
        return age.isdigit() and len(age) < 4 and self.lower(at - 4) == ","

    def hyphened(self, stop: int) -> bool:
        """True if the run that ends there goes on behind a hyphen with a capital: "Murray-Lee"."""
        return (
            self.lower(stop) in ("-", "–")
            and self.unbroken(stop)
            and self.unbroken(stop + 1)
            and self.tokens[stop + 1].capital
        )

    def owns_name(self, stop: int) -> bool:
        """True for "X's Chapel": a possessive with a capital behind it."""
        return self.lower(stop) in ("'s", "’s") and self.capital(stop + 1)

    def origin_of(self, stop: int) -> bool:
        """True for "Kent-based", "Homs-born"."""
        return (
            self.lower(stop) == "-"
            and self.unbroken(stop)
            and self.unbroken(stop + 1)
            and self.lower(stop + 1) in words().origins
        )

    def after_comma(self, at: int) -> bool:
        """True if a comma and, before it, a capitalised word stand in front ("Paris, Texas")."""
        return at > 1 and self.tokens[at - 1].text == "," and self.tokens[at - 2].capital


def of_settlement(site: Site, at: int) -> bool:
    """True for "the village of X", "the outskirts of X", "the capital, X"."""
    return site.lower(at - 1) in ("of", ",") and site.lower(at - 2) in (
        words().settlement if site.lower(at - 1) == "of" else words().city_nouns
    )
