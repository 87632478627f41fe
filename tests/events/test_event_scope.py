"""What a word reaches over, and what it does not: negation, denial, orders, joined nouns."""

from __future__ import annotations

import pytest
from tests.events.reading import events

from sayso.model.annotation import Event


def told(text: str) -> list[tuple[str, str | None]]:
    return [(e.exact, e.event_type or e.act) for e in events(text)]


def only(text: str) -> Event:
    (event,) = events(text)
    return event


def recipients(text: str) -> list[list[str]]:
    return [[a.exact for a in e.recipient] for e in events(text)]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Not only have two nurses been murdered, but the clinic is closed.", "positive"),
        ("The rebels did not just shell the market.", "positive"),
        ("The rebels did not shell the market.", "negative"),
        ("It cannot be said that two armies are fighting each other.", "negative"),
        ("It was said that two armies are fighting each other.", "positive"),
        (
            "He denied that the delay is linked to the arrest of two officers on charges of having"
            " a part in the murder of six priests.",
            "positive",
        ),
        ("He denied that two colonels were arrested.", "negative"),
    ],
)
def test_how_far_no_reaches(text: str, polarity: str) -> None:
    assert only(text).polarity == polarity


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The junta ordered that the poor quarters be bombarded.", "planned"),
        ("The junta said that the poor quarters were bombarded.", "occurred"),
        ("Deputies held a debate on giving military aid to Norvia.", "hypothetical"),
    ],
)
def test_what_is_ordered_or_talked_about(text: str, status: str) -> None:
    assert [e.status for e in events(text)][-1] == status


def test_a_blast_that_hurt_nobody_took_place() -> None:
    assert only("The explosion did not cause any casualties.").polarity == "positive"


def test_what_is_to_be_prevented_is_not_told_as_a_fact() -> None:
    event = only("They take steps to prevent judges from being murdered.")
    assert (event.status, event.polarity) == ("hypothetical", "negative")


def test_a_question_tells_of_nothing() -> None:
    assert only("Where will the meeting between the presidents be held?").status == "hypothetical"


def test_who_was_hurt_when_a_post_was_attacked() -> None:
    assert told("Three guards were wounded when their post was attacked near Belan.") == [
        ("wounded", "ASSAULT")
    ]


def test_a_name_in_capitals_holds_no_verb() -> None:
    text = "THE HOSPITAL WAS OCCUPIED BY THE NATIONAL DAWN FRONT (FND) GUERRILLAS THIS MORNING."
    assert [a.exact for a in only(text).actor] == ["NATIONAL DAWN FRONT"]


@pytest.mark.parametrize(
    "text",
    [
        "Our forces have rejected all counterattacks by the enemy.",
        "It amounted to using a tank to kill a flea.",
        "There is a gang that distributes the drug in Belan.",
        "The militia does not take hostages.",
        "Nobody likes the envoy of a government that kills nurses.",
        "Officials denied any connection with the men who had grenades and maps.",
        "The company sent grenades and mines to the depot.",
        "The police are complying with instructions to end the wave of crime.",
        "The government is meeting and will meet all its commitments.",
        "The armed forces are responsible for maintaining order.",
        "Government reports suggest that the rebels will step up their effort.",
        "Many groups complain about noise and dust.",
        "He noted that the ministry has not had to resort to any unusual step.",
        "The helicopters participated in operations in the north.",
    ],
)
def test_nothing_happens(text: str) -> None:
    assert told(text) == []


def test_what_happens_beside_them() -> None:
    assert told("The militia took two hostages.") == [("took", "ASSAULT")]
    assert told("The union complained about the minister.") == [("complained", "ACCUSE")]
    assert told("The union said the ministry was responsible for the deaths.") == [
        ("was", "ACCUSE")
    ]
    assert told('The rebels call on "young people to join the war".') == [("call", "REQUEST")]
    assert told("The police raided the parish hall after a complaint.") == [("raided", "COERCE")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The car of Emil Oda was destroyed by a bomb, but Oda was not hurt.",
         [["The car of Emil Oda"], ["Oda"]]),
        ("Judge Quint was shot dead on Monday, hours before mayor Emil Oda was killed.",
         [["Judge Quint"], ["mayor Emil Oda"]]),
        ("The army post at Tovel, Belan was attacked at dawn.", [["The army post"]]),
        ("The gang is engaged in a fight to the death with the police.", [[]]),
        ("The rebels demand the dismissal of the general.", [[]]),
        ("The rebels demand the withdrawal of the army.", [["the army"]]),
        ("Workers who had marched to demand raises and an opening were shot by guards.",
         [["Workers"]]),
    ],
)  # fmt: skip
def test_whom(text: str, wanted: list[list[str]]) -> None:
    assert recipients(text)[-len(wanted) :] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The storm drenched the peninsula, where mudslides killed 25.",
        "The shock policy killed inflation at the cost of many jobs.",
        "The deputies killed the budget for the second time in a month.",
        "Private bus operators withdrew their indefinite strike on Monday.",
        "The report was met with a barrage from nearly everyone it names.",
    ],
)
def test_figures_of_speech_and_storms(text: str) -> None:
    assert told(text) == []


def test_met_with_force_is_no_meeting() -> None:
    text = "Police, firing in the air, met the marchers with tear gas."
    assert told(text) == [("firing", "ASSAULT")]
    assert told("The envoy met with the marchers in Tarun.") == [("met", "CONSULT")]


def test_what_is_to_be_done_to_somebody_is_not_asked_of_them() -> None:
    assert recipients("The council demanded that the assailants be handed over.") == [[]]
    assert recipients("The council demanded the safe return of the villagers.") == [[]]
    assert recipients("The council demanded that the army hand the men over.") == [["the army"]]


def test_who_is_under_arrest_arrests_nobody() -> None:
    (event,) = events("The general and ten of his men are in custody.")
    assert (event.mode, event.actor) == ("arrest", ())
    assert [a.exact for a in event.recipient] == ["The general", "ten"]
    assert recipients("Prosecutors ordered the arrest of two builders.") == [["builders"]]
    assert told("The parcel is in the custody of the bank.") == []


def test_who_speaks_may_stand_behind_the_verb() -> None:
    (event,) = events('"It was worse," complained the president of the union.')
    assert [a.exact for a in event.actor] == ["the president"]
    assert event.recipient == ()
    (event,) = events("The rebels warned the president of the union.")
    assert [a.exact for a in event.recipient] == ["the president"]


def test_an_attack_for_what_one_does_is_one_in_words() -> None:
    assert told("The minister attacked the party for putting jobs at risk.") == [
        ("attacked", "ACCUSE")
    ]
    assert told("The rebels attacked the post for the second time.") == [("attacked", "ASSAULT")]
    assert told("The governor warned against generalizations.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The ambassador still expressed doubts about the authors of the crime.",
        "It was discovered who was responsible for the death of six priests.",
        "The execution of the plan will coincide with a trip.",
        "The council suspended its meeting last night.",
        "This is the question he was asked.",
        "The president called the people to think about the war.",
    ],
)
def test_words_that_only_look_like_deeds(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "status", "polarity"),
    [
        ("The army has denied reports that a unit was attacked.", "occurred", "negative"),
        ("The army has published reports that a unit was attacked.", "occurred", "positive"),
        ("A man was nearly lynched by a crowd.", "occurred", "negative"),
        ("This does not mean that relations have been broken.", "hypothetical", "positive"),
    ],
)
def test_what_did_not_happen(text: str, status: str, polarity: str) -> None:
    (event,) = events(text)
    assert (event.status, event.polarity) == (status, polarity)


def test_one_s_own_future_attack_is_a_threat() -> None:
    assert told("Our units will attack the garrison.") == [("attack", "THREATEN")]
    assert told("The rebels will attack the garrison.") == [("attack", "ASSAULT")]
    assert told("Our units attacked the garrison.") == [("attacked", "ASSAULT")]


def test_papers_and_qualities_are_nobody() -> None:
    (event,) = events("The fliers urged the people not to vote.")
    assert (event.event_type, event.actor) == ("REQUEST", ())
    (event,) = events("Fierce fighting is taking place in the capital.")
    assert event.actor == ()
    (event,) = events("The police reported that they raided a house.")
    assert event.event_type == "COERCE"
    (event,) = events("The priest pointed the finger at the general.")
    assert event.recipient == ()
    (event,) = events("The war has taken lives.")
    assert event.recipient == ()
    text = "The embassy requested the extradition of Kent for his links with the Tarun cartel."
    assert recipients(text) == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "They are dissatisfied people who will join the struggle.",
        "He admitted that military power has been behind the real power.",
        "Every honest citizen supports them.",
        "The guerrillas have lost ground in every way.",
        'Many unions have been "beheaded" by the crisis.',
        "The reports have been greeted with great interest.",
    ],
)
def test_states_of_mind_and_figures_of_speech(text: str) -> None:
    assert told(text) == []


def test_an_act_told_by_two_words_is_told_once() -> None:
    text = "The strong explosion, which destroyed the truck, caused damage to nearby houses."
    assert told(text) == [("destroyed", "ASSAULT")]
    text = "The attacks against the garrisons began at 2045, and these attacks continue now."
    assert told(text) == [("attacks", "ASSAULT")]
    text = "The police arrested 149 people, of whom a hundred are alleged members of the front."
    assert told(text) == [("arrested", "COERCE")]


def test_who_does_it_to_whom_by_the_kind_of_deed() -> None:
    (event,) = events("The guerrillas subdued the guards and entered the house.")
    assert [a.exact for a in event.recipient] == ["the guards"]
    (event,) = events("Important military equipment was seized from the guerrillas.")
    assert (event.event_type, event.mode) == ("ASSAULT", "capture")
    (event,) = events("The Tarun police had mobilized to find the robbers.")
    assert event.mode == "police"
    (event,) = events("Security was stepped up last night after the incident.")
    assert event.mode == "police"
