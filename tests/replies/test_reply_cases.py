"""What short replies do: one reply to a claim, and chains in which the first author answers.

The wanted acts are those that a careful reader may give; a reply may get several of them, and none
that is not wanted. An empty list: it does nothing to what it stands under.
"""

from __future__ import annotations

import pytest

from sayso.language.syntax import default_parser
from sayso.model.document import Document, Part
from sayso.reading.draft import Draft
from sayso.reading.replies import Replies

CLAIM = (
    "The army has lost 3000 tanks and it will run out of fuel within a month."
    " The generals are corrupt."
)


def acts(turns: list[str]) -> set[str]:
    """The acts of the last of some turns, each of which answers the one before; two people take
    turns, and a third has disputed the first turn in so many words."""
    texts = [*turns, "No, that is wrong."]
    parts, at = [], 0
    for n, words in enumerate(texts):
        last = n == len(turns)
        parts.append(
            Part(
                id=f"p{n}",
                key=str(n),
                kind="comment",
                start=at,
                end=at + len(words),
                author="C" if last else "AB"[n % 2],
                reply_to=None if n == 0 else "p0" if last else f"p{n - 1}",
                depth=2 if last else n + 1,
                ordinal=n,
            )
        )
        at += len(words) + 1
    document = Document(id="d", text="\n".join(texts), parts=tuple(parts))
    found = Replies().read(Draft(document, default_parser()))
    return {a.act for a in found if getattr(a, "from_part", "") == f"p{len(turns) - 1}"}


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
