"""A generated corpus whose facts are known by construction: what happened, who told it, who copied
whom, who held which town on which day. Everything in it is invented.

`generate(seed)` gives the same corpus for the same seed. The weights of `record/match.py` were set
on seeds 1 to 5; tests use others.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from build_readings import KNOWN, Page, count

from sayso.model.entity import Entity
from sayso.model.reading import Reading

START = date(2031, 3, 1)
DAYS = 120
OWNERS = {  # outlet -> owner; sisters share one
    "Alder Post": "Alder House", "Alder Evening": "Alder House", "Birch News": "Birch",
    "Birch Radio": "Birch", "Cedar Daily": "Cedar", "Dogwood Wire": "Dogwood", "Elm Times": "Elm",
    "Fir Chronicle": "Fir", "Gorse Weekly": "Gorse", "Hazel Online": "Hazel",
    "Juniper Press": "Juniper", "Larch Review": "Larch",
}  # fmt: skip
OUTLETS = tuple(OWNERS)
PARTIES = ("Northern Guard", "Free Column", "Valley Front", "Hill Brigade")
MONITORS = ("Plain Watch", "Monitor of Rights", "Docket Network")
AGENCIES = ("Tern Agency", "Gull Press Service")
OFFICIALS = ("Governor's Office", "Interior Ministry")
VERBS = {
    "strike": ("air raid on", "bombing of", "aerial attack on", "planes' attack on"),
    "shelling": ("shelling of", "artillery fire on", "bombardment of", "mortar fire on"),
    "clash": ("clashes in", "fighting in", "battle in", "firefight in"),
    "capture": ("capture of", "seizure of", "taking of", "storming of"),
    "withdraw": ("withdrawal from", "retreat from", "pull-out from", "departure from"),
    "arrest": ("arrests in", "round-up in", "detentions in", "sweep in"),
}
MODES = {"strike": "aerial", "shelling": "heavy-weapons", "clash": None, "capture": "capture",
         "withdraw": "withdraw", "arrest": "arrest"}  # fmt: skip
TYPES = {"withdraw": "RETREAT", "arrest": "COERCE"}


@dataclass
class True_:
    """One thing that happened. `chains` is the number of separate chains that tell it."""

    id: int
    kind: str
    town: str
    day: date
    actor: str
    against: str
    killed: int
    chains: int = 0


@dataclass
class Corpus:
    """Readings, and the truth about them: (page, annotation) -> event."""

    readings: list[Reading] = field(default_factory=list)
    truth: dict[tuple[str, str], int] = field(default_factory=dict)
    events: list[True_] = field(default_factory=list)
    dated: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    linked: tuple[tuple[str, str], ...] = ()

    def holder(self, town: str, day: date) -> tuple[bool, str | None] | None:
        """(do the pages allow an answer, who held the town at the end of the day): a holder of
        None is a town that its last holder left. None alone: within the days in which an event
        without a date of its own may have been, any answer can be right."""
        answer: str | None = None
        known = False
        for event in self.events:  # in the order of time
            if event.town != town or event.kind not in ("capture", "withdraw"):
                continue
            if event.id not in self.dated and abs((day - event.day).days) <= 6:
                return None
            if event.day > day:
                if event.kind == "withdraw" and event.id in self.named and not known:
                    return True, event.actor  # who leaves a place had been there
                break
            if event.id in self.named:
                known, answer = True, event.actor if event.kind == "capture" else None
            else:
                known = False  # told without its actor: nobody can say
        return known, answer


def generate(seed: int, *, events: int = 200, pages: int = 1000, towns: int = 60) -> Corpus:
    """A corpus; see the module's docstring."""
    rng = random.Random(seed)
    names = _towns(rng, towns)
    corpus = Corpus(events=_events(rng, names, events))
    owner_pairs = tuple((o.casefold(), f"owner:{w.casefold()}") for o, w in OWNERS.items())
    outlet_pairs = tuple(
        (f"outlet:{o.casefold()}", f"owner:{w.casefold()}") for o, w in OWNERS.items()
    )
    corpus.linked = owner_pairs + outlet_pairs
    budget = [pages // events] * events
    for n in range(pages - sum(budget)):
        budget[n % events] += 1
    for n in range(events // 2):  # some are told by many, some by one
        a, b = rng.randrange(events), rng.randrange(events)
        move = rng.randint(0, max(0, budget[a] - 1))
        if budget[b] + move <= 16:
            budget[a] -= move
            budget[b] += move
        del n
    for event, number in zip(corpus.events, budget, strict=True):
        _tell(rng, corpus, event, max(1, number))
    rng.shuffle(corpus.readings)
    return corpus


def _towns(rng: random.Random, number: int) -> list[str]:
    heads = ("Al", "Bar", "Cor", "Dun", "Es", "Far", "Gil", "Hos", "Is", "Jor", "Kal", "Lum")
    tails = ("dera", "mouth", "venna", "stad", "qara", "bek", "low", "tash", "zim", "rona")
    pairs = [h + t for h in heads for t in tails]
    rng.shuffle(pairs)
    for n, name in enumerate(pairs[:number]):
        KNOWN[name] = Entity(
            id=f"place:test:{name.lower()}", kind="place", name=name, country="XX",
            latitude=10 + n * 0.1, longitude=20 + n * 0.1, admin1_code=str(n % 4),
            feature_code="PPL",
        )  # fmt: skip
    for name in (*PARTIES, *MONITORS, *AGENCIES, *OFFICIALS):
        slug = name.lower().replace(" ", "-").replace("'", "")
        KNOWN[name] = Entity(id=f"actor:test:{slug}", kind="actor", name=name)
    return pairs[:number]


def _events(rng: random.Random, towns: list[str], number: int) -> list[True_]:
    """Some towns see the same kind of thing again within days: the hard cases of joining."""
    found: list[True_] = []
    taken: set[tuple[str, str, date]] = set()
    while len(found) < number:
        kind = rng.choice(
            ("strike", "strike", "shelling", "clash", "capture", "withdraw", "arrest")
        )
        if found and rng.random() < 0.25:
            town = rng.choice(found).town
        else:
            town = rng.choice(towns)
        day = START + timedelta(rng.randrange(DAYS))
        if any((town, kind, day + timedelta(d)) in taken for d in (-1, 0, 1)):
            continue
        moves = ("capture", "withdraw")
        if kind in moves and any((town, k, day + timedelta(d)) in taken
                                 for k in moves for d in range(-9, 10)):  # fmt: skip
            continue
        taken.add((town, kind, day))
        actor, against = rng.sample(PARTIES, 2)
        found.append(
            True_(0, kind, town, day, actor, against, rng.choice((2, 3, 5, 8, 12, 19, 30)))
        )
    found.sort(key=lambda e: (e.day, e.town, e.kind))
    for n, event in enumerate(found):
        event.id = n
    holders: dict[str, str] = {}
    for event in found:  # who withdraws was there; who captures takes it from whom it was
        if event.kind == "capture":
            held = holders.get(event.town)
            if held == event.actor:
                event.actor = next(p for p in PARTIES if p != held)
            event.against = held or event.against
            if event.against == event.actor:
                event.against = next(p for p in PARTIES if p != event.actor)
            holders[event.town] = event.actor
        elif event.kind == "withdraw":
            event.actor = holders.pop(event.town, event.actor)
    return found


def _tell(rng: random.Random, corpus: Corpus, event: True_, number: int) -> None:
    """The tellings of one event: independent roots first, each by a house of its own, then copies,
    rewrites without credit, sentences without a source, readers."""
    sources = [*MONITORS, *AGENCIES, *OFFICIALS, event.actor]
    rng.shuffle(sources)
    roots = min(number, rng.choice((1, 1, 2, 2, 3)))
    houses = rng.sample(sorted(set(OWNERS.values())), roots)
    first: list[tuple[str, str, str]] = []
    for source, house in zip(sources, houses, strict=False):
        outlet = rng.choice([o for o in OUTLETS if OWNERS[o] == house])
        sentence = _page(rng, corpus, event, outlet, source, delay=rng.randint(0, 2))
        first.append((outlet, source, sentence))
    event.chains = len(first)
    for _ in range(number - len(first)):
        outlet, source, sentence = rng.choice(first)
        other = rng.choice(OUTLETS)
        how = rng.random()
        if how < 0.35:  # the same text under another masthead, with credit
            _page(rng, corpus, event, other, source, sentence=sentence, delay=rng.randint(0, 2))
        elif how < 0.5:  # own words, the same source
            _page(rng, corpus, event, other, source, delay=rng.randint(0, 2))
        elif how < 0.62:  # a rewrite that passes for the outlet's own reporting
            _page(rng, corpus, event, other, None, sentence=_rewritten(rng, sentence), staff=True)
        elif how < 0.74:  # the same source corrects its figure later
            _page(rng, corpus, event, other, source, delay=3, killed=event.killed + 1)
        elif how < 0.9:  # no source at all
            _page(rng, corpus, event, other, None)
        elif event.kind not in ("capture", "withdraw"):
            _page(rng, corpus, event, other, None, reader=True)
        else:  # the sister outlet of the first, with the same source
            sister = next(
                (o for o in OUTLETS if OWNERS[o] == OWNERS[outlet] and o != outlet), other
            )
            _page(rng, corpus, event, sister, source)


def _page(
    rng: random.Random, corpus: Corpus, event: True_, outlet: str, source: str | None, *,
    sentence: str | None = None, delay: int = 0, staff: bool = False, killed: int | None = None,
    reader: bool = False,
) -> str:  # fmt: skip
    killed = killed or (
        event.killed if rng.random() < 0.75 else max(1, event.killed + rng.randint(-1, 3))
    )
    own, parts = _sentence(rng, event, outlet, source, killed)
    dated = rng.random() < 0.75
    if sentence is not None:
        own = sentence
    said = event.day + timedelta(delay)
    page = Page(publisher=outlet, published=said.isoformat(), key=f"p{len(corpus.readings)}")
    page.sentence(f"{outlet} report number {len(corpus.readings)}.")
    if reader:
        page.comment(f"reader{rng.randrange(50)}")
    with_actor = rng.random() < 0.85 and event.actor in own
    with_other = event.kind in ("clash", "capture") and rng.random() < 0.7 and event.against in own
    mode = MODES[event.kind]
    if mode and event.kind in ("strike", "shelling") and rng.random() < 0.15:
        mode = None
    counts = []
    found = f"{killed} people"
    if found in own and rng.random() < 0.9:
        counts = [count("killed", killed, found)]
    trigger = next(v for v in VERBS[event.kind] if v in own).rsplit(" ", 1)[0]
    actors = [event.actor] if with_actor else []
    recipients = []
    if with_other:
        if event.kind == "clash":
            actors = [*actors, event.against]
        else:
            recipients = [event.against]
    day_words = parts["day"] if parts["day"] in own else event.day.isoformat()
    page.say(
        own, trigger=trigger, type=TYPES.get(event.kind, "ASSAULT"), mode=mode, actor=actors,
        recipient=recipients, place=[event.town] if event.kind != "withdraw" else [],
        origin=[event.town] if event.kind == "withdraw" else [],
        time=(day_words, event.day.isoformat()) if dated and day_words in own else None,
        counts=counts, source=source if source and source in own else None,
        source_tier=_tier(source), reader="reader" if reader else None,
    )  # fmt: skip
    if staff:
        page.annotations[-1] = _by_staff(page.annotations[-1])
    reading = page.reading()
    corpus.readings.append(reading)
    corpus.truth[reading.document.id, page.annotations[-1].id] = event.id
    if not reader:
        if dated and day_words in own:
            corpus.dated.add(event.id)
        if with_actor:
            corpus.named.add(event.id)
    return own


def _by_staff(event):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(event, said_by=(replace(event.said_by[0], access="own_staff"),))


def _tier(source: str | None) -> str:
    if source in MONITORS:
        return "monitor"
    if source in PARTIES:
        return "party"
    return "official" if source in OFFICIALS else "media"


def _sentence(
    rng: random.Random, event: True_, outlet: str, source: str | None, killed: int
) -> tuple[str, dict[str, str]]:
    """One sentence in the manner of the outlet: order of clauses, verbs and fillers are its own."""
    style = random.Random(f"{outlet}{event.id}{source}")
    verb = style.choice(VERBS[event.kind])
    day = f"on {event.day:%d %B %Y}" if style.random() < 0.5 else f"on {event.day:%A, %B %d}"
    dead = style.choice(("left {} dead", "killed {}", "cost the lives of {}", "ended with {} dead"))
    toll = dead.format(f"{killed} people")
    filler = style.choice((
        "as markets were closing", "after a night of heavy rain", "while schools stood empty",
        "hours before a truce was due", "in the third such incident this season",
        "amid growing anger among farmers", "near the old grain depot and the bridge",
    ))  # fmt: skip
    said = style.choice(("{} said", "according to {}", "{} reported", "{} told this outlet"))
    by = said.format(source) if source else ""
    actor = event.actor if style.random() < 0.9 else "the armed men"
    extra = f" against {event.against}" if event.kind in ("clash", "capture") else ""
    shapes = (
        f"The {verb} {event.town} by {actor}{extra} {day} {toll}, {filler}",
        f"{_upper(day)} the {verb} {event.town} by {actor}{extra}, {filler}, {toll}",
        f"{_upper(filler)}, {actor}'s {verb} {event.town}{extra} {toll} {day}",
        f"Residents spoke of the {verb} {event.town} {day} by {actor}{extra}, which {toll}"
        f" {filler}",
    )
    text = style.choice(shapes)
    text = (
        f"{_upper(by)}: {text}" if by and style.random() < 0.3 else text + (f", {by}" if by else "")
    )
    return text + ".", {"day": day if day in text else _upper(day)}


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rewritten(rng: random.Random, sentence: str) -> str:
    """A few words changed, the source struck out where it stood at the end."""
    swaps = (("growing", "mounting"), ("heavy", "hard"), ("spoke of", "described"),
             ("hours", "shortly"), ("old", "former"), ("third", "latest"),
             ("empty", "deserted"))  # fmt: skip
    for a, b in rng.sample(swaps, 3):
        sentence = sentence.replace(a, b)
    for name in (*MONITORS, *AGENCIES, *OFFICIALS):
        for said in (f", {name} said", f", according to {name}", f", {name} reported",
                     f", {name} told this outlet"):  # fmt: skip
            sentence = sentence.replace(said, "")
    return sentence
