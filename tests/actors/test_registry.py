"""The registry: every row loads, every name finds its actor, and the rules hold their examples."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sayso.knowledge.lexicon import key, nominals, romanisation, skeleton, words
from sayso.knowledge.publishers import publisher, publishers
from sayso.knowledge.registry import registry
from sayso.knowledge.tables import LINE, load_csv, load_yaml

RULES: list[dict[str, Any]] = load_yaml("actors", "romanisation.yaml")["rules"]
SECTORS = {
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO",
    "UNO", "EUR", "NGO", "ISM", "IMG", "MNC",
}  # fmt: skip
KINDS = {
    "successor_of", "splinter_of", "merger_of", "merger_with", "member_of", "part_of",
    "armed_wing_of", "political_wing_of", "sponsored_by", "led_by", "leader_of", "affiliated_with",
    "subordinate_to", "offshoot_of", "opponent_of", "owned_by",
}  # fmt: skip


def found(name: str) -> set[str]:
    """The actors that a name, standing alone, may mean."""
    ws = words(name)
    keys = [w.key for w in ws]
    stop, aliases = registry().at(keys, [skeleton(k) for k in keys], 0)
    return {a.actor for a in aliases} if stop == len(ws) else set()


def test_size() -> None:
    known = registry()
    assert len(known.actors) >= 1500
    assert sum(len(a) for a in known.aliases.values()) >= 6000
    assert len([a for a in known.actors if re.fullmatch(r"actor:[A-Z]{3}", a)]) >= 195


def test_every_name_finds_its_actor() -> None:
    lost = [
        (actor, alias.text)
        for actor, aliases in registry().aliases.items()
        for alias in aliases
        if actor not in found(alias.text)
    ]
    assert lost == []


def test_ambiguous_acronyms_keep_all_their_actors() -> None:
    assert {"actor:sdf", "actor:jsdf"} <= found("SDF")
    assert {"actor:pla", "actor:palestine-liberation-army"} <= found("PLA")


@pytest.mark.parametrize("rule", RULES, ids=[r["from"] for r in RULES])
def test_romanisation(rule: dict[str, Any]) -> None:
    one, other = rule["example"]
    assert skeleton(key(one)) == skeleton(key(other))
    one, other = rule["not"]
    assert skeleton(key(one)) != skeleton(key(other))


@pytest.mark.parametrize("line", romanisation().same.items(), ids=lambda i: str(i[0]))
def test_same_words(line: tuple[str, str]) -> None:
    assert skeleton(line[0]) == skeleton(line[1])


@pytest.mark.parametrize(
    ("spelling", "actor"),
    [
        ("Hay’at Tahrir al-Sham", "actor:hts"),
        ("Hayat Tahreer ash-Sham", "actor:hts"),
        ("Jeish al-Islam", "actor:jaysh-islam"),
        ("Jaish ul Islam", "actor:jaysh-islam"),
        ("Harakat Nureddin al-Zinki", None),
        ("Noor al-Deen al-Zinki Movement", "actor:zenki"),
        ("Volodimir Zelenskiy", "actor:zelensky"),
        ("Evgeniy Prigozhin", "actor:prigozhin"),
        ("Muammar al Qadhdhafi", "actor:gaddafi"),
    ],
)
def test_spelling(spelling: str, actor: str | None) -> None:
    assert found(spelling) == ({actor} if actor else set())


def test_successive_bodies_are_three_actors() -> None:
    assert found("Nusra Front") == {"actor:nusra"}
    assert found("Jabhat Fatah al-Sham") == {"actor:jfs"}
    assert registry().related("actor:hts", "successor_of")[0].object == "actor:jfs"
    assert registry().related("actor:jfs", "successor_of")[0].object == "actor:nusra"


def test_relations_are_dated_or_open_and_say_where_from() -> None:
    for relation in registry().relations:
        assert relation.relation in KINDS, relation
        assert relation.citation, relation
        for date in (relation.start, relation.end):
            assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", date), relation


def test_dates_sectors_and_tiers() -> None:
    for actor in registry().actors.values():
        assert actor.sector in SECTORS, actor
        assert actor.tier in ("", "party", "official", "monitor", "media"), actor
        for date in (actor.start, actor.end):
            assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", date), actor


def test_labels_are_no_names() -> None:
    for label in ("terrorists", "the radical group", "regime", "rats", "the group", "militants"):
        assert found(label) == set(), label


def test_organs() -> None:
    known = registry()
    assert known.organ("actor:PRT", "MIL").name == "Armed Forces of Portugal"
    assert known.organ("actor:UKR", "MIL").id == "actor:afu"
    assert known.entity("actor:UKR.MIL").id == "actor:afu"
    assert known.get("actor:KEN.COP") is not None
    assert known.get("actor:KEN.XYZ") is None
    assert known.organ_of_head("soldier") == "MIL"
    assert known.organ_of_head("resident") is None


def test_nominals_have_one_class_each() -> None:
    rows = load_csv("actors", "nominals.csv", required=("noun", "class", "sector"))
    assert len({r["noun"].lower() for r in rows}) == len(rows)
    assert {n.cls for n in nominals().values()} == {
        "force", "unit", "craft", "group", "organ", "person", "people", "relation",
    }  # fmt: skip


def test_word_lists_have_example_and_counter_example() -> None:
    for name, body in load_yaml("actors", "words.yaml").items():
        if name != LINE:
            assert body["example"] and body["not"] and body["words"].split(), name


def test_publishers() -> None:
    known = registry()
    for row in publishers():
        assert row.control in ("", "state", "state-funded", "party", "private", "nonprofit"), row
        assert row.scale in ("", "local", "national", "regional", "international"), row
        assert row.entity is None or known.get(row.entity) is not None, row
        assert bool(row.sanctions) <= bool(row.citation), row
    assert publisher("Agence France-Presse") == publisher("AFP")
    of_host = publisher(None, "https://arabic.rt.com/some/page")
    assert of_host is not None and of_host.controlled_by == "Russian Federation"
    assert publisher("The Village Crier") is None
    unknown = publisher("Enab Baladi")
    assert unknown is not None and unknown.ownership() == "nonprofit"
    shafaq = publisher("Shafaq News")
    assert shafaq is not None and shafaq.ownership() == "ownership unknown"
