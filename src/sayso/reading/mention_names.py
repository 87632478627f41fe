"""Names that the registry knows, found in raw text, and names that the text itself introduces.

No parse is needed, so names are found in headlines, lists and capitals alike. One pass over the
words of each sentence; the result is kept per document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal
from weakref import WeakKeyDictionary

from sayso.knowledge.lexicon import Word, everyday, romanisation, skeleton, word_list, words
from sayso.knowledge.registry import NOBODY, Alias, registry
from sayso.reading.draft import Draft

Case = Literal["mixed", "upper", "lower"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text. `actors` are the ids it may mean, best first; empty for a name that
    only this text introduces. `form` as in the registry, or "introduced"."""

    start: int
    end: int
    actors: tuple[str, ...]
    form: str
    sentence: int
    words: str = ""
    """Its comparison key, words joined by spaces."""
    plain: int = 1
    """How many of `actors`, from the first, go by this name without more being said."""

    @property
    def actor(self) -> str | None:
        """The id, if only one is left."""
        return self.actors[0] if len(self.actors) == 1 else None


def case_of(text: str) -> Case:
    """Whether a stretch of text tells names by capitals at all."""
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    if upper > 12 and upper > 4 * lower:
        return "upper"
    if lower > 20 and upper == 0:
        return "lower"
    return "mixed"


def _fits(found: list[Word], alias: Alias, case: Case) -> bool:
    """Whether the letters of the text are a fair spelling of the alias under its casing."""
    first = found[0]
    text = first.text
    single = len(found) == 1
    common = single and first.key in everyday()
    if alias.form == "acronym" or (single and alias.text.isupper() and len(alias.text) <= 6):
        if case == "upper":
            return not common or "." in text
        if case == "lower":
            return not common and len(first.key) > 2
        return not single or text.replace(".", "").isupper() or text == alias.text
    if alias.form == "short" and single and case == "lower":
        return False
    if case != "mixed":
        return not common
    if single or alias.form in ("demonym", "people", "capital"):
        return text[0].isupper()
    return _capitals_agree(found, alias)


def _capitals_agree(found: list[Word], alias: Alias) -> bool:
    """Where the alias has a capital the text must have one; "the" and articles apart."""
    spelled = _capitalised(alias.text)
    if len(spelled) != len(found):
        return found[0].text[0].isupper() and found[-1].text[0].isupper()
    return all(
        w.text[0].isupper() or not w.text[0].isalpha()
        for w, capital in zip(found, spelled, strict=True)
        if capital
    )


@lru_cache(maxsize=16384)
def _capitalised(alias: str) -> tuple[bool, ...]:
    articles = romanisation().articles
    return tuple(
        w.text[0].isupper() and w.key not in articles and w.key != "the" for w in words(alias)
    )


def _sentence_names(text: str, found: list[Word], case: Case, index: int) -> Iterator[Name]:
    known = registry()
    articles = romanisation().articles
    keys = [w.key for w in found]
    skeletons = [skeleton(k) for k in keys]
    # An article inside a name is passed over only in its own letters.
    skeletons = [k if k in articles else s for k, s in zip(keys, skeletons, strict=True)]
    n = 0
    while n < len(found):
        stop, aliases = known.at(keys, skeletons, n)
        if any(a.form == NOBODY for a in aliases):
            n = stop
            continue
        fitting = [a for a in aliases if _fits(found[n:stop], a, case)]
        if not fitting or _broken(text, found[n:stop]) or _prefixed(text, found, n):
            n += 1
            continue
        later = next(
            (
                j
                for j in range(n + 1, stop)
                if (ahead := known.at(keys, skeletons, j))[0] - j > stop - n
                and any(_fits(found[j : ahead[0]], a, case) for a in ahead[1])
            ),
            None,
        )
        if later is not None:
            n = later  # "the National" must not eat into "National Front for Liberation"
            continue
        if case == "mixed" and _goes_on(text, found, stop, fitting):
            n = stop
            continue
        start = found[n].start
        if n and keys[n - 1] in articles and text[found[n - 1].end : start] in ("-", " ", "‑"):
            previous = found[n - 1]
            hyphen = text[previous.end : start] != " "
            if hyphen or (previous.text[0].isupper() and previous.key in ("al", "el")):
                start = previous.start
        if start < found[n].start and all(a.form in ("people", "demonym") for a in fitting):
            n = stop  # "al-Kuwaiti" is part of somebody's name
            continue
        forms = {a.form for a in fitting}
        rank = ("name", "acronym", "capital", "demonym", "people", "short")
        form = min(forms, key=rank.index)
        actors = tuple(dict.fromkeys(a.actor for a in fitting if a.form == form))
        # A name that is short for somebody else keeps them too: the document may be about them.
        others = (a.actor for a in fitting if a.form == "short")
        everyone = tuple(dict.fromkeys((*actors, *others)))
        letters = " ".join(keys[n:stop])
        yield Name(
            start, found[stop - 1].end, everyone, form, index, words=letters, plain=len(actors)
        )
        n = stop


def _prefixed(text: str, found: list[Word], n: int) -> bool:
    """ "pro-Syrian", "anti-Houthi": not the Syrians, not the Houthis."""
    return (
        n > 0
        and text[found[n].start - 1] == "-"
        and found[n - 1].end == found[n].start - 1
        and found[n - 1].key in word_list("prefixes")
    )


def _goes_on(text: str, found: list[Word], stop: int, aliases: list[Alias]) -> bool:
    """ "Metropolitan Police Bureau" is not the Metropolitan Police: the name goes on with a word
    that names of bodies end in. States go on to other things ("Kenya Airways") by themselves."""
    if stop >= len(found) or text[found[stop - 1].end : found[stop].start] != " ":
        return False
    follows = found[stop]
    if not follows.text[0].isupper() or follows.key not in word_list("name_goes_on"):
        return False
    return not any(a.form in ("demonym", "people", "capital") for a in aliases) and not any(
        re.fullmatch("actor:[A-Z]{3}", a.actor) for a in aliases
    )


def _broken(text: str, found: list[Word]) -> bool:
    """True if punctuation that ends a name stands between its words."""
    return any(
        re.search(r"[,;:()\n!?]", text[a.end : b.start]) is not None for a, b in pairwise(found)
    )


def _context(names: list[Name]) -> Counter[str]:
    """How often each country is spoken of, counting only names that can mean one thing."""
    countries: Counter[str] = Counter()
    for name in names:
        if name.actor and name.form != "short":
            actor = registry().get(name.actor)
            if actor and actor.country:
                countries[actor.country] += 1
    return countries


def _of_their_time(name: Name, year: int | None) -> Name:
    """Without the actors that ended before the document's year, or began after it, as long as
    one is left."""
    if year is None or len(name.actors) < 2:
        return name
    fitting = tuple(a for a in name.actors if _lived(a, year))
    return replace(name, actors=fitting) if fitting else name


def _lived(actor_id: str, year: int) -> bool:
    actor = registry().get(actor_id)
    if actor is None:
        return True
    start, end = actor.start[:4], actor.end[:4]
    return not ((start.isdigit() and int(start) > year) or (end.isdigit() and int(end) + 1 < year))


def _settle(names: list[Name]) -> list[Name]:
    """Names that may mean several actors, and short ones, decided by the rest of the document:
    an actor that is named in full elsewhere, else one of a country that is spoken of. What is
    still open keeps all its actors (or none, for a short name that nothing speaks for)."""
    sure = {n.actor for n in names if n.actor and n.form != "short"}
    people = _surnames(sure)
    context = _context(names)
    out: list[Name] = []
    for name in names:
        if len(name.actors) == 1 and name.form != "short":
            out.append(name)
            continue
        if name.form == "short" and name.words in people:
            out.append(replace(name, actors=(people[name.words],)))
            continue
        full = [a for a in name.actors if a in sure]
        if len(full) == 1:
            out.append(replace(name, actors=(full[0],)))
            continue
        scored = sorted(
            ((context[_country(a)], a) for a in (full or name.actors)), key=lambda s: (-s[0], s[1])
        )
        best = scored[0]
        if best[0] > 0 and (len(scored) == 1 or best[0] > scored[1][0]):
            out.append(replace(name, actors=(best[1],)))
        elif name.form != "short":
            out.append(replace(name, actors=name.actors[: name.plain]))
    return out


def _surnames(actors: Iterable[str]) -> dict[str, str]:
    """The last words of the names of people that the document names in full, where only one of
    them goes by it."""
    out: dict[str, str] = {}
    twice: set[str] = set()
    for actor_id in sorted(actors):
        actor = registry().get(actor_id)
        if actor is None or actor.schema != "Person":
            continue
        surname = words(actor.name)[-1].key
        if surname in out:
            twice.add(surname)
        out[surname] = actor_id
    return {surname: actor for surname, actor in out.items() if surname not in twice}


def _country(actor_id: str) -> str:
    actor = registry().get(actor_id)
    return actor.country if actor else ""


_kept: WeakKeyDictionary[Draft, list[Name]] = WeakKeyDictionary()


def names(draft: Draft) -> list[Name]:
    """The registry's names in the document, in text order, without overlaps."""
    found = _kept.get(draft)
    if found is None:
        raw: list[Name] = []
        cases: dict[str, Case] = {}
        for part in draft.document.parts:
            cases[part.id] = case_of(draft.text[part.start : part.end])
        for sentence in draft.sentences():
            own = case_of(draft.text[sentence.start : sentence.end])
            case = own if own == "upper" else cases.get(sentence.part, "mixed")
            raw += _sentence_names(
                draft.text, words(draft.text, sentence.start, sentence.end), case, sentence.index
            )
        stated = (draft.document.published or "")[:4]
        year = int(stated) if stated.isdigit() else None
        found = _settle([_of_their_time(name, year) for name in raw])
        _kept[draft] = found
    return found
