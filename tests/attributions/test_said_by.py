"""The chain of people who said so."""

from __future__ import annotations

import pytest
from attribution_reading import draft_of

from sayso.language.syntax import default_parser
from sayso.model.document import Document, Part
from sayso.reading.attributions import Attributions
from sayso.reading.draft import Draft
from sayso.reading.saidby import said_by

ARTICLE = (
    "Residents said that planes bombed the mill on Monday. Nobody was hurt.\n\n"
    "The ministry claimed that rebels had told reporters that the port fell.\n\n"
    "A military source believes that the road will reopen.\n\n"
    "Activists released a video showing a burning depot."
)


@pytest.mark.parametrize(
    ("words", "who", "tiers"),
    [
        ("bombed the mill", ["Residents"], ["witness"]),
        ("Nobody was hurt", [], []),
        ("the port fell", ["The ministry", "rebels"], ["official", "party"]),
        ("will reopen", ["A military source"], ["anonymous"]),
        ("burning depot", ["Activists"], ["witness"]),
    ],
)
def test_chain(words: str, who: list[str], tiers: list[str]) -> None:
    draft = draft_of(ARTICLE)
    start = ARTICLE.index(words)
    chain = said_by(draft, start, start + len(words))
    assert chain[0].tier == "publisher"
    assert [link.exact for link in chain[1:]] == who
    assert [link.tier for link in chain[1:]] == tiers


def test_footage() -> None:
    start = ARTICLE.index("burning depot")
    assert said_by(draft_of(ARTICLE), start, start + 3)[-1].access == "footage"


def test_certainty_of_the_innermost() -> None:
    start = ARTICLE.index("will reopen")
    assert said_by(draft_of(ARTICLE), start, start + 3)[-1].certainty == "probable"


def test_a_reader_is_a_source_by_position() -> None:
    body = "The army left the town."
    comment = "I think they never left. The mayor said that they are still there."
    text = f"{body}\n\n{comment}"
    start = text.index(comment)
    parts = (
        Part(id="p1", kind="body", start=0, end=len(body)),
        Part(id="p2", kind="comment", start=start, end=len(text), author="Nightowl", depth=1),
    )
    draft = Draft(Document(id="d", text=text, parts=parts, publisher="Daily"), default_parser())
    for annotation in Attributions().read(draft):
        draft.add(annotation)

    def names(words: str) -> list[str | None]:
        at = text.index(words)
        return [link.who for link in said_by(draft, at, at + len(words))]

    assert names("left the town") == ["Daily"]
    assert names("never left") == ["Daily", "Nightowl"]
    assert names("still there") == ["Daily", "Nightowl", "The mayor"]
    at = text.index("never left")
    assert said_by(draft, at, at + 5)[-1].certainty == "probable"


def test_a_source_behind_a_source() -> None:
    text = "Troops entered Maraya, state television reported, citing a military official."
    draft = draft_of(text)
    chain = said_by(draft, 0, 14)
    assert [link.exact for link in chain[1:]] == ["state television", "a military official"]


def test_nobody_is_no_source() -> None:
    text = "Nobody claimed that the dam was hit."
    start = text.index("dam")
    assert len(said_by(draft_of(text), start, start + 3)) == 1


def test_condition_of_anonymity() -> None:
    text = "Two officials, speaking on condition of anonymity, said the convoy was hit."
    start = text.index("convoy")
    assert said_by(draft_of(text), start, start + 6)[-1].tier == "anonymous"


def test_a_pronoun_stands_for_whom_the_text_told_of_last_and_who_fits_it() -> None:
    text = (
        "A survey team found cracks, the Dam Office said. The engineer Mira Tal marked nine"
        ' hamlets in red. "Half of them will slide," she said. They hold 400 people, it said.'
    )
    draft = draft_of(text)
    (slide,) = said_by(draft, text.index("Half"), text.index("Half") + 20)[1:]
    assert slide.who is not None and slide.who.endswith("Mira Tal")
    (hold,) = said_by(draft, text.index("They hold"), text.index("They hold") + 10)[1:]
    assert hold.who == "the Dam Office"
