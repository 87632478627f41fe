"""Forms of verbs, and errors in the data files that name file and line."""

from __future__ import annotations

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.tables import LINE
from sayso.language.dateline import dateline
from sayso.reading import attribution_lexicon as lexicon
from sayso.reading.attribution_forms import forms
from sayso.reading.attribution_quotes import paragraphs, quotes


@pytest.mark.parametrize(
    ("lemma", "wanted"),
    [
        ("say", "says saying said"),
        ("agree", "agrees agreeing agreed"),
        ("deny", "denies denying denied"),
        ("hope", "hopes hoping hoped"),
        ("admit", "admits admitting admitted"),
        ("stress", "stresses stressing stressed"),
        ("write", "writes writing wrote written"),
        ("sob", "sobs sobbing sobbed"),
    ],
)
def test_forms(lemma: str, wanted: str) -> None:
    assert set(wanted.split()) <= forms(lemma)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("MARAYA, March 3 (Agency) — The bridge fell.", 27),
        ("SAN TELMO, 13 NOV 89 (AGENCIA SUR) -- [TEXT] THE BRIDGE FELL.", 45),
        ("The mayor — a former judge — spoke.", 0),
        ("WE WON -- AND THEY KNOW IT.", 0),
        ("", 0),
    ],
)
def test_dateline(text: str, length: int) -> None:
    assert dateline(text) == length


def test_a_quotation_over_wrapped_lines() -> None:
    text = (
        'The captain of the garrison told the assembled reporters: "We have\n'
        "held the pass for nine days and nine nights, and we will hold it\n"
        'until the snow comes."\n\nThe mayor left.'
    )
    first = paragraphs(text, 0, len(text))[0]
    found = [text[q.start : q.end] for q in quotes(text, *first)]
    assert len(found) == 1 and found[0].endswith('snow comes."')


def test_a_wrong_row_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = dict.fromkeys(("prepositions", "weight"), "")
    row |= {"words": "say", "class": "sing", "frames": "clause", "certainty": "certain"}
    row |= {"polarity": "positive", LINE: "7"}
    monkeypatch.setattr(lexicon, "load_csv", lambda *_, **__: [row])
    with pytest.raises(KnowledgeError, match=r"verbs\.csv:7: 'class' is 'sing'"):
        lexicon.verbs.__wrapped__()
