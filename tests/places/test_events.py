"""Which place belongs to which event."""

from __future__ import annotations

import pytest

from sayso.language.syntax import default_parser
from sayso.model.document import Document, Part
from sayso.reading.draft import Draft
from sayso.reading.toponym_events import places_of_event
from sayso.reading.toponyms import Toponyms

CASES = [
    # text, trigger, role -> words
    ("Clashes broke out in Atarib on Sunday.", "Clashes", {"place": ["Atarib"]}),
    ("The rebels withdrew from Atarib to Afrin.", "withdrew",
     {"origin": ["Atarib"], "destination": ["Afrin"]}),
    ("The army captured Saraqib after a week.", "captured", {"place": ["Saraqib"]}),
    ("Gunmen shelled a school in Daraa.", "shelled", {"place": ["Daraa"]}),
    ("Three men were killed in an ambush near Homs.", "killed", {"place": ["Homs"]}),
    ("A bomb went off in Kabul, killing nine people.", "killing", {"place": ["Kabul"]}),
    ("The Kabul bombing was condemned.", "bombing", {"place": ["Kabul"]}),
    ("Fighters left positions in the western Aleppo countryside in Syria.", "left",
     {"place": ["western Aleppo countryside"]}),
    ("Syrian jets shot down a drone.", "shot", {}),
    ("A spokesman said in Ankara that two soldiers were killed.", "killed", {}),
    ("Students in Paris protested against the war in Yemen.", "protested", {"place": ["Paris"]}),
    ("Two pilots were captured by Iran.", "captured", {}),
    # Names that no gazetteer knows.
    ("Gunmen stormed the Qarvel Hospital on Monday.", "stormed", {"place": ["Qarvel Hospital"]}),
    ("Shells fell in the districts of Qarvel and Tashun.", "fell", {"place": ["Qarvel"]}),
    # The place of the clause that governs, or of the one that tells the same event again.
    ("Raiders stormed the village of Qarvel, killing nine.", "killing", {"place": ["Qarvel"]}),
    ("Two drivers were wounded when a mine blew up near Homs.", "wounded", {"place": ["Homs"]}),
    ("The army launched an offensive to capture Saraqib.", "offensive", {"place": ["Saraqib"]}),
    ("Dozens died in the battle for Sirte.", "died", {"place": ["Sirte"]}),
    ("Clashes with the rebels in Daraa killed four.", "killed", {"place": ["Daraa"]}),
    ("Gunmen in Maiduguri killed two traders.", "killed", {"place": ["Maiduguri"]}),
    ("A driver was shot while riding through Atarib.", "shot", {"place": ["Atarib"]}),
    ("A guard was shot while he was walking in Atarib.", "shot", {"place": ["Atarib"]}),
    ("A man drove a truck into a Kabul cafe, killing six people.", "killing", {"place": ["Kabul"]}),
    ("The bomb exploded when a bus passed through Homs.", "exploded", {"place": ["Homs"]}),
    ("The army captured Jabal Tashun on Sunday.", "captured", {"place": ["Jabal Tashun"]}),
    # In what lies in a town that is named before it, beside it, or on the way to it.
    ("A guard was killed at a Nairobi roadblock.", "killed", {"place": ["Nairobi"]}),
    ("A singer was shot outside her Tripoli flat.", "shot", {"place": ["Tripoli"]}),
    ("Soldiers patrolled the streets of Mosul's west end.", "patrolled", {"place": ["Mosul"]}),
    ("Students demonstrated near the entrance to Heathrow.", "demonstrated",
     {"place": ["Heathrow"]}),
    ("Police captured two men in raids north of Kismayo.", "captured", {"place": ["Kismayo"]}),
    ("They were held by police in neighbouring Kenya.", "held", {"place": ["Kenya"]}),
    ("A boy was killed in Sarmin, 9 km north of Idlib.", "killed", {"place": ["Sarmin"]}),
    # One loss told in two verbs; what came right before; what the crowd is in the middle of.
    ("Two guards were killed and six others hurt when a shell hit a shop in Homs.", "killed",
     {"place": ["Homs"]}),
    ("A courier was shot after a robbery in Mosul.", "shot", {"place": ["Mosul"]}),
    ("In another turn of the unrest in Tbilisi, crowds marched.", "marched",
     {"place": ["Tbilisi"]}),
    ("Hundreds of nurses in Tbilisi protested on Monday.", "protested", {"place": ["Tbilisi"]}),
    # The known place around a name that nobody knows; the finer beside the wider.
    ("Gunmen stormed the Qarvel Hospital in Herat.", "stormed",
     {"place": ["Qarvel Hospital", "Herat"]}),
    # A country's own abroad, its streets, the topic of talks, what an act leads to.
    ("A bomb destroyed the U.S. Embassy on Monday.", "destroyed", {}),
    ("Talks on Syria failed.", "Talks", {}),
    ("Crowds demonstrated against the Uruguay Round.", "demonstrated", {}),
    ("Norvia detonated a bomb, triggering an arms race in Asia.", "detonated", {}),
    # What was before, what others did, where he was taken then, where the party has its bases.
    ("The driver, who had been wounded in Beirut, resigned.", "resigned", {}),
    ("A boat was captured at dawn, but a fourth landed near Kismayo.", "captured", {}),
    ("He was captured by rebels and taken to a camp in Kismayo.", "captured", {}),
    ("He was captured by rebels after soldiers invaded Poland.", "captured", {}),
    ("The zone is patrolled by troops which have bases in Turkey.", "patrolled", {}),
    # Another clause's event, a person's home or post, an example, a source.
    ("Crowds protested after a rally in Khartoum.", "protested", {}),
    ("Crowds condemned the killing of a student in Nairobi.", "condemned", {}),
    ("Crowds demonstrated in support of the mayor of Tripoli.", "demonstrated", {}),
    ("Students from across Sudan protested on Monday.", "protested", {}),
    ("Anna Kline of Nairobi was killed on Sunday.", "killed", {}),
    ("Nine men were killed, including the leader in Sirte.", "killed", {}),
    ("Two were killed while others found shelter in Jordan.", "killed", {}),
    ("Nine were killed before the army reached Homs.", "killed", {}),
    ("HOMS — Two teachers were killed on Sunday.", "killed", {}),
    ("Two men were killed, according to sources in Homs.", "killed", {}),
    ("Under the deal reached in Homs, the troops may shell the hill.", "shell", {}),
    ("Rivals met amid tension between Cairo and Khartoum.", "met", {}),
]  # fmt: skip


def places(text: str, word: str) -> dict[str, list[str]]:
    part = Part(id="p1", kind="body", start=0, end=len(text))
    draft = Draft(Document(id="d", text=text, parts=(part,)), default_parser())
    for annotation in Toponyms().read(draft):
        draft.add(annotation)
    at = text.rindex(word)
    sentence = draft.tree_at(at)
    assert sentence is not None
    trigger = sentence.at(at)
    assert trigger is not None
    found = places_of_event(draft, sentence, trigger)
    return {role: [draft.text[a.start : a.end] for a in args] for role, args in found.items()}


@pytest.mark.parametrize(("text", "trigger", "wanted"), CASES, ids=[c[0][:30] for c in CASES])
def test_case(text: str, trigger: str, wanted: dict[str, list[str]]) -> None:
    got = places(text, trigger)
    first = {role: words[: len(wanted.get(role, [0]))] for role, words in got.items()}
    assert first == wanted


def test_there_takes_up_the_place_named_before() -> None:
    before = "Rebels hold Saraqib in Syria. "
    assert places(before + "Nine people were killed there.", "killed") == {"place": ["there"]}
    assert places(before + "The army attacked men there.", "attacked") == {"place": ["there"]}
    assert places(before + "There were clashes on Sunday.", "clashes") == {}
    assert places("Nine people were killed there.", "killed") == {}


def test_the_town_takes_up_the_one_named_before() -> None:
    text = "More men are due to leave Atarib in Syria. Troops were deployed inside the town."
    assert places(text, "deployed") == {"place": ["the town"]}
    part = Part(id="p1", kind="body", start=0, end=len(text))
    draft = Draft(Document(id="d", text=text, parts=(part,)), default_parser())
    for annotation in Toponyms().read(draft):
        draft.add(annotation)
    sentence = draft.tree_at(text.index("deployed"))
    assert sentence is not None
    trigger = sentence.at(text.index("deployed"))
    assert trigger is not None
    arg = places_of_event(draft, sentence, trigger)["place"][0]
    assert arg.entity == "place:gn:174030"


SHELLING = "Shelling near Kramatorsk hit a convoy of aid trucks on Sunday. "
ROUTE = "The convoy was travelling from Sloviansk to Pavlohrad, the governor said. "


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        (SHELLING + "The attack destroyed two ambulances.", "destroyed", ["Kramatorsk"]),
        (SHELLING + ROUTE + "Two more drivers were wounded.", "wounded", ["Kramatorsk"]),
        (SHELLING + ROUTE + "The shelling killed a nurse.", "killed", ["Kramatorsk"]),
        (SHELLING + "Nine people were killed.", "killed", ["Kramatorsk"]),
        (SHELLING + "The convoy was attacked again at noon.", "attacked", ["Kramatorsk"]),
        ("A bomb went off in Quetta. The blast killed nine people.", "killed", ["Quetta"]),
        # Another paragraph, another attack, another time, nothing that goes on.
        (SHELLING + "\n\nNine people were killed.", "killed", []),
        (SHELLING + "The attack on the depot killed two guards.", "killed", []),
        (SHELLING + "Nine people were killed last year.", "killed", []),
        (SHELLING + "Rebels killed a mayor.", "killed", []),
        (SHELLING + "Ten others were killed in Dnipro.", "killed", ["Dnipro"]),
        ("The ministers met in Paris. Six soldiers were killed.", "killed", []),
        ("Shells fell in Homs and in Idlib. Six people were killed.", "killed", []),
    ],
)  # fmt: skip
def test_a_place_goes_on_within_a_paragraph(text: str, trigger: str, wanted: list[str]) -> None:
    assert places(text, trigger).get("place", []) == wanted
