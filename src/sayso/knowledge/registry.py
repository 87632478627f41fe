"""The actors that the program knows: names, spellings, dates, and how they belong together.

Files in `knowledge/data/actors` (docs/actors.md describes them). Nothing here reads a document:
`Registry.at` says which actors a sequence of words may name, `reading` decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.errors import KnowledgeError
from sayso.knowledge.lexicon import Trie, Word, romanisation, skeleton, words
from sayso.knowledge.tables import LINE, data_file, load_csv, where
from sayso.model.entity import Entity

IS_ORGAN = "is_organ"
"""The relation of a body to the organ of a state that it is: the organ then goes by its id."""

NOBODY = "nobody"
"""The form of a phrase that holds an actor's name and means none (`not_actors.csv`)."""

_FORMS = frozenset(["name", "acronym", "short", "demonym", "people", "capital"])


@dataclass(frozen=True, slots=True)
class Actor:
    """A row of the registry. `start` and `end` are EDTF or "": when it bore this name. `tier` is
    the hint for what it says (party, official, monitor, media). `tags` are words that readers and
    reporters use of it ("islamist", "kurdish"); they help to resolve a description and are shown
    nowhere."""

    id: str
    name: str
    schema: str
    sector: str
    country: str
    tier: str
    start: str = ""
    end: str = ""
    tags: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an actor. `form`: name, acronym, short (only where the document or its country
    speaks for it), demonym (adjective), people (plural noun), capital."""

    actor: str
    text: str
    language: str
    form: str


@dataclass(frozen=True, slots=True)
class Relation:
    """`subject` is, say, a `successor_of` `object`, from and to in EDTF; `citation` is "uncited"
    where none is known for certain."""

    subject: str
    relation: str
    object: str
    start: str
    end: str
    citation: str


@dataclass(frozen=True, slots=True)
class Organ:
    """A kind of organ that every state has, with the nouns and phrases that mean it."""

    code: str
    sector: str
    schema: str
    name: str
    heads: frozenset[str]


class Registry:
    """All actors, and the tree of their names."""

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        self.aliases: dict[str, list[Alias]] = {}
        self.relations: list[Relation] = []
        self.organs: dict[str, Organ] = {}
        self.by_iso2: dict[str, str] = {}
        self._demonyms: dict[str, str] = {}
        self._exact: Trie[Alias] = Trie()
        self._spelled: Trie[Alias] = Trie()
        self._organ_actors: dict[str, Actor] = {}
        self._load_states()
        self._load_organs()
        for name in _files("registry"):
            self._load_actors("registry", name)
        for name in _files("aliases"):
            self._load_aliases("aliases", name)
        self._load_relations()
        for row in load_csv("actors", "not_actors.csv", required=("phrase",)):
            nobody = Alias("", row["phrase"], "en", NOBODY)
            self._exact.add([w.key for w in words(row["phrase"])], nobody)

    # -- asking --------------------------------------------------------------------------------

    def get(self, actor_id: str | None) -> Actor | None:
        """The actor of that id (organs of states included), or None."""
        if actor_id is None:
            return None
        found = self.actors.get(actor_id) or self._organ_actors.get(actor_id)
        if found is None and actor_id.startswith("actor:") and "." in actor_id:
            state, _, code = actor_id.partition(".")
            if state in self.actors and code in self.organs:
                return self.organ(state, code)
        return found

    def entity(self, actor_id: str) -> Entity:
        """The actor as an entity of a reading. Raises KeyError."""
        actor = self.get(actor_id)
        if actor is None:
            raise KeyError(actor_id)
        names = [a.text for a in self.aliases.get(actor_id, ()) if a.form in ("name", "acronym")]
        return Entity(
            id=actor.id,
            kind="actor",
            name=actor.name,
            aliases=tuple(n for n in dict.fromkeys(names) if n != actor.name),
            schema=actor.schema,
            sector=actor.sector or None,
            country=actor.country or None,
            note=actor.note or None,
        )

    def organ(self, state_id: str, code: str) -> Actor:
        """An organ of a state, by its code in organs.csv. Raises KeyError."""
        organ_id = f"{state_id}.{code}"
        if organ_id not in self._organ_actors:
            state, organ = self.actors[state_id], self.organs[code]
            self._organ_actors[organ_id] = Actor(
                id=organ_id,
                name=organ.name.format(name=state.name),
                schema=organ.schema,
                sector=organ.sector,
                country=state.country,
                tier="official",
            )
        return self._organ_actors[organ_id]

    def organ_of_head(self, noun: str) -> str | None:
        """The code of the organ that a noun (singular, lower case) means, or None."""
        return next((code for code, organ in self.organs.items() if noun in organ.heads), None)

    def demonym(self, word: str) -> str | None:
        """The state of an adjective ("Turkish"), or None. Ambiguous ones give the first row."""
        return self._demonyms.get(word.casefold().replace(".", ""))

    def at(self, keys: Sequence[str], skeletons: Sequence[str], n: int) -> tuple[int, list[Alias]]:
        """The names that start at word n: the index after the last word of the longest, and the
        aliases it may be. (n, []) if there are none. Skeletons are those of `skeleton`."""
        if n >= len(keys) or not (self._exact.opens(keys[n]) or self._spelled.opens(skeletons[n])):
            return n, []
        exact = self._exact.longest(keys, n)
        spelled = self._spelled.longest(skeletons, n, romanisation().articles)
        if spelled and (exact is None or spelled[0] > exact[0]):
            return spelled
        return exact or (n, [])

    def related(self, actor_id: str, *kinds: str) -> list[Relation]:
        """Relations in which the actor is the subject; only those kinds, if any are given."""
        return [
            r
            for r in self.relations
            if r.subject == actor_id and (not kinds or r.relation in kinds)
        ]

    # -- loading -------------------------------------------------------------------------------

    def _add(self, actor: Actor, name: str, line: str) -> None:
        if actor.id in self.actors:
            raise KnowledgeError(f"{name}:{line}: the actor {actor.id!r} is given twice")
        self.actors[actor.id] = actor
        self.aliases[actor.id] = []

    def alias(self, alias: Alias) -> None:
        """Files one name of an actor under its keys."""
        found = words(alias.text)
        if not found:
            return
        self.aliases[alias.actor].append(alias)
        self._exact.add([w.key for w in found], alias)
        if alias.language.endswith("-Latn"):
            articles = romanisation().articles
            spelled = [skeleton(w.key) for w in found if w.key not in articles]
            if spelled:
                self._spelled.add(spelled, alias)

    def _load_states(self) -> None:
        path = ("actors", "states.csv")
        for row in load_csv(*path, required=("code", "name")):
            actor_id = "actor:" + row["code"]
            actor = Actor(
                id=actor_id,
                name=row["name"],
                schema="PublicBody",
                sector="GOV",
                country=row["iso2"],
                tier="official",
                start=row["from"],
                end=row["to"],
            )
            self._add(actor, where(*path), row[LINE])
            if row["iso2"]:
                self.by_iso2.setdefault(row["iso2"], actor_id)
            for column, form in (
                ("name", "name"),
                ("names", "name"),
                ("adjectives", "demonym"),
                ("people", "people"),
                ("capitals", "capital"),
            ):
                for text in filter(None, (t.strip() for t in row[column].split(";"))):
                    self.alias(Alias(actor_id, text, "en", form))
                    if form == "demonym":
                        self._demonyms.setdefault(text.casefold().replace(".", ""), actor_id)

    def _load_organs(self) -> None:
        for row in load_csv("actors", "organs.csv", required=("organ", "sector", "name", "heads")):
            heads = frozenset(
                t.strip() for t in (row["heads"] + ";" + row["phrases"]).split(";") if t.strip()
            )
            self.organs[row["organ"]] = Organ(
                row["organ"], row["sector"], row["schema"], row["name"], heads
            )

    def _load_actors(self, *path: str) -> None:
        name = where("actors", *path)
        for row in load_csv("actors", *path, required=("id", "name", "schema", "sector")):
            actor = Actor(
                id="actor:" + row["id"],
                name=row["name"],
                schema=row["schema"],
                sector=row["sector"],
                country=row["country"],
                tier=row["tier"],
                start=row["from"],
                end=row["to"],
                tags=frozenset(row["tags"].split()),
                note=row["note"],
            )
            self._add(actor, name, row[LINE])

    def _load_aliases(self, *path: str) -> None:
        name = where("actors", *path)
        for row in load_csv("actors", *path, required=("id", "alias", "language", "form")):
            actor_id = "actor:" + row["id"]
            if actor_id not in self.actors:
                raise KnowledgeError(f"{name}:{row[LINE]}: there is no actor {row['id']!r}")
            if row["form"] not in _FORMS:
                raise KnowledgeError(f"{name}:{row[LINE]}: {row['form']!r} is no form of a name")
            self.alias(Alias(actor_id, row["alias"], row["language"], row["form"]))

    def _load_relations(self) -> None:
        path = ("actors", "relations.csv")
        for row in load_csv(*path, required=("subject", "relation", "object", "citation")):
            subject, other = "actor:" + row["subject"], "actor:" + row["object"]
            for actor_id in (subject, other):
                if self.get(actor_id) is None:
                    raise KnowledgeError(
                        f"{where(*path)}:{row[LINE]}: there is no actor {actor_id!r}"
                    )
            if row["relation"] == IS_ORGAN:
                # "Ukrainian gunners" and "the Armed Forces of Ukraine" are one actor.
                self._organ_actors[other] = self.actors[subject]
                continue
            self.relations.append(
                Relation(subject, row["relation"], other, row["from"], row["to"], row["citation"])
            )


def _files(folder: str) -> list[str]:
    """The CSV files of a folder of `actors`, by name."""
    nodes = data_file("actors", folder).iterdir()
    return sorted(n.name for n in nodes if n.name.endswith(".csv"))


def named(text: str) -> list[Word]:
    """The words of a name (here for callers that build their own keys)."""
    return words(text)


@cache
def registry() -> Registry:
    """The registry, loaded once per process at first use."""
    return Registry()
