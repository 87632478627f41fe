"""The cast of a document: every mention of an actor, in text order, with who it is.

Built once per document, sentence by sentence, so that a phrase can only mean what stands before
it. Names come first (registry, introduced, the parser's), then nouns for actors, then pronouns.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sayso.knowledge.lexicon import word_list, words
from sayso.language.syntax import Sentence
from sayso.reading import actor_context
from sayso.reading import actor_coref as coref
from sayso.reading import actor_owner as owner
from sayso.reading import actor_unknown as unknown
from sayso.reading.actor_members import Cast, Member, is_state
from sayso.reading.actor_sentence import SentenceReader
from sayso.reading.draft import Draft, SentenceSpan
from sayso.reading.mention_introduced import introduced
from sayso.reading.mention_names import Name, names

__all__ = ["Cast", "Member", "cast"]


class _Builder:
    """Walks the sentences of one document and collects members."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.text = draft.text
        self.members: list[Member] = []
        self.book = unknown.Book()
        self.before: dict[str, list[coref.Antecedent]] = {}
        self.article = {p.id for p in draft.document.parts if p.kind != "comment"}
        self.all_names: list[Name] = []
        self.state = actor_context.state_spoken_of(names(draft), draft.trees())
        self.by_sentence: dict[int, list[Name]] = {}
        for name in names(draft):
            self.by_sentence.setdefault(name.sentence, []).append(name)

    def build(self) -> Cast:
        for span in self.draft.sentences():
            for pair in introduced(self.text, span.start, span.end):
                self.book.introduce(self.text, pair, self.by_sentence.get(span.index, []))
        trees = {(t.start, t.end): t for t in self.draft.trees()}
        for span in self.draft.sentences():
            tree = trees.get((span.start, span.end))
            found = self._names(span, tree)
            self.all_names += found
            if tree is None:
                self.members += [m for m in (self._bare(n, span) for n in found) if m]
            else:
                SentenceReader(self, span, tree, found).read()
        return Cast(self.members, self.book.actors, self.all_names)

    def _names(self, span: SentenceSpan, tree: Sentence | None) -> list[Name]:
        """The names of a sentence: the document's own take the place of what the registry made
        of the same words; the parser's fill what is left."""
        own = self.book.names(self.text, span)
        taken = [(n.start, n.end) for n in own]
        kept = [
            n
            for n in self.by_sentence.get(span.index, [])
            if not any(n.start < e and s < n.end for s, e in taken)
        ]
        found = own + kept
        if tree is not None:
            comment = span.part not in self.article
            found += self.book.from_parser(self.text, tree, found, span.index, comment)
        return sorted(found, key=lambda n: n.start)

    def _bare(self, name: Name, span: SentenceSpan) -> Member | None:
        """A name in a sentence that was not parsed."""
        if name.form not in ("name", "acronym", "introduced", "unknown", "short"):
            return None
        before = words(self.text, max(span.start, name.start - 24), name.start)
        if before and before[-1].key in word_list("locatives") and is_state(name.actor):
            return None
        if owner.attached(self.text, name.end):
            return None
        return Member(name.start, name.end, name.actor, "name", 0.8, "name", span.index)

    def context(self, part: str) -> list[coref.Antecedent]:
        return self.before.setdefault("" if part in self.article else part, [])


_kept: WeakKeyDictionary[Draft, Cast] = WeakKeyDictionary()


def cast(draft: Draft) -> Cast:
    """The cast of the document, built at the first call."""
    found = _kept.get(draft)
    if found is None:
        found = _Builder(draft).build()
        _kept[draft] = found
    return found
