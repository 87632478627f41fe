"""Blame, civilian targeting, contexts, and what writers say to each other."""

from __future__ import annotations

from tests.events.reading import events


def test_suspected_actors_are_blamed_as_such() -> None:
    (event,) = events("Suspected militants killed three farmers near Belan.")
    assert [a.blame for a in event.actor] == ["suspected"]
    assert event.civilian_targeting == "yes"


def test_an_attack_on_soldiers_does_not_target_civilians() -> None:
    (event,) = events("Rebels killed three soldiers near Belan.")
    assert event.civilian_targeting == "no"
    assert event.acled is not None and event.acled.sub_event_type == "Armed clash"


def test_words_near_the_trigger_give_contexts() -> None:
    (event,) = events("Police arrested two smugglers with heroin at the border.")
    assert {"illegal_drugs", "territory"} & set(event.context)


def test_what_a_writer_does_in_words_is_no_event() -> None:
    assert events("I agree with you about the dam.") == []


def test_withdrawal_is_no_transfer_of_territory() -> None:
    (event,) = events("The rebels withdrew from the town of Belan.")
    assert event.acled is None or event.acled.sub_event_type == "Change to group/activity"


def test_deployment_is_no_headquarters() -> None:
    (event,) = events("The army deployed two battalions along the river.")
    assert event.acled is None or event.acled.sub_event_type == "Change to group/activity"


def test_planned_events_have_no_acled_type() -> None:
    for event in events("The army plans to attack the town of Belan."):
        assert event.acled is None


def test_a_known_group_is_no_place_and_a_people_is_none() -> None:
    taken = [
        e
        for text in (
            "Its fighters captured two tanks from the Nour al-Din al-Zenki Movement.",
            "The general was unable to capture 250.000 British soldiers.",
        )
        for e in events(text)
    ]
    assert len(taken) == 2
    assert not any(e.place or e.origin or e.destination for e in taken)
