"""A report in the manner of a conflict page: each event with its roles, figures and sources."""

from __future__ import annotations

from tests.events.reading import events

from sayso.model.annotation import Event

TEXT = (
    "More than 300 fighters of the Karsh Brigade and its allies arrived in the town of Belan "
    "after withdrawing from their posts in the eastern Dorna countryside, the Valley Monitor "
    "reported on May 4. The Karsh Brigade lost its battle with the Dawn Front in two days. "
    "The commanders fled to Norvia. "
    "The Dawn Front forced the River Battalion, which controlled the town, to surrender after a "
    "short battle. Another 50 fighters are expected to withdraw to Belan tomorrow. "
    "The Dawn Front said that its fighters managed to capture three tanks. "
    "Its members burned the rival flag."
)


def _one(found: list[Event], kind: str | None, mode: str | None, word: str) -> Event:
    wanted = (kind, mode, word)
    hits = [e for e in found if (e.event_type, e.mode, e.exact) == wanted]
    assert len(hits) == 1, [(e.event_type, e.mode, e.exact) for e in found]
    return hits[0]


def test_withdrawal_with_origin_destination_and_size() -> None:
    event = _one(events(TEXT), "RETREAT", "withdraw", "withdrawing")
    assert any("Karsh Brigade" in a.exact for a in event.actor)
    assert any("Belan" in a.exact for a in event.destination)
    assert event.origin
    assert [(q.role, q.low, q.of) for q in event.quantities] == [("size", 300, "actor")]
    assert (event.status, event.polarity) == ("occurred", "positive")


def test_lost_battle_has_both_sides_and_an_outcome() -> None:
    event = _one(events(TEXT), "ASSAULT", None, "lost")
    assert len(event.actor) == 2
    assert event.outcome is not None
    assert event.outcome.loser is not None and "Karsh" in event.outcome.loser.exact
    assert event.outcome.winner is not None and "Dawn" in event.outcome.winner.exact
    assert event.granularity == "summary"


def test_leaders_take_flight() -> None:
    event = _one(events(TEXT), "RETREAT", "flight", "fled")
    assert any("Norvia" in a.exact for a in event.destination)


def test_forced_surrender_names_both_sides_and_the_fight_before_it() -> None:
    found = events(TEXT)
    event = _one(found, "RETREAT", "surrender", "surrender")
    assert any("River Battalion" in a.exact for a in event.actor)
    assert any("Dawn Front" in a.exact for a in event.recipient)
    battle = _one(found, "ASSAULT", None, "battle")
    assert len(battle.actor) == 2
    control = [e for e in found if e.act == "control"]
    assert len(control) == 1 and control[0].place


def test_expected_is_not_occurred() -> None:
    event = _one(events(TEXT), "RETREAT", "withdraw", "withdraw")
    assert event.status == "expected"
    assert [w.exact for w in event.reality_words] == ["expected"]


def test_managed_to_is_done() -> None:
    event = _one(events(TEXT), "ASSAULT", "capture", "capture")
    assert event.status == "occurred"


def test_flag_burning_is_symbolic_only() -> None:
    found = [e for e in events(TEXT) if "burned" in e.exact]
    assert [(e.event_type, e.act) for e in found] == [(None, "symbolic")]
