"""The stage `quantities`: numbers with what they count.

The span is the number with its modifiers and its noun ("More than 400 militants"); `unit` is the
noun's lemma, or None where the text leaves it out ("32.000 at Tobruk"). Dates, times, names with
figures (T-72, Resolution 2254), list numbers, scores and addresses are no quantities. The noun is
found by the tree where the sentence was parsed, else by the table of counted nouns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Quantity, Timex
from sayso.reading.draft import Draft, SentenceSpan, made_by
from sayso.reading.quantity_numbers import Amount, amounts, tables, worth
from sayso.reading.quantity_units import Unit, lemma_of, unit
from sayso.reading.timex_tokens import Word, words

VERSION = "1"
_MADE = made_by("quantities", VERSION)
_MONEY = frozenset("$€£¥₺₽₪")
REACH = 8
"""Words behind a number within which its noun must stand."""


class Quantities:
    """See the module's docstring."""

    name = "quantities"
    version = VERSION

    def read(self, draft: Draft) -> Iterable[Quantity]:
        return list(_read(draft))


def _read(draft: Draft) -> Iterator[Quantity]:
    times = sorted((t.start, t.end) for t in draft.of(Timex))
    lists = list_numbers(draft)
    at = 0
    for sentence in draft.sentences():
        while at < len(times) and times[at][1] <= sentence.start:
            at += 1
        here = []
        for start, end in times[at:]:
            if start >= sentence.end:
                break
            here.append((start, end))
        if worth(draft.text[sentence.start : sentence.end]):
            yield from _sentence(draft, sentence, here, lists)


def _sentence(
    draft: Draft, sentence: SentenceSpan, times: list[tuple[int, int]], lists: set[int]
) -> Iterator[Quantity]:
    found = words(draft.text, sentence.start, sentence.end)
    tree: Sentence | None = None
    looked = False
    for amount in amounts(found):
        first, last = found[amount.first], found[amount.last - 1]
        if any(s < last.end and first.start < e for s, e in times):
            continue
        if not _counts(draft.text, found, amount, lists):
            continue
        if not looked:
            tree, looked = draft.tree_of(sentence), True
        quantity = _quantity(draft, sentence, found, amount, tree)
        if quantity is not None:
            yield quantity


def _counts(text: str, found: list[Word], amount: Amount, lists: set[int]) -> bool:
    """False for a figure that is a name, an address, a list number, a score, an ordinal."""
    first, last = found[amount.first], found[amount.last - 1]
    number = next((w for w in found[amount.first : amount.last] if w.kind == "number"), first)
    if number.start in lists:
        return False
    before, after = text[max(0, number.start - 1) : number.start], text[last.end : last.end + 1]
    if number.text[0].isdigit():
        if before and (before.isalnum() or before in "_/.=@&°"):
            return False
        beside = text[max(0, number.start - 2)].strip()
        joined = beside if before in ("-", "–", ":") else ""
        if joined and number.start > 1 and (amount.rule != "range" or joined.isdigit()):
            return False
        if after and (after.isalnum() or after in "_/=@°") and after != "%":
            return False
        if after in "-–" and text[last.end + 1 : last.end + 2].isalnum():
            return False
        if after in ".,:" and after and text[last.end + 1 : last.end + 2].isdigit():
            return False
        if before == "[" and after == "]":
            return False
    elif after in "-–" and after and text[last.end + 1 : last.end + 2].isalpha():
        return False
    if amount.first > 0 and amount.exact:
        previous = found[amount.first - 1]
        if previous.lower in tables().designations and not _is_count_verb(found, amount.first - 1):
            return False
        if previous.text in "#№":
            return False
        if (
            previous.text == "."
            and amount.first > 1
            and found[amount.first - 2].lower in ("no", "nos")
        ):
            return False
    return True


def _is_count_verb(found: list[Word], at: int) -> bool:
    """True if a designation is a plural subject or follows a clause ("in order 5 men")."""
    return (
        at > 0 and found[at].lower in ("order", "day", "no") and found[at - 1].lower in ("in", ",")
    )


def list_numbers(draft: Draft) -> set[int]:
    """Starts of figures that number a list: at the start of lines, 1, 2, 3 … in one part."""
    out: set[int] = set()
    for part in draft.document.parts:
        expected, run = 1, list[int]()
        for found in re.finditer(
            r"^[^\S\n]*\(?(\d{1,3})(?=[.):\]]?\s+\S)", draft.text[part.start : part.end], re.M
        ):
            number = int(found[1])
            if number == expected:
                run.append(part.start + found.start(1))
                expected += 1
            elif number == 1:
                expected, run = 2, [part.start + found.start(1)]
            if len(run) >= 2:
                out.update(run)
    return out


def _quantity(
    draft: Draft, sentence: SentenceSpan, found: list[Word], amount: Amount, tree: Sentence | None
) -> Quantity | None:
    text = draft.text
    start, end = found[amount.first].start, found[amount.last - 1].end
    noun = (
        _money(text, found, amount) or _measure(found, amount) or _noun(text, found, amount, tree)
    )
    if [w.lower for w in found[amount.last : amount.last + 2]] in (["years", "old"], ["-", "year"]):
        return None  # an age
    if noun is None:
        if not _stands_alone(found, amount) or _is_age(found, amount):
            return None
        name, head, confidence = None, None, 0.6
    else:
        name, head, confidence = noun[0], noun[1], noun[2]
        start, end = min(start, head[0]), max(end, head[1])
    if noun is not None and noun[0] in _TIME_UNITS:
        return None
    low, high = _thousands(found, amount, noun[0] if noun else None)
    if amount.rule == "none" and (noun is None or unit(noun[0] or "") is None):
        return None
    return Quantity(
        id=draft.new_id("quantity"),
        start=start,
        end=end,
        exact=text[start:end],
        part=sentence.part,
        confidence=confidence,
        made_by=_MADE(amount.rule),
        low=_plain(low),
        high=_plain(high),
        low_exclusive=amount.low_exclusive,
        unit=name,
        approximate=amount.approximate,
        head_start=head[0] if head else None,
        head_end=head[1] if head else None,
    )


_TIME_UNITS = frozenset(
    ["second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "century",
     "time", "moment", "weekend", "morning", "evening", "afternoon"]
)  # fmt: skip


def _thousands(
    found: list[Word], amount: Amount, name: str | None
) -> tuple[float | None, float | None]:
    """The bounds; a dot counts thousands where people or things are counted ("32.500 troops"),
    since there is no half a trooper."""
    known = unit(name or "")
    low, high = amount.low, amount.high
    whole = known is not None and known.kind not in ("measure", "money")
    for word in found[amount.first : amount.last]:
        if whole and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", word.text) and word.value is not None:
            if word.value == int(word.value):
                continue
            low = low * 1000 if low == word.value else low
            high = high * 1000 if high == word.value else high
    return low, high


def _plain(value: float | None) -> float | None:
    """A whole number as such, so that JSON shows 400 and not 400.0."""
    return int(value) if value is not None and value == int(value) else value


def _stands_alone(found: list[Word], amount: Amount) -> bool:
    """A number without a noun counts if it is a figure of some weight, or the words behind it say
    that it counts people or things ("2 were killed", "dozens died")."""
    after = found[amount.last].lower if amount.last < len(found) else ""
    follows = after in (
        "were", "was", "are", "have", "had", "died", "dead", "killed", "wounded", "injured",
        "others", "more", "of", "at", "in", "from", "remain", "remained", "fled", "escaped",
        "survived",
    )  # fmt: skip
    if amount.rule == "none":
        return False
    if amount.first and found[amount.first - 1].lower in tables().harm:
        return True
    if amount.rule == "vague":
        return follows and after not in ("of", "at", "in", "from", "more")
    number = next((w for w in found[amount.first : amount.last] if w.kind == "number"), None)
    if number is None or not number.text[0].isdigit():
        if found[amount.first].lower == "one":
            return False  # the pronoun
        return follows and after not in ("of", "at", "in", "from", "more", "was")
    return True


def _is_age(found: list[Word], amount: Amount) -> bool:
    """True for the age in "Nadia Salem, 42, of Homs"."""
    if not (amount.exact and amount.low and amount.low < 120 and amount.first >= 2):
        return False
    before, name = found[amount.first - 1], found[amount.first - 2]
    after = found[amount.last].text if amount.last < len(found) else ""
    return before.text == "," and name.text[:1].isupper() and after in (",", "", ".", ")")


_Noun = tuple[str | None, tuple[int, int], float]


def _money(text: str, found: list[Word], amount: Amount) -> _Noun | None:
    """ "$40 billion", "US$ 14 bn", "15 %": the sign is the unit."""
    number = next((k for k in range(amount.first, amount.last) if found[k].kind == "number"), None)
    if number is not None and number > 0 and found[number - 1].text in _MONEY:
        sign = found[number - 1]
        names = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₺": "lira", "₽": "ruble",
                 "₪": "shekel"}  # fmt: skip
        return names[sign.text], (sign.start, sign.end), 0.9
    after = found[amount.last] if amount.last < len(found) else None
    if after is not None and after.text == "%":
        return "percent", (after.start, after.end), 0.95
    return None


def _measure(found: list[Word], amount: Amount) -> _Noun | None:
    """ "10 km road", "1,000 lb bomb": the measure right behind the number is what is counted."""
    after = found[amount.last] if amount.last < len(found) else None
    known = unit(after.text) if after is not None else None
    if after is None or known is None or known.kind not in ("measure", "money"):
        return None
    return known.lemma, (after.start, after.end), 0.9


def _noun(text: str, found: list[Word], amount: Amount, tree: Sentence | None) -> _Noun | None:
    """The noun counted: its lemma, span, and how sure that is."""
    by_words = _noun_by_words(found, amount)
    token = _noun_by_tree(tree, found, amount) if tree is not None else None
    if token is not None:
        known = unit(token.text)
        lemma = known.lemma if known else _lemma(token)
        if known is None and token.pos == "PROPN" and token.tag != "NNPS":
            return by_words and (by_words[0].lemma, (by_words[1].start, by_words[1].end), 0.7)
        return lemma, (token.start, token.end), 0.9 if known else 0.8
    if by_words is None:
        return None
    known_unit, word = by_words
    return known_unit.lemma, (word.start, word.end), 0.7


def _lemma(token: Token) -> str:
    lemma = token.lemma.lower().strip("'’.")
    plural = token.tag in ("NNS", "NNPS")
    return lemma_of(token.text) if not lemma or (plural and lemma == token.lower) else lemma


_STOPS = frozenset(
    ["in", "on", "at", "from", "to", "by", "for", "with", "and", "or", "but", "were", "was",
     "are", "is", "have", "had", "has", "who", "which", "that", "as", "after", "before", "when",
     "while", "since", "during", "near", "inside", "strong", "died", "against", "versus", "than",
     "into", "will", "would", "can", "could", "may", "might", "did", "do"]
)  # fmt: skip


_STATES = frozenset(["killed", "dead", "wounded", "injured", "missing"])
"""Words that are counted themselves ("12 dead"), but never behind a noun ("two men dead")."""


def _noun_by_words(found: list[Word], amount: Amount) -> tuple[Unit, Word] | None:
    """The last counted noun of the run of words behind the number."""
    best: tuple[Unit, Word] | None = None
    at = amount.last
    if at < len(found) and found[at].lower == "of":
        at += 1
    for word in found[at : at + 6]:
        low = word.lower
        if (word.kind == "sign" and word.text not in "-'’\"“”«»()") or low in _STOPS or low == "of":
            break
        if word.kind == "number":
            break
        known = unit(word.text)
        if low in _STATES:
            return best or ((known, word) if known else None)
        if known is not None:
            best = (known, word)
        elif best is not None:
            break
    return best


def _noun_by_tree(tree: Sentence, found: list[Word], amount: Amount) -> Token | None:
    """The noun that the number modifies, to its right and near, or the noun behind "of"."""
    last = found[amount.last - 1]
    tokens = [t for t in tree.tokens if t.start < last.end and t.end > found[amount.first].start]
    if not tokens:
        return None
    anchor = tokens[-1]
    after = tree.tokens[anchor.i + 1] if anchor.i + 1 < len(tree) else None
    if after is not None and after.lower == "of":
        return _behind_of(tree, after)
    if after is not None and after.lower == "strong":
        return None
    token = anchor
    for _ in range(4):
        if token.pos in ("NOUN", "PROPN") and token.i > anchor.i:
            break
        head = tree.head(token)
        if head.i == token.i or head.pos in ("VERB", "AUX"):
            return _run(tree, anchor)
        token = head
    if not (anchor.i < token.i <= anchor.i + REACH) or token.pos not in ("NOUN", "PROPN"):
        return _run(tree, anchor)
    return token


def _run(tree: Sentence, anchor: Token) -> Token | None:
    """The last noun of the unbroken run of adjectives and nouns behind a number."""
    best: Token | None = None
    for token in tree.tokens[anchor.i + 1 : anchor.i + 1 + REACH]:
        if token.pos in ("NOUN", "PROPN") and token.ent not in ("DATE", "TIME"):
            best = token
        elif (
            token.pos not in ("ADJ", "NUM")
            and token.text not in ("-",)
            and token.tag not in ("VBN", "POS")
        ):
            break
    if best is not None and best.pos == "PROPN" and unit(best.text) is None:
        return None
    return best


def _behind_of(tree: Sentence, of: Token) -> Token | None:
    """The noun behind "of": "dozens of vehicles"; None for "three of them"."""
    for token in tree.children(of, "pobj"):
        if token.pos in ("NOUN", "PROPN") and token.i <= of.i + REACH:
            return token
    return _run(tree, of)
