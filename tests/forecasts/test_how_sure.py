"""How sure people say they are: the words are found, and which way they point."""

from __future__ import annotations

import pytest
from forecast_reading import comment

pytestmark = pytest.mark.usefixtures("rules_alone")

WORDS = [
    ("The odds of a deal by Friday are slim.", "slim"),
    ("There's a decent shot the bridge reopens in June.", "decent shot"),
    ("I give it a 1 in 5 chance that the truce survives May.", "1 in 5"),
    ("Two in three says the council will vote it down.", "Two in three"),
    ("Nine times out of ten they will fold.", "Nine times out of ten"),
    ("It's a long shot but the team will win the cup next year.", "long shot"),
    ("They'll lose, 90% sure.", "90% sure"),
    ("My gut says the mayor will resign before the summer.", "My gut says"),
    ("I have a feeling that rents will fall next year.", "I have a feeling"),
    ("Something tells me they'll be back by March.", "Something tells me"),
    ("Not a hope in hell they will finish by May.", "Not a hope in hell"),
    ("There's every chance it will snow on Friday.", "every chance"),
    ("The pass will in all likelihood close again in November.", "in all likelihood"),
    ("I would be amazed if the line opened before 2027.", "amazed"),
    ("The dam is liable to fail this winter.", "liable"),
    ("The garrison is in danger of collapsing by spring.", "in danger"),
    ("The town is at risk of falling within days.", "at risk"),
    ("Prices stand to rise by a third next year.", "stand"),
    ("It is far from certain that the bill will pass in May.", "far from certain"),
    ("It is by no means certain that the talks will resume.", "by no means certain"),
    ("It seems inevitable that the town will fall.", "inevitable"),
    ("It is a foregone conclusion that he will win the vote.", "foregone conclusion"),
    ("The army is all but certain to move next week.", "all but certain"),
    ("It's a racing certainty they will raise the fare again in January.", "racing certainty"),
    ("It's a dead cert that they will be relegated.", "dead cert"),
    ("The odds are against the coalition lasting the year.", "odds are against"),
    (
        "More often than not such truces collapse in a month, and this one will too.",
        "More often than not",
    ),
    ("I highly doubt the road will reopen this year.", "highly doubt"),
    ("I very much doubt they will sign.", "very much doubt"),
    ("I seriously doubt they will sign in May.", "seriously doubt"),
    ("Dollars to donuts they will cancel it by June.", "Dollars to donuts"),
    ("I'd say 70/30 that they will strike in the autumn.", "70/30"),
    ("About a 40 per cent likelihood that the river will flood in spring.", "40 per cent"),
    ("The likelihood of a second wave by October is high.", "high"),
    ("We may well see snow by Monday.", "may well"),
    ("They could very well pull out by the weekend.", "could very well"),
    ("There's a non-zero chance they will default this year.", "non-zero chance"),
    ("Quite possibly they will leave before winter.", "Quite possibly"),
    ("With any luck the ferry will run again in May.", "With any luck"),
    ("In theory the plant will open in 2027.", "In theory"),
    ("It would be a miracle if the plant opened in May.", "a miracle"),
    ("Don't be surprised if they attack next week.", "Don't be surprised"),
    ("Don't bet on the road opening before July.", "Don't bet on"),
    ("They are odds-on to win the vote in May.", "odds-on"),
    ("They are favourites to win the vote in May.", "favourites"),
    ("I can't see them lasting beyond May.", "can't see"),
    ("It is unthinkable that they will sign.", "unthinkable"),
    ("There is little doubt that the town will fall by spring.", "little doubt"),
    ("There can be no doubt that the strike will spread.", "no doubt"),
    ("I have no doubt the strike will spread next week.", "no doubt"),
    ("I've no doubt they will be back.", "no doubt"),
    ("I'm not so sure they will hold until May.", "not so sure"),
    ("I am not convinced that the dam will hold.", "not convinced"),
    ("Analysts see a 30% chance of a recession next year.", "30%"),
    ("Forecasters say there is a one-in-three chance of frost by Friday.", "one-in-three"),
    ("The council will almost definitely raise the tax in April.", "almost definitely"),
    ("It's pretty much certain the mill will shut by June.", "pretty much certain"),
    ("It's practically guaranteed that the vote will be delayed.", "practically guaranteed"),
    ("They are virtually certain to lose the seat in May.", "virtually certain"),
    ("The plan has little chance of passing in May.", "little chance"),
    ("The plan stands a good chance of passing in May.", "good chance"),
    ("There's not much chance of rain before Sunday.", "not much chance"),
    ("Zero probability that they will finish in June.", "Zero probability"),
    ("The chances of them finishing by June are nil.", "nil"),
    ("The chances of them finishing by June are pretty much zero.", "zero"),
    ("A 2-1 favourite will lose on Sunday I reckon.", "I reckon"),
    ("Pretty sure they will cancel it by June.", "Pretty sure"),
    ("Guaranteed they will cancel it in May.", "Guaranteed"),
    ("Ten to one they will cancel it in May.", "Ten to one"),
    ("You can bet your house that they will cancel it in May.", "bet your house"),
    ("I'll eat my hat if they finish by May.", "eat my hat"),
    ("It might just hold until May.", "might"),
    ("It's not impossible that they will sign in May.", "not impossible"),
    ("Odds favour a cut in June.", "Odds favour"),
    ("Not gonna happen before June, I'd wager.", "I'd wager"),
    ("I fully expect the bridge to close again by May.", "fully expect"),
    ("I strongly suspect they will close it in May.", "strongly suspect"),
    ("I'm 80% confident the bridge will reopen in June.", "80% confident"),
    ("We're likely to see more floods this winter.", "likely"),
    ("Feels like they will close it in May.", "Feels like"),
    ("Looks set to close in May.", "set"),
    ("I wouldn't hold my breath for the bridge reopening in June.", "hold my breath"),
    ("Realistically the bridge will open in 2027.", "Realistically"),
]


@pytest.mark.parametrize(("said", "sure"), WORDS)
def test_words_of_probability_are_found(said: str, sure: str) -> None:
    words = [f.probability_words.exact for f in comment(said) if f.probability_words]
    assert any(sure.lower() in w.lower() for w in words), words


@pytest.mark.parametrize(
    ("said", "polarity"),
    [
        ("There is little doubt that the town will fall by spring.", "positive"),
        ("I have no doubt the strike will spread next week.", "positive"),
        ("I highly doubt the road will reopen this year.", "negative"),
        ("It would be a miracle if the plant opened in May.", "negative"),
        ("I'll eat my hat if they finish by May.", "negative"),
        ("Don't bet on the road opening before July.", "negative"),
        ("Don't be surprised if they attack next week.", "positive"),
    ],
)
def test_which_way_it_points(said: str, polarity: str) -> None:
    assert [f.polarity for f in comment(said)] == [polarity]


@pytest.mark.parametrize(
    "said",
    [
        "There is no way to tell who fired first.",
        "There is no way around that.",
        "You should give them a chance to explain.",
        "People are waiting in line to enter the office.",
        "The danger of delay is that nobody pays.",
    ],
)
def test_a_chance_and_a_way_are_not_always_forecasts(said: str) -> None:
    assert comment(said) == []


@pytest.mark.parametrize(
    ("text", "words", "interval"),
    [
        ("It will open by July, I'd put it at 20 percent.", "I'd put it at 20 percent", (0.2, 0.2)),
        ("They'll be gone by spring, 80/20.", "80/20", (0.8, 0.8)),
        ("Nine times out of ten they will fold.", "Nine times out of ten", (0.9, 0.9)),
        ("I give it a 1 in 5 chance that the truce survives.", "a 1 in 5 chance", (0.2, 0.2)),
        ("There's a 60 to 70% chance they will sign in May.", "60 to 70% chance", (0.6, 0.7)),
        ("They will lose by 3-4 in May.", None, None),
        ("They will probably take 20 percent of the houses by June.", "probably", (0.6, 0.8)),
        ("No chance it opens before July, I'd put it at 20 percent.", "at 20 percent", None),
    ],
)
def test_odds_in_figures_are_a_probability(
    text: str, words: str | None, interval: tuple[float, float] | None
) -> None:
    (found,) = comment(text)
    assert (found.probability_words is None) == (words is None)
    assert words is None or words in found.probability_words.exact
    assert (found.probability is None) == (interval is None)
    if words == "probably":
        assert found.probability[0] > 0.5  # as the survey has it, not the share of the houses
    elif interval is not None:
        assert found.probability == pytest.approx(interval)
