"""On any text: no exception, every mention's words stand in the text, entities are known."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.language.syntax import default_parser
from sayso.model.annotation import Mention
from sayso.model.document import Document, Part
from sayso.reading.actor_args import actor_arg
from sayso.reading.actors import Actors
from sayso.reading.draft import Draft
from sayso.reading.mentions import Mentions

BITS = st.sampled_from(
    ["HTS", "al-", "(", ")", "the", "Turkish", "-backed", " ", " ", " ", "army", "its", ",", "’s",
     "and", "U.S.", "Hay’at", "Tahrir", "al-Sham", ".", "\n", "они", "الجيش", "🙂", "group", "of",
     "said", "attacked", "[", "“", "dozens", "militants", "İ", "ß", "Ⅷ", "\u0301"]
)  # fmt: skip


def check(text: str) -> None:
    part = Part(id="p1", kind="body", start=0, end=len(text))
    draft = Draft(Document(id="d", text=text, parts=(part,)), default_parser())
    for stage in (Mentions(), Actors()):
        for annotation in stage.read(draft):
            draft.add(annotation)
    for mention in draft.of(Mention):
        assert text[mention.start : mention.end] == mention.exact != ""
        assert mention.entity is None or draft.entity(mention.entity) is not None
        assert 0 <= mention.confidence <= 1
    for tree in draft.trees():
        for token in tree.tokens:
            for arg in actor_arg(draft, tree, token):
                assert text[arg.start : arg.end] == arg.exact != ""
                assert arg.entity is None or draft.entity(arg.entity) is not None


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(max_size=120), st.lists(BITS, max_size=40).map("".join)))
def test_any_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "the army of " * 400,
        "Abu al-" * 1500,
        "(HTS " * 1200,
        "U.S. and " * 700,
        "a" * 20_000,
        "THE GROUP AND ITS ALLIES " * 300,
    ],
    ids=["nested", "articles", "brackets", "coordinated", "one word", "capitals"],
)
def test_hostile_text_in_bounded_time(text: str) -> None:
    part = Part(id="p1", kind="body", start=0, end=len(text))
    draft = Draft(Document(id="d", text=text, parts=(part,)), default_parser())
    draft.trees()
    started = time.process_time()
    for stage in (Mentions(), Actors()):
        list(stage.read(draft))
    assert time.process_time() - started < 60
