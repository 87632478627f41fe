"""Events in one line: with what belongs to the verb, and in the order of the text."""

import pytest
from tests.events.reading import events

from sayso.service import words


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Gunmen had stopped six buses at the ford.", "Gunmen [had stopped] buses"),
        ("Two trucks were burned near the bridge.", "trucks [were burned]"),
        ("Forty families fled to the school in Oma.", "families [fled]"),
        ("The army would shell the town again, he said.", "The army [would shell] the town"),
        ("The army did not shell the town.", "The army [did not shell] the town"),
        ("The town was shelled by the army.", "the army [shelled] The town"),
        ("The army won't shell the town, he said.", "The army [won't shell] the town"),
        ("The mayor was not arrested by police in Oma.", "police [not arrested] The mayor"),
        ("Two men were later arrested.", "men [were later arrested]"),
        ("The accord was signed on Tuesday in Oma.", "[was signed]"),
        ("A bomb exploded in a market, killing nine people.", "[exploded]: people"),
        ("Shelling killed four people in Oma on Monday.", "Shelling [killed] people"),
        ("A drone strike killed four in Oma.", "drone strike [killed] four"),
        ("Four were killed by a blast.", "Four [were killed]"),
        ("Their shelling wounded two.", "they [wounded] two"),
        ("Clashes broke out in Oma overnight, residents said.", "[Clashes]"),
        ("The arrest of two editors in Oma caused anger.", "somebody [arrest] editors"),
    ],
)
def test_an_event_in_one_line(text: str, line: str) -> None:
    told = [words.told(e, text) for e in events(text, "2024-03-12")]
    assert any(t.startswith(line) for t in told), told


@pytest.mark.parametrize(
    ("trigger", "places", "line"),
    [
        ("entered", ("", "Oma", "Oma"), "they [entered] Oma"),
        ("left", ("Oma", "", ""), "they [left] Oma"),
        ("fled", ("Oma", "Sund", "Sund"), "they [fled] from Oma to Sund"),
        ("fought", ("", "", "Oma"), "they [fought] in Oma"),
    ],
)
def test_each_place_is_told_once(trigger: str, places: tuple[str, str, str], line: str) -> None:
    assert words.line("they", "", trigger, "", places, "[]") == line
