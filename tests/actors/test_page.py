"""A short page in the manner of a monitor's report: who is who, and who a phrase means."""

from __future__ import annotations

import pytest

from sayso.language.syntax import default_parser
from sayso.model.annotation import Mention
from sayso.model.document import Document, Part
from sayso.reading.actor_args import actor_arg
from sayso.reading.actors import Actors
from sayso.reading.draft import Draft
from sayso.reading.mentions import Mentions

TEXT = (
    "At least 40 fighters of the Turkish-backed Ahrar al-Sham and its partners left Maarat, the "
    "Syrian Observatory for Human Rights (SOHR) said. Ahrar al-Sham lost to Hay’at Tahrir al-Sham "
    "(HTS) there. According to the UK-based war monitor, HTS sent its troops to the town."
)


@pytest.fixture(scope="module")
def draft() -> Draft:
    part = Part(id="p1", kind="body", start=0, end=len(TEXT))
    made = Draft(Document(id="d", text=TEXT, parts=(part,)), default_parser())
    for stage in (Mentions(), Actors()):
        for annotation in stage.read(made):
            made.add(annotation)
    return made


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        ("Ahrar al-Sham", "actor:ahrar-sham"),
        ("SOHR", "actor:sohr"),
        ("HTS", "actor:hts"),
        ("Hay’at Tahrir al-Sham", "actor:hts"),
        ("the UK-based war monitor", "actor:sohr"),
        ("its troops", "actor:hts"),
        ("its partners", None),
    ],
)
def test_mention(draft: Draft, words: str, entity: str | None) -> None:
    found = [m for m in draft.of(Mention) if m.exact == words]
    assert found, words
    assert {m.entity for m in found} == {entity}


def test_turkey_is_no_actor(draft: Draft) -> None:
    assert "actor:TUR" not in {m.entity for m in draft.of(Mention)}


def test_members_of_a_body_are_the_body(draft: Draft) -> None:
    tree = draft.trees()[0]
    head = next(t for t in tree.tokens if t.text == "fighters")
    parties = [(a.exact, a.entity) for a in actor_arg(draft, tree, head)]
    assert parties == [("Ahrar al-Sham", "actor:ahrar-sham"), ("its partners", None)]
