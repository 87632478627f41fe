"""The chain of people who said so, outermost first, for any place in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from sayso.language.syntax import Sentence
from sayso.model.annotation import Attribution, SaidBy, Source
from sayso.reading.attribution_sources import antecedent, kind_of
from sayso.reading.draft import Draft

NO_WORD = frozenset({"judge", "plan", "seem"})
"""Classes of cues whose source gives no word for what the content says: who condemns a raid, or
plans one, does not report it."""

_SELF = frozenset({"i", "we", "me", "us", "myself"})
_HEARER = frozenset({"you", "let", "lets", "let's", "let’s"})
_NOBODY = re.compile(r"(?:no|nobody|neither|none|few)\b")
_ASIDE = re.compile(r",\s+(?:who|which|whose|whom|where)\b")
PERSONAL = frozenset({"he", "she", "it", "they", "his", "her", "its", "their"})
_PRONOUNS = PERSONAL | {"who", "which", "that", "this", "those"}


def cue_class(attribution: Attribution) -> str:
    """The class of its cue: say, announce, claim, deny, admit, warn, show, ask, order, promise,
    agree, believe, expect, plan, judge, seem."""
    return attribution.made_by.rule.partition(".")[0]


def position(draft: Draft, offset: int) -> SaidBy:
    """Those who are sources by position: the publisher, then the comment's author if the offset
    lies in a comment."""
    document = draft.document
    chain = [Source(who=document.publisher, tier="publisher", access="unknown")]
    part = document.part_at(offset)
    if part is not None and part.kind == "comment":
        chain.append(Source(who=part.author, tier="reader", access="unknown", part=part.id))
    return tuple(chain)


def holding(draft: Draft, start: int, end: int) -> list[Attribution]:
    """The attributions whose content holds [start, end), outermost first; also those that name
    nobody ("is expected to") and those whose source gives no word (see `NO_WORD`)."""
    found = [
        a
        for a in _index(draft).blocks.get(start // BLOCK, ())
        if any(c.covers(start, end) for c in a.content)
    ]
    return sorted(found, key=_depth)


def _depth(attribution: Attribution) -> tuple[int, bool]:
    """Sorts the outer before the nested: longer contents first; "citing X" after who cites X."""
    length = sum(c.end - c.start for c in attribution.content)
    return -length, attribution.made_by.rule.endswith(".citing")


BLOCK = 500
"""Characters of a block of text, by which attributions are looked up."""

REACH = 1000
"""Characters back within which a pronoun takes the name of the source before it."""

MAX_LINKS = 8
"""Sources of the longest chain; text that nests deeper is broken text."""


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody whom a pronoun may mean: where, in which words, of which part and kind."""

    start: int
    words: str
    part: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class _Index:
    """The attributions of a draft, by the blocks of text that their contents touch, and the
    sources that are no pronouns."""

    size: int
    blocks: dict[int, list[Attribution]]
    named: list[_Named]


_CACHE: WeakKeyDictionary[Draft, _Index] = WeakKeyDictionary()


def _index(draft: Draft) -> _Index:
    found = draft.of(Attribution)
    known = _CACHE.get(draft)
    if known is not None and known.size == len(found):
        return known
    blocks: dict[int, list[Attribution]] = {}
    named: list[_Named] = []
    for a in found:
        for n in {n for c in a.content for n in range(c.start // BLOCK, c.end // BLOCK + 1)}:
            blocks.setdefault(n, []).append(a)
        if a.source is not None and a.source.exact.lower() not in _PRONOUNS | _SELF | _HEARER:
            tree = draft.tree_at(a.source.start)
            head = tree.span_head(a.source.start, a.source.end) if tree is not None else None
            kind = kind_of(tree, head) if tree is not None and head is not None else ""
            named.append(_Named(a.source.start, a.source.exact, a.part, kind))
    index = _Index(len(found), blocks, named)
    _CACHE[draft] = index
    return index


def said_by(draft: Draft, start: int, end: int) -> SaidBy:
    """The whole chain for the words at [start, end): publisher, comment's author, then every
    source whose content holds them, the outer before the nested.

    A source's scope ends where its content ends; words outside are the publisher's alone. "I" and
    "we" add nobody: they are whoever speaks there, and pass on how sure they are.
    """
    chain = position(draft, start)
    for attribution in holding(draft, start, end):
        source = attribution.source
        if source is None or cue_class(attribution) in NO_WORD:
            continue
        word = source.exact.lower().strip()
        if word in _HEARER or _NOBODY.match(word):
            continue
        if word in _SELF:
            chain = (*chain[:-1], replace(chain[-1], certainty=attribution.certainty))
            continue
        if len(chain) > MAX_LINKS:
            break
        link = _link(draft, attribution)
        if link.entity is not None and link.entity == chain[-1].entity:
            chain = (*chain[:-1], replace(chain[-1], certainty=attribution.certainty))
            continue
        chain += (link,)
    return chain


def _link(draft: Draft, attribution: Attribution) -> Source:
    """The source of an attribution as a link of a chain."""
    source = attribution.source
    assert source is not None
    entity = draft.entity(source.entity)
    return Source(
        who=entity.name if entity else _name(draft, attribution),
        tier=attribution.tier or "anonymous",
        access=attribution.access or "unknown",
        entity=source.entity,
        start=source.start,
        end=source.end,
        exact=source.exact,
        certainty=attribution.certainty,
    )


def _name(draft: Draft, attribution: Attribution) -> str | None:
    """What to call a source without an entity: its words, for "who" those of its antecedent, and
    for another pronoun those of the source named last before it; None if there is none."""
    source = attribution.source
    assert source is not None
    if source.exact.lower() not in _PRONOUNS:
        return _ASIDE.split(source.exact)[0].strip(" ,")
    sentence = draft.tree_at(source.start)
    token = sentence.at(source.start) if sentence is not None else None
    if token is not None and token.lower == "who":
        described = describing(draft, token.start)
        if described is not None and described.source is not None:
            return described.source.exact.split(",")[0]
    if sentence is not None and token is not None:
        noun = antecedent(sentence, token)
        if noun is not token:
            phrase = sentence.subtree(noun, without=("relcl", "acl", "punct", "appos"))
            return draft.text[phrase[0].start : phrase[-1].end]
    spans = [(c.start, c.end) for c in attribution.content]
    return named_before(draft, source.start, attribution.part, source.exact.lower(), spans)


def describing(draft: Draft, offset: int) -> Attribution | None:
    """The attribution whose source goes on around an offset: "said Mira Tal, who sees …"."""
    for said in draft.of(Attribution):
        if said.source is not None and said.source.start < offset < said.source.end:
            return said
    return None


def named_before(
    draft: Draft,
    offset: int,
    part: str | None,
    pronoun: str = "",
    without: Sequence[tuple[int, int]] = (),
) -> str | None:
    """The words that a pronoun at an offset stands for: the last source or subject before it that
    fits it in number and kind, else the source named last; None if none stands near. `without`:
    stretches in which it is not named, since they are what it says."""
    named = _index(draft).named

    def near(found: Iterable[_Named]) -> list[_Named]:
        return [
            n
            for n in found
            if 0 < offset - n.start < REACH
            and n.part == part
            and not any(s <= n.start < e for s, e in without)
        ]

    fitting = [n for n in near((*named, *_subjects(draft))) if fits(pronoun, n.kind)]
    if not fitting:
        fitting = [n for n in near(_just_before(draft, offset)) if fits(pronoun, n.kind)]
    best = max(fitting or near(named), key=lambda n: n.start, default=None)
    return _ASIDE.split(best.words)[0].strip(" ,") if best else None


def fits(pronoun: str, kind: str) -> bool:
    """Whether a pronoun may stand for one of a kind ("one": a person, "many": people, "body")."""
    if pronoun in {"he", "she", "his", "her"}:
        return kind == "one"
    if pronoun in {"they", "their"}:
        return kind in {"many", "body"}
    return kind == "body"


_SUBJECTS: WeakKeyDictionary[Draft, list[_Named]] = WeakKeyDictionary()
_BACK = 2
"""Sentences before a pronoun that are parsed for it, if they were not."""


def _subjects(draft: Draft) -> list[_Named]:
    """The subjects of the parsed sentences that are people or bodies."""
    known = _SUBJECTS.get(draft)
    if known is None:
        known = [n for sentence in draft.trees() for n in _subjects_of(draft, sentence)]
        _SUBJECTS[draft] = known
    return known


def _just_before(draft: Draft, offset: int) -> list[_Named]:
    """Those of the sentences just before an offset that nothing else made worth parsing."""
    here = draft.sentence_at(offset)
    if here is None:
        return []
    spans = draft.sentences()[max(0, here.index - _BACK) : here.index]
    missing = [s for s in spans if s.part == here.part and draft.tree_of(s) is None]
    trees = draft.late_trees(missing).values()
    return [n for sentence in trees for n in _subjects_of(draft, sentence)]


def _subjects_of(draft: Draft, sentence: Sentence) -> Iterator[_Named]:
    for subject in (t for t in sentence if t.dep in {"nsubj", "nsubjpass"}):
        verb = sentence.head(subject)
        kind = kind_of(sentence, subject)
        if kind and (verb.head == verb.i or verb.dep == "conj"):
            words = sentence.subtree(subject, without=("relcl", "acl", "punct", "appos"))
            part = draft.part_of(subject.start)
            exact = draft.text[words[0].start : words[-1].end]
            yield _Named(words[0].start, exact, part.id if part else None, kind)
