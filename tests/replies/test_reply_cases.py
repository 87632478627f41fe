"""What short replies do: one reply to a claim, and chains in which the first author answers.

The wanted acts are those that a careful reader may give; a reply may get several of them, and none
that is not wanted. An empty list: it does nothing to what it stands under.
"""

from __future__ import annotations

import pytest
from reply_reading import acts, targets

from sayso.language.syntax import default_parser
from sayso.model.annotation import Reply
from sayso.model.document import Document, Part
from sayso.reading.draft import Draft
from sayso.reading.replies import Replies
from sayso.reading.reply_numbers import numbers

pytestmark = pytest.mark.usefixtures("rules_alone")

CLAIM = (
    "The army has lost 3000 tanks and it will run out of fuel within a month."
    " The generals are corrupt."
)


SINGLE: list[tuple[str, str]] = [
    ("This is so accurate it hurts.", "agrees"),
    ("Couldn't have said it better.", "agrees"),
    ("100%. My cousin in the ministry says the same.", "agrees"),
    ("You're forgetting that they refine their own fuel.", "disputes"),
    ("They refine their own fuel though.", "disputes qualifies"),
    ("Ok but what about the reserves in the east?", "disputes qualifies asks"),
    ("Is that tanks only or all armour?", "asks"),
    ("How long did it take them last time?", "asks"),
    ("What counts as lost here?", "asks"),
    ("Do you happen to know where the refinery is?", "asks"),
    (
        "[Source](https://example.org/x) for the tank number, it's 2900 confirmed.",
        "corrects disputes answers",
    ),
    ("It's 2,900 visually confirmed, not 3,000.", "corrects disputes"),
    ("I thought it was closer to 2000?", "corrects disputes asks"),
    ("That's way too high.", "disputes"),
    ("3000 is the Ukrainian number, the real one is half of that.", "corrects disputes"),
    ("Wishful thinking.", "disputes"),
    ("I'll have what he's having", "disputes"),
    ("Sure Jan.", "disputes"),
    ("Meh, people said that last year too.", "disputes"),
    ("RemindMe! 1 month", ""),
    ("Happy cake day!", ""),
    ("Username checks out", ""),
    ("This comment has been removed.", ""),
    ("Thanks for the write-up!", "agrees"),
    ("Yes, and the officers sell the fuel on the black market.", "agrees"),
    ("Not to mention the diesel they sell.", "agrees"),
    ("Don't forget the trucks.", "agrees qualifies"),
    ("Exactly why they're pulling back.", "agrees"),
    ("In the south maybe. In the north they have pipelines.", "qualifies"),
    ("Depends on the weather, honestly.", "qualifies"),
    ("Within a month is a bit much, but yes, it's coming.", "qualifies agrees"),
    ("To be fair, corruption is everywhere.", "qualifies"),
    ("Any proof for the 3000?", "asks_source"),
    ("Where'd you get 3000 from?", "asks_source"),
    ("Can I get a source on that?", "asks_source"),
    ("Got a link?", "asks_source"),
    ("Says who?", "asks_source"),
    ("Citation needed.", "asks_source"),
    ("I'd love to see where that number comes from.", "asks_source"),
    ("What? No. They have plenty of fuel.", "disputes"),
    ("I don't see how that follows.", "disputes"),
    ("Why do you think so?", "asks asks_source disputes"),
    ("You do realise Iran sells them fuel?", "disputes"),
    ("That's not how logistics works.", "disputes"),
    ("Except they aren't.", "disputes"),
    ("lol no", "disputes"),
    ("Hard disagree.", "disputes"),
    ("Tell me you know nothing about armies without telling me.", "disputes"),
    ("And yet they advance every day.", "disputes"),
    ("Funny, they advance every day.", "disputes"),
    ("Russian bot detected", "disputes"),
    ("Didn't they say the same thing in March?", "disputes"),
    ("Their tanks are from the 60s anyway.", "agrees disputes qualifies"),
    ("^ this", "agrees"),
    ("This!", "agrees"),
    ("So much this", "agrees"),
    ("Facts.", "agrees"),
    ("I wish you were right but I don't think so.", "disputes"),
    ("I hope you're right.", ""),
]
CHAINS: list[tuple[list[str], str]] = [
    (
        [
            "The bridge was hit by two missiles.",
            "No, it was a truck bomb.",
            "The videos show two missiles coming in.",
        ],
        "maintains disputes corrects",
    ),
    (
        [
            "The bridge was hit by two missiles.",
            "No, it was a truck bomb.",
            "Oh, I had not seen that footage. Thanks.",
        ],
        "retracts agrees",
    ),
    (
        [
            "The bridge was hit by two missiles.",
            "No, it was a truck bomb.",
            "Yeah you're right, a truck bomb.",
        ],
        "agrees retracts",
    ),
    (
        [
            "The bridge was hit by two missiles.",
            "No, it was a truck bomb.",
            "I was talking about the rail bridge, not the road.",
        ],
        "qualifies maintains",
    ),
    (
        [
            "The bridge was hit by two missiles.",
            "Where did you read that?",
            "On the ministry's channel this morning.",
        ],
        "answers",
    ),
    (["The bridge was hit by two missiles.", "Where did you read that?", "Reuters."], "answers"),
    (
        ["The bridge was hit by two missiles.", "Source?", "Google it."],
        "disputes answers maintains",
    ),
    (
        ["The bridge was hit by two missiles.", "Source?", "Trust me bro"],
        "answers maintains disputes",
    ),
    (["The bridge was hit by two missiles.", "Source?", "Common sense."], "answers maintains"),
    (
        [
            "They lost 400 men in a week.",
            "More like 150.",
            "400. It's on the memorial wall, go and count the names.",
        ],
        "maintains disputes corrects",
    ),
    (
        [
            "They lost 400 men in a week.",
            "More like 150.",
            "150 killed, the rest wounded. 400 casualties.",
        ],
        "qualifies maintains corrects disputes",
    ),
    (
        [
            "They lost 400 men in a week.",
            "More like 150.",
            "Ok, 150 confirmed, I mixed up killed and wounded.",
        ],
        "retracts agrees",
    ),
    (["When does the vote start?", "Noon local time.", "Thanks!"], "agrees"),
    (
        ["When does the vote start?", "Noon local time.", "It's one o'clock actually."],
        "corrects disputes",
    ),
    (
        [
            "Rents will fall next year.",
            "Why would they?",
            "Because a third of the flats stand empty.",
        ],
        "answers",
    ),
    (
        ["Rents will fall next year.", "Rents never fall.", "They fell in 2009 and in 1994."],
        "disputes corrects maintains",
    ),
    (["Rents will fall next year.", "Rents never fall.", "!remindme 1 year"], ""),
    (["Rents will fall next year.", "In your dreams.", "We'll see."], "maintains disputes"),
    (
        ["He resigned this morning.", "He didn't, he was sacked.", "Same thing."],
        "maintains disputes qualifies",
    ),
    (
        ["He resigned this morning.", "He didn't, he was sacked.", "Officially he resigned."],
        "maintains disputes qualifies",
    ),
    (
        ["He resigned this morning.", "He didn't, he was sacked.", "Is that confirmed?"],
        "asks_source",
    ),
    (
        ["He resigned this morning.", "According to whom?", "According to his own press office."],
        "answers",
    ),
    (
        ["The minister said 5% growth.", "He said 3.5%.", "He said 5 in March and 3.5 yesterday."],
        "qualifies maintains corrects disputes",
    ),
    (
        ["It will rain tomorrow.", "Nope, the front moved north.", "Which model shows that?"],
        "asks_source asks",
    ),
    (
        ["It will rain tomorrow.", "Nope, the front moved north.", "My knee says rain."],
        "maintains disputes",
    ),
]


@pytest.mark.parametrize(("words", "wanted"), SINGLE, ids=lambda x: x[:24])
def test_a_reply_to_a_claim(words: str, wanted: str) -> None:
    got = acts([CLAIM, words])
    assert got <= set(wanted.split())
    assert bool(got) == bool(wanted)


@pytest.mark.parametrize(("turns", "wanted"), CHAINS, ids=lambda x: str(x)[-24:])
def test_the_first_author_answers(turns: list[str], wanted: str) -> None:
    got = acts(turns)
    assert got <= set(wanted.split())
    assert bool(got) == bool(wanted)


ASKING = [
    "Any sources for this or is it a gut feeling?",
    "Who told you that, the radio?",
    "Which study is this from?",
    "Has anybody verified the footage?",
    "Link or it didn't happen.",
    "What's your source on the ships?",
    "Is there a report about it somewhere?",
    "I can't find this anywhere, do you have something to read?",
    "Where is this reported? I see nothing on the wires.",
    "How do you know he signed it?",
    "Could you point me to the statistics?",
    "Proof please",
    "Based on which data?",
    "And where does the paper say that?",
    "evidence???",
    "I haven't seen that in any of the documents. Which page?",
    "Reference for the second claim?",
    "Which newspaper was that in?",
    "Did you make that up?",
    "Show me one.",
    "Would be nice to have a source for such claims.",
    "Sauce?",
    "Not saying you're wrong but where is that from?",
    "Have you a link to the ruling?",
    "Mind sharing where you read it?",
]
NARROWING = [
    "That holds for the cities, not for the countryside.",
    "True for new contracts only.",
    "He did say that, but about the other company.",
    "Only if the vote is secret.",
    "More precisely, they suspended it, they did not cancel it.",
    "Right about the price, wrong about the reason.",
    "In principle yes, in practice it takes years.",
    "Well, some of them. Most stayed.",
    "Half true.",
    "It was legal at the time, though.",
    "You mean before taxes.",
    "Partly, because the harbour was closed as well.",
    "For the men's team, sure. The women won it twice.",
    "Technically it's a loan.",
    "That was the case until last summer.",
    "Yes for petrol, no for diesel.",
    "With one exception: the islands.",
    "Not everywhere.",
    "It's more complicated than that.",
    "Only the older ones.",
]
FIGURES = [
    ("The stadium cost 900 million.", "It was 640 before the roof, so call it 700."),
    ("She got 12 percent.", "12? The official result says 8.9."),
    ("We had 40 degrees yesterday.", "39.2 at the airport, not 40."),
    (
        "There are 15 million cats in this country.",
        "Fifteen million? There aren't even that many households.",
    ),
    ("He scored 31 goals.", "29, two were own goals."),
    ("The flight takes nine hours.", "It takes seven and a half."),
    ("They employ 1,200 people here.", "They employ 800. The rest are agency staff."),
    ("Rent is 2,300 a month now.", "2300 is for the furnished ones, mine is 1700."),
    ("It sold 5 million copies.", "Nowhere near 5 million."),
    ("Three quarters of them voted no.", "Two thirds, to be exact."),
    ("He has been in prison for eleven years.", "Nine. He was released in March."),
    ("They won 4-1.", "It ended 3-1, the fourth was offside."),
    ("It was 50 dead.", "The hospital counted 38 bodies."),
    ("Inflation is at 9 percent.", "Officially 6.5."),
    ("It weighs 40 tonnes.", "Source for the 40 tonnes?"),
    ("The tower has 60 floors.", "I count 54."),
    ("There were 200 boats.", "200 is the number that registered, about 90 turned up."),
    ("The fine is 500 euros.", "It's been 800 since January."),
    ("They have 3 planes left.", "three? they never had more than two"),
]
OTHER_FIGURES = [
    ("We walked 20 km.", "I have three dogs and they hate the rain."),
    ("The match starts at 8.", "We will be there at half past seven."),
    ("It costs 12 euros.", "My son turned 12 last week."),
    ("She was born in 1975.", "He was elected in 2012."),
    ("They lost two games.", "The keeper broke three fingers."),
]
FERRIES = "The ministry cancelled the ferries in May and the company sold its ships to the city."


@pytest.mark.parametrize("words", ASKING, ids=lambda x: x[:24])
def test_asking_for_a_source(words: str) -> None:
    assert "asks_source" in acts([FERRIES, words])


@pytest.mark.parametrize("words", NARROWING, ids=lambda x: x[:24])
def test_narrowing_or_putting_right(words: str) -> None:
    assert acts([FERRIES, words]) & {"qualifies", "corrects"}


@pytest.mark.parametrize(("claim", "words"), FIGURES, ids=lambda x: x[:24])
def test_a_figure_in_dispute(claim: str, words: str) -> None:
    figures = [to for to in targets([claim, words]) if numbers(to.lower())]
    assert figures
    assert all(to in claim and len(to.split()) <= 5 for to in figures)


@pytest.mark.parametrize(("claim", "words"), OTHER_FIGURES, ids=lambda x: x[:24])
def test_figures_of_other_things_are_not_in_dispute(claim: str, words: str) -> None:
    assert [to for to in targets([claim, words]) if len(to.split()) < 5] == []


def _capped(last: str) -> tuple[str | None, str | None]:
    """A platform that nests four deep: B and C answer A's third turn, then D writes `last` beside
    them. (the parent that the mark-up gives, the part that D's reply is recorded against)."""
    said = [("A", 1, None), ("B", 2, 0), ("A", 3, 1), ("B", 4, 2), ("Cem", 4, 2), ("D", 4, 2)]
    texts = ["The bridge is held.", "Is it?", "It is held.", "No, it fell.", "It stands.", last]
    parts, at = [], 0
    for n, ((author, depth, parent), words) in enumerate(zip(said, texts, strict=True)):
        parts.append(
            Part(
                id=f"p{n}", key=str(n), kind="comment", start=at, end=at + len(words),
                author=author, reply_to=None if parent is None else f"p{parent}", depth=depth,
                ordinal=n,
            )
        )  # fmt: skip
        at += len(words) + 1
    document = Document(id="d", text="\n".join(texts), parts=tuple(parts))
    found = [
        a
        for a in Replies().read(Draft(document, default_parser()))
        if isinstance(a, Reply) and a.from_part == "p5"
    ]
    return parts[5].reply_to, found[0].to_part if found else None


def test_at_the_depth_cap_a_named_sibling_is_answered() -> None:
    assert _capped("@B, that is wrong.") == ("p2", "p3")
    assert _capped("Cem, that is wrong.") == ("p2", "p4")
    assert _capped("That is wrong.") == ("p2", "p2")
    assert _capped("Bridges are wrong for this.")[1] != "p3"


def test_a_comment_without_words_under_a_question_does_nothing() -> None:
    assert acts(["When did it fall?", ""]) == set()
    assert acts(["When did it fall?", "> When did it fall?"]) <= {"quotes"}
