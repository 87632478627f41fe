"""The stage `mentions`: names and noun phrases that may matter, for the stages after it.

It yields nothing; it fills `draft.candidates`, in text order: what the registry knows, what the
text introduces, what the parser names, and nouns for actors. Labels are hints, and where two
proposals share words the registry's stands before the parser's.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.language.syntax import Sentence
from sayso.model.annotation import AnyAnnotation
from sayso.reading import actor_phrases as phrases
from sayso.reading.draft import Candidate, Draft
from sayso.reading.mention_introduced import introduced
from sayso.reading.mention_names import names

_LABELS = {
    "PERSON": "person", "ORG": "group", "NORP": "nationality", "GPE": "place", "LOC": "place",
    "FAC": "facility",
}  # fmt: skip
_FORMS = {"demonym": "nationality", "people": "nationality", "capital": "place"}
_RANK = {"registry": 0, "introduced": 1, "parser": 2, "pattern": 3}


class Mentions:
    """The stage `mentions`."""

    name = "mentions"
    version = "1"

    def read(self, draft: Draft) -> Iterable[AnyAnnotation]:
        found: list[Candidate] = []
        for name in names(draft):
            label = _FORMS.get(name.form, "group")
            found.append(Candidate(name.start, name.end, label, "registry"))
        for span in draft.sentences():
            for pair in introduced(draft.text, span.start, span.end):
                found.append(Candidate(pair.start, pair.end, "group", "introduced"))
                found.append(Candidate(pair.short_start, pair.short_end, "group", "introduced"))
        for tree in draft.trees():
            found += _parsed(tree)
        draft.candidates += sorted(
            set(found), key=lambda c: (c.start, -c.end, _RANK.get(c.source, 9), c.label)
        )
        return ()


def _parsed(tree: Sentence) -> list[Candidate]:
    out: list[Candidate] = []
    run: tuple[int, int, str] | None = None
    for token in tree.tokens:
        if token.ent in _LABELS and run and token.ent_iob == "I" and run[2] == token.ent:
            run = (run[0], token.end, token.ent)
        else:
            if run:
                out.append(Candidate(run[0], run[1], _LABELS[run[2]], "parser"))
            run = (token.start, token.end, token.ent) if token.ent in _LABELS else None
        if token.pos == "NOUN" and token.dep not in ("compound", "amod", "nmod"):
            noun = phrases.nominal(tree, token)
            if noun is not None:
                first = tree.tokens[phrases.left_edge(tree, token)]
                out.append(Candidate(first.start, token.end, "nominal", "pattern"))
    if run:
        out.append(Candidate(run[0], run[1], _LABELS[run[2]], "parser"))
    return out
