"""How many sources not known to be linked tell a thing, and what that makes of it, in words.

Chains are presumed linked unless shown separate. Two tellings are shown separate only where both
the innermost source and the outlet differ, and nothing in `knowledge/data/publishers.csv` or in
their own words links them. So the number of separate chains is the largest number of tellings
that pairwise share neither source nor outlet: a maximum matching between groups of sources and
groups of outlets. Sentences without a source, readers and unnamed people never add to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from sayso.record import names
from sayso.record.facts import Link

SAME_WORDS = 82.0
"""From this similarity (rapidfuzz `ratio` on folded sentences, 0-100) on, two sentences count as
one text handed on. A rewrite of an agency line keeps about 85-95; two reporters' own sentences
about one event stay under 75 (own generated corpus, tests/record/test_corpus.py)."""
SHORTEST = 40
"""Shorter sentences say little about where they came from, and are not compared."""


class Voice:
    """One telling as far as standing goes. `sentence` is folded; `outlet` is the publisher, and
    `key` the innermost source that can stand for itself (see `source_key`). Not to be altered."""

    __slots__ = ("key", "outlet", "positive", "said_by", "sentence")

    def __init__(
        self, said_by: tuple[Link, ...], outlet: str, sentence: str = "", positive: bool = True
    ) -> None:
        self.said_by = said_by
        self.outlet = outlet
        self.sentence = sentence
        self.positive = positive
        self.key = source_key(self)


@dataclass(slots=True)
class Groups:
    """Union-find over names: what is known to be one."""

    _parent: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> str:
        parent, root = self._parent, name
        while (above := parent.get(root)) is not None:
            root = above
        while name != root:
            parent[name], name = root, parent[name]
        return root

    def join(self, a: str, b: str) -> None:
        a, b = self.find(a), self.find(b)
        if a != b:
            self._parent[max(a, b)] = min(a, b)


def by_reader(said_by: Sequence[Link]) -> bool:
    """True if a reader's words are anywhere in the chain."""
    for link in said_by:  # noqa: SIM110 - asked for every telling; `any` takes twice as long
        if link.tier == "reader":
            return True
    return False


def source_key(voice: Voice) -> str | None:
    """The innermost source that can stand for itself, or None: nobody named, a reader, or words
    that the outlet gives without a source. An outlet's own reporter stands for the outlet."""
    if not voice.said_by:
        return None
    if by_reader(voice.said_by):
        return None
    last = voice.said_by[-1]
    if last.tier == "publisher":
        own = last.access in ("eyewitness", "own_staff")
        return f"outlet:{names.fold(voice.outlet)}" if own and voice.outlet else None
    if last.tier == "anonymous" or not (last.id or last.who):
        return None
    return last.id or f"name:{names.fold(last.who or '')}"


def roots(linked: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name -> the name that stands for all that are known to belong with it."""
    groups = Groups()
    pairs = list(linked)
    for a, b in pairs:
        groups.join(a, b)
    return {name: groups.find(name) for pair in pairs for name in pair}


def chains(voices: Sequence[Voice], known: Mapping[str, str] | None = None) -> int:
    """The number of separate chains. `known` maps source ids and folded outlet names to what
    stands for all that belong together (owner, sponsor, agency, media file); see `roots`."""
    known = known or {}
    keys = {known.get(v.key, v.key) for v in voices if v.key}
    if len(keys) < 2:
        return len(keys)
    keyed, sources = _grouped(voices, known)
    roots_ = [sources.find(key) for _, key in keyed]
    if roots_.count(roots_[0]) == len(roots_):
        return 1  # all linked: whatever the outlets, one chain
    edges: dict[str, set[str]] = {}
    for (voice, _), root in zip(keyed, roots_, strict=True):
        outlet = names.fold(voice.outlet)
        edges.setdefault(root, set()).add(known.get(outlet, outlet))
    return _matching(edges)


def sources_of(voices: Sequence[Voice], known: Mapping[str, str] | None = None) -> list[str | None]:
    """For each voice what stands for its source and all that are linked with it; None where the
    source cannot stand for itself (see `source_key`)."""
    keyed, sources = _grouped(voices, known or {})
    found = {id(voice): sources.find(key) for voice, key in keyed}
    return [found.get(id(voice)) for voice in voices]


def _grouped(
    voices: Sequence[Voice], known: Mapping[str, str]
) -> tuple[list[tuple[Voice, str]], Groups]:
    """The voices that stand for themselves with their keys, and which keys are linked: by an
    agency that handed the words on, or by one text under two names."""
    keyed = [(v, known.get(v.key, v.key)) for v in voices if v.key]
    sources = Groups()
    if len(keyed) < 2:
        return keyed, sources
    for voice, key in keyed:
        if len(voice.said_by) > 2:
            for link in voice.said_by[1:-1]:  # whoever handed it on: one agency, one chain
                if link.id or link.who:
                    other = link.id or f"name:{names.fold(link.who or '')}"
                    sources.join(key, known.get(other, other))
    _same_words(keyed, sources)
    return keyed, sources


def _same_words(keyed: list[tuple[Voice, str]], sources: Groups) -> None:
    """One text handed on under different names is one source. Compares distinct sentences only;
    at most 200 of them, longest first (an event told in more ways is no longer doubtful)."""
    first: dict[str, str] = {}
    for voice, key in keyed:
        sentence = voice.sentence
        if len(sentence) >= SHORTEST:
            known = first.setdefault(sentence, key)
            if known != key:
                sources.join(known, key)
    if len(first) < 2:
        return
    texts = list(first)
    if len(texts) > 200:
        texts = sorted(first, key=lambda t: (-len(t), t))[:200]
    # A copy repeats the figures: only those with the same ones are compared.
    alike: dict[frozenset[str], list[str]] = {}
    for text in texts:
        alike.setdefault(_figures(text), []).append(text)
    for group in alike.values():
        for n, text in enumerate(group):
            own, apart = sources.find(first[text]), False
            for other in group[n + 1 :]:
                theirs = sources.find(first[other])
                if theirs == own:
                    continue
                if same_text(text, other):
                    sources.join(own, theirs)
                    own = sources.find(own)
                else:
                    apart = True
            if not apart:  # all that follow are of this source already
                break


@lru_cache(maxsize=65536)
def same_text(a: str, b: str) -> bool:
    """True if one of two folded sentences is likely a copy of the other."""
    return bool(fuzz.ratio(a, b, score_cutoff=SAME_WORDS))


@lru_cache(maxsize=65536)
def _figures(sentence: str) -> frozenset[str]:
    return frozenset([word for word in sentence.split() if word.isdigit()])


def _matching(edges: dict[str, set[str]]) -> int:
    """Size of a maximum matching of a bipartite graph (Kuhn's algorithm)."""
    taken: dict[str, str] = {}

    def place(source: str, tried: set[str]) -> bool:
        for outlet in sorted(edges[source]):
            if outlet in tried:
                continue
            tried.add(outlet)
            if outlet not in taken or place(taken[outlet], tried):
                taken[outlet] = source
                return True
        return False

    return sum(place(source, set()) for source in sorted(edges))


def words(voices: Sequence[Voice], count: int, *, disputed: bool, confirmed: bool = False) -> str:
    """The standing in one word: confirmed (a person's judgement only), disputed, several,
    single, party, publisher, reader. `LABELS` has them as a reader sees them."""
    if confirmed:
        return "confirmed"
    if disputed:
        return "disputed"
    if count >= 2:
        return "several"
    tiers = {_tier(v) for v in voices}
    if tiers <= {"reader"}:
        return "reader"
    tiers.discard("reader")
    if tiers <= {"publisher"} and count == 0:
        return "publisher"
    tiers.discard("publisher")
    if tiers == {"party"}:
        return "party"
    return "single"


def _tier(voice: Voice) -> str:
    """The tier that a telling stands on: a reader anywhere in the chain makes it a reader's."""
    if by_reader(voice.said_by):
        return "reader"
    return voice.said_by[-1].tier if voice.said_by else "publisher"


LABELS = {
    "confirmed": "confirmed by a person",
    "disputed": "disputed",
    "several": "told by {n} sources not known to be linked",
    "single": "single source",
    "party": "claimed by a party",
    "publisher": "publisher only",
    "reader": "reader only",
}


def label(standing: str, count: int) -> str:
    """The standing as a reader sees it."""
    return LABELS[standing].format(n=count)
