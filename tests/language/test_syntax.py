"""Sentences and trees: offsets never shift, nothing is lost, and order does not matter."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.cache import CachingParser
from sayso.language.sentences import MAX_CHARS, sentences
from sayso.language.syntax import DEFAULT_PIPELINE, SpacyParser, default_parser, may_name, normalise

TEXTS = (
    "Gen. Smith said the U.S. left. “Why?” asked one. It ended on Jan. 5, at 6 p.m. "
    "The rest is known.",
    "HTS’ fighters entered Atarib 🙂 on Sunday.\n\nNobody fired",
    "THE MINISTER SAID ON 5 MAY THAT TROOPS LEFT SAN SALVADOR. GUERRILLAS ATTACKED.",
)


def test_the_usual_abbreviations_end_no_sentence() -> None:
    found = [TEXTS[0][s:e] for s, e in sentences(TEXTS[0])]
    assert found == [
        "Gen. Smith said the U.S. left.",
        "“Why?” asked one.",
        "It ended on Jan. 5, at 6 p.m.",
        "The rest is known.",
    ]


@given(st.text(max_size=400))
def test_sentences_hold_every_character(text: str) -> None:
    spans = sentences(text)
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    kept = "".join(text[s:e] for s, e in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_text_without_punctuation_is_cut() -> None:
    spans = sentences("word " * 5000)
    assert len(spans) > 1 and all(e - s <= MAX_CHARS for s, e in spans)


@given(st.text(max_size=200))
def test_normalising_keeps_the_length(text: str) -> None:
    assert len(normalise(text)) == len(text)


def test_tokens_stand_where_they_say() -> None:
    for text in TEXTS:
        for tree in default_parser().parse(text, sentences(text)):
            for token in tree:
                assert text[token.start : token.end] == token.text
            assert tree.head(tree.root()) is tree.root()


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=120))
def test_any_text_can_be_parsed(text: str) -> None:
    for tree in default_parser().parse(text, sentences(text)):
        assert all(text[t.start : t.end] == t.text for t in tree)


def test_many_at_once_is_the_same_as_one_by_one(tmp_path: Path) -> None:
    parser = default_parser()
    jobs = [(t, sentences(t)) for t in TEXTS]
    together = [[list(tree) for tree in trees] for trees in parser.parse_all(jobs)]
    alone = [[list(tree) for tree in parser.parse(*job)] for job in jobs]
    assert together == alone
    cached = CachingParser(parser, str(tmp_path / "parses.db"))
    for _ in range(2):
        assert [[list(tree) for tree in trees] for trees in cached.parse_all(jobs)] == alone


def test_list_lines_and_quoted_lines_are_sentences_of_their_own() -> None:
    listed = "Three more:\n1 the mill will burn,\n2 the ford will\n12 feet deep stay open"
    text = listed + "\n> you said\nNo"
    found = [text[s:e] for s, e in sentences(text)]
    assert found == [
        "Three more:",
        "1 the mill will burn,",
        "2 the ford will\n12 feet deep stay open",
        "> you said",
        "No",
    ]


SPOKEN = (
    "There are two men who ain't gonna leave, and let's say they've been seen.",
    "Y'all have got ta hear what the commanders' men did in  Atarib on 5 May, he told us.",
    "But the hostages, whose names weren't given, hadn't been freed; nothin' more is known.",
)


def test_the_quick_way_gives_what_the_pipeline_gives() -> None:
    import spacy

    nlp = spacy.load(DEFAULT_PIPELINE)
    for text in (*TEXTS[:1], *SPOKEN):
        spans = sentences(text)
        for tree, (start, end) in zip(SpacyParser().parse(text, spans), spans, strict=True):
            doc = nlp.make_doc(normalise(text[start:end]))
            for token in doc:
                token.is_sent_start = token.i == 0
            for _, component in nlp.pipeline:
                doc = component(doc)
            plain = [t for t in doc if not t.is_space]
            assert [(t.start - start, t.tag, t.dep, t.pos) for t in tree] == [
                (t.idx, t.tag_, t.dep_, t.pos_) for t in plain
            ]
            assert [t.lemma for t in tree] == [t.lemma_.lower() for t in plain]
            assert [tree.head(t).start - start for t in tree] == [t.head.idx for t in plain]
            if may_name(doc.text):
                assert [t.ent for t in tree] == [t.ent_type_ for t in plain]
