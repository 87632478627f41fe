"""Which place belongs to which event."""

from __future__ import annotations

import pytest

from sayso.language.syntax import default_parser
from sayso.model.document import Document, Part
from sayso.reading.draft import Draft
from sayso.reading.toponym_events import places_of_event
from sayso.reading.toponyms import Toponyms

CASES = [
    # text, trigger, role -> words
    ("Clashes broke out in Atarib on Sunday.", "Clashes", {"place": ["Atarib"]}),
    ("The rebels withdrew from Atarib to Afrin.", "withdrew",
     {"origin": ["Atarib"], "destination": ["Afrin"]}),
    ("The army captured Saraqib after a week.", "captured", {"place": ["Saraqib"]}),
    ("Gunmen shelled a school in Daraa.", "shelled", {"place": ["Daraa"]}),
    ("Three men were killed in an ambush near Homs.", "killed", {"place": ["Homs"]}),
    ("A bomb went off in Kabul, killing nine people.", "killing", {"place": ["Kabul"]}),
    ("The Kabul bombing was condemned.", "bombing", {"place": ["Kabul"]}),
    ("Fighters left positions in the western Aleppo countryside in Syria.", "left",
     {"place": ["western Aleppo countryside"]}),
    ("Syrian jets shot down a drone.", "shot", {}),
    ("A spokesman said in Ankara that two soldiers were killed.", "killed", {}),
    ("Students in Paris protested against the war in Yemen.", "protested", {"place": ["Paris"]}),
    ("Two pilots were captured by Iran.", "captured", {}),
]  # fmt: skip


def places(text: str, word: str) -> dict[str, list[str]]:
    part = Part(id="p1", kind="body", start=0, end=len(text))
    draft = Draft(Document(id="d", text=text, parts=(part,)), default_parser())
    for annotation in Toponyms().read(draft):
        draft.add(annotation)
    at = text.rindex(word)
    sentence = draft.tree_at(at)
    assert sentence is not None
    trigger = sentence.at(at)
    assert trigger is not None
    found = places_of_event(draft, sentence, trigger)
    return {role: [draft.text[a.start : a.end] for a in args] for role, args in found.items()}


@pytest.mark.parametrize(("text", "trigger", "wanted"), CASES, ids=[c[0][:30] for c in CASES])
def test_case(text: str, trigger: str, wanted: dict[str, list[str]]) -> None:
    got = places(text, trigger)
    first = {role: words[:1] for role, words in got.items()}
    assert first == {role: words[:1] for role, words in wanted.items()}


def test_the_town_takes_up_the_one_named_before() -> None:
    text = "More men are due to leave Atarib in Syria. Troops were deployed inside the town."
    assert places(text, "deployed") == {"place": ["the town"]}
    part = Part(id="p1", kind="body", start=0, end=len(text))
    draft = Draft(Document(id="d", text=text, parts=(part,)), default_parser())
    for annotation in Toponyms().read(draft):
        draft.add(annotation)
    sentence = draft.tree_at(text.index("deployed"))
    assert sentence is not None
    trigger = sentence.at(text.index("deployed"))
    assert trigger is not None
    arg = places_of_event(draft, sentence, trigger)["place"][0]
    assert arg.entity == "place:gn:174030"
