"""What the third turn of an argument does, and which figure it is about.

Each row is a claim, a challenge, the claimant's answer, the acts that the answer must have and the
words of the challenge that its figure disputes (None: no figure).
"""

from __future__ import annotations

import pytest
from reply_reading import acts, targets

from sayso.reading.reply_figures import compare
from sayso.reading.reply_numbers import numbers

TURNS: list[tuple[str, str, str, set[str], str | None]] = [
    (
        "The pier has 900 visitors a day.", "900? More like 400.",
        "The counter at the gate still says 900.", {"disputes", "maintains"}, "400",
    ),
    (
        "The pier has 900 visitors a day.", "It has 400.",
        "400 on weekdays. I said a day in season.", {"qualifies"}, "400",
    ),
    (
        "Two thirds of the ferries are late.", "The company says a tenth.",
        "The company counts only those an hour late.", {"qualifies", "disputes"}, "a tenth",
    ),
    (
        "The well gave 300 litres.", "It was 120 litres, I read the meter.",
        "Fine, 120 then. It is still too little.", {"retracts", "agrees", "maintains"}, None,
    ),
    (
        "They will close the mill.", "They said so in 2011, and it is open.",
        "In 2011 they had orders for years.", {"disputes"}, None,
    ),
    (
        "Nobody wants the new road.", "No, the shops want it.",
        "I was not talking about the shops, I was talking about those who live there.",
        {"qualifies", "maintains"}, None,
    ),
    (
        "The vote was bought.", "Names?",
        "Minutes of the council, 4 March, page 12.", {"answers"}, None,
    ),
    (
        "The dam holds two winters more.", "No way. With what repairs?",
        "The report is on the ministry's page.", set(), None,
    ),
    (
        "The mayor never paid it back.", "He did pay it back, in June.",
        "True, I forgot about that.", {"retracts", "agrees"}, None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "challenge", "answer", "wanted", "figure"), TURNS, ids=lambda x: str(x)[:20]
)
def test_the_claimant_answers(
    claim: str, challenge: str, answer: str, wanted: set[str], figure: str | None
) -> None:
    turns = [claim, challenge, answer]
    assert wanted <= acts(turns)
    found = {t for t in targets(turns) if len(t.split()) <= 4 and numbers(t.lower())}
    assert found == ({figure} if figure else set())


ASKED = [
    "Which satellite pictures?",
    "Told by whom, the clerk?",
    "Link to that report please.",
    "And where is yours from?",
    "Was that a guess or did somebody tell you?",
    "Can you post a photo of it?",
    "Then publish the list.",
]


@pytest.mark.parametrize("words", ASKED, ids=lambda x: x[:20])
def test_what_a_claim_rests_on_is_asked_for(words: str) -> None:
    assert "asks_source" in acts(["They counted the boats and half were missing.", words])


TAKEN_UP: list[tuple[str, str, str | None, bool]] = [
    # ours, theirs, what is disputed, narrowed
    ("640 in the first year.", "They build 640 homes.", "640 homes", True),
    ("The 640 include the old ones.", "They build 640 homes.", "640 homes", True),
    ("640 is the number that was applied for.", "They build 640 homes.", "640 homes", True),
    ("Some 90 of those were empty.", "They build 640 homes.", "640 homes", True),
    ("640 is the mayor's number.", "They build 640 homes.", "640 homes", False),
    ("Your uncle counted 640 of them at night?", "They build 640 homes.", "640 homes", False),
    ("We won eleven last year.", "They win five games.", "five games", False),
    ("It is on page 12 of phase 3.", "They build 640 homes.", None, False),
    ("Still seven short.", "They have 53 votes.", None, False),
    ("I've had four of them.", "It lasts three years.", None, False),
]


@pytest.mark.parametrize(("ours", "theirs", "want", "narrowed"), TAKEN_UP, ids=lambda x: str(x))
def test_a_figure_is_taken_up(ours: str, theirs: str, want: str | None, narrowed: bool) -> None:
    found = compare(ours.lower(), theirs.lower())
    number = found.disputed
    assert (theirs[number.start : number.end] if number else None) == want
    assert found.narrows == narrowed


UNITS = [
    ("2000 marines and 1200 in 2019", [(2000, "marine"), (1200, "")]),
    ("280 himself, 7 in the evening", [(280, "")]),
    ("five goals in five games", [(5, "goal"), (5, "game")]),
    ("1. the mill falls. 2. the bridge falls.", []),
]


@pytest.mark.parametrize(("text", "want"), UNITS, ids=lambda x: str(x)[:20])
def test_what_a_number_counts(text: str, want: list[tuple[float, str]]) -> None:
    assert [(n.value, n.unit) for n in numbers(text)] == want
