"""Status, polarity and certainty, with the words that decided."""

from __future__ import annotations

import pytest
from tests.events.reading import events

CASES = [
    # text, word of the trigger, status, polarity, certainty, a deciding word
    ("Rebels captured the town of Belan.", "captured", "occurred", "positive", "certain", None),
    ("Rebels will capture the town of Belan.", "capture", "expected", "positive", "certain",
     "will"),
    ("Rebels may attack the garrison at Belan.", "attack", "expected", "positive", "possible",
     "may"),
    ("Rebels did not attack the garrison.", "attack", "occurred", "negative", "certain", "not"),
    ("Rebels failed to capture the bridge.", "capture", "occurred", "negative", "certain",
     "failed"),
    ("Rebels managed to capture the bridge.", "capture", "occurred", "positive", "certain", None),
    ("Troops are shelling the old quarter.", "shelling", "ongoing", "positive", "certain", None),
    ("If rebels attack the port, the fleet will leave.", "attack", "hypothetical", "positive",
     "possible", "If"),
    ("Officials denied that rebels attacked the port.", "attacked", "occurred", "negative",
     "possible", "denied"),
    ("Did rebels attack the port?", "attack", "hypothetical", "positive", "unknown", "?"),
    ("Forty fighters are expected to withdraw from Belan.", "withdraw", "expected", "positive",
     "certain", "expected"),
    ("The army allegedly shelled the clinic.", "shelled", "occurred", "positive", "possible",
     "allegedly"),
    ("Soldiers never attacked the port.", "attacked", "occurred", "negative", "certain", "never"),
    ("The fighting in the port continues.", "fighting", "ongoing", "positive", "certain",
     "continues"),
    ("There is heavy fighting in the port.", "fighting", "ongoing", "positive", "certain", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word", "status", "polarity", "certainty", "by"), CASES, ids=[c[0] for c in CASES]
)
def test_reality(
    text: str, word: str, status: str, polarity: str, certainty: str, by: str | None
) -> None:
    found = [e for e in events(text) if word in e.exact]
    assert found, [(e.exact, e.event_type) for e in events(text)]
    event = found[0]
    got = (event.status, event.polarity, event.certainty)
    assert got[:2] == (status, polarity), got
    if certainty != "certain" or by is None:
        assert event.certainty == certainty
    if by is not None:
        assert by in [w.exact for w in event.reality_words]
