"""Readings made by hand, without a parser: tests say what a page says, in so many words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.model.annotation import (
    AnyAnnotation,
    Arg,
    Count,
    Event,
    Forecast,
    MadeBy,
    Reply,
    Source,
)
from sayso.model.capture import Capture
from sayso.model.document import Document, Part
from sayso.model.entity import Entity
from sayso.model.reading import Reading

MADE = MadeBy("test", "by-hand", "1")

ACTORS = {
    "HTS": Entity(id="actor:hts", kind="actor", name="Hay'at Tahrir al-Sham", aliases=("HTS",)),
    "Zenki": Entity(id="actor:zenki", kind="actor", name="Nour al-Din al-Zenki Movement"),
    "SOHR": Entity(
        id="actor:sohr", kind="actor", name="Syrian Observatory for Human Rights",
        aliases=("SOHR",), schema="Organization",
    ),
    "SAA": Entity(id="actor:saa", kind="actor", name="Syrian Arab Army", country="SY"),
    "SANA": Entity(id="actor:sana", kind="actor", name="SANA", country="SY"),
}  # fmt: skip
PLACES = {
    "Atarib": Entity(
        id="place:gn:172946", kind="place", name="Atarib", latitude=36.139, longitude=36.83,
        country="SY", admin1_code="09", feature_code="PPL", feature_class="P",
    ),
    "Darat Izza": Entity(
        id="place:gn:173362", kind="place", name="Darat Izza", latitude=36.28, longitude=36.85,
        country="SY", admin1_code="09", feature_code="PPL", feature_class="P",
    ),
    "Afrin": Entity(
        id="place:gn:174081", kind="place", name="Afrin", latitude=36.511, longitude=36.869,
        country="SY", admin1_code="09", feature_code="PPL", feature_class="P",
    ),
    "Syria": Entity(
        id="place:gn:163843", kind="place", name="Syria", latitude=35.0, longitude=38.0,
        country="SY", feature_code="PCLI", feature_class="A",
    ),
}  # fmt: skip
KNOWN = {**ACTORS, **PLACES}


@dataclass
class Page:
    """A page in the making; `say` adds a sentence with the event that it tells."""

    publisher: str | None = "Example Gazette"
    published: str | None = "2019-01-07"
    uri: str | None = None
    captured_at: str | None = None
    key: str = "page.txt"
    text: str = ""
    annotations: list[AnyAnnotation] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    part_start: int = 0

    def find(self, words: str, start: int) -> tuple[int, int]:
        at = self.text.index(words, start)
        return at, at + len(words)

    def say(
        self,
        sentence: str,
        *,
        trigger: str,
        type: str | None = "ASSAULT",
        mode: str | None = None,
        act: str | None = None,
        actor: Sequence[str] = (),
        recipient: Sequence[str] = (),
        place: Sequence[str] = (),
        origin: Sequence[str] = (),
        destination: Sequence[str] = (),
        time: tuple[str, str] | None = None,
        counts: Sequence[Count] = (),
        source: str | None = None,
        source_tier: str = "monitor",
        status: str = "occurred",
        polarity: str = "positive",
        granularity: str = "event",
        reader: str | None = None,
    ) -> Page:
        start = self.sentence(sentence)

        def args(names: Sequence[str]) -> tuple[Arg, ...]:
            out = []
            for name in names:
                s, e = self.find(name, start)
                entity = KNOWN.get(name)
                if entity:
                    self.entities[entity.id] = entity
                out.append(
                    Arg(
                        start=s, end=e, exact=name, entity=entity.id if entity else None,
                        precision="town" if entity and entity.kind == "place" else None,
                    )
                )  # fmt: skip
            return tuple(out)

        said_by = [Source(who=self.publisher, tier="publisher")]
        part = self.parts[-1].id
        if reader:
            said_by.append(Source(who=reader, tier="reader", part=part))
        if source:
            s, e = self.find(source, start)
            entity = KNOWN.get(source)
            if entity:
                self.entities[entity.id] = entity
            said_by.append(
                Source(
                    who=entity.name if entity else source, tier=source_tier,  # type: ignore[arg-type]
                    entity=entity.id if entity else None, start=s, end=e, exact=source,
                )
            )  # fmt: skip
        s, e = self.find(trigger, start)
        when = None
        if time:
            ts, te = self.find(time[0], start)
            when = Arg(start=ts, end=te, exact=time[0], edtf=time[1])
        self.annotations.append(
            Event(
                id=f"e{len(self.annotations) + 1}", start=s, end=e, exact=trigger, part=part,
                confidence=0.9, made_by=MADE, event_type=type, mode=mode, act=act,
                actor=args(actor), recipient=args(recipient), place=args(place),
                origin=args(origin), destination=args(destination), time=when,
                quantities=tuple(
                    Count(**{**_plain(c), "start": cs, "end": ce})
                    for c in counts
                    for cs, ce in [self.find(c.exact, start)]
                ),
                status=status, polarity=polarity, granularity=granularity,  # type: ignore[arg-type]
                said_by=tuple(said_by),
            )
        )  # fmt: skip
        return self

    def sentence(self, sentence: str) -> int:
        """Adds words to the part in hand; gives where they start."""
        if not self.parts:
            self.parts.append(Part(id="p1", kind="body", start=0, end=0))
        last = self.parts[-1]
        if len(self.text) > last.start:
            self.text += " "
        start = len(self.text)
        self.text += sentence
        self.parts[-1] = _until(last, len(self.text))
        return start

    def comment(self, author: str, reply_to: str | None = None) -> Page:
        """Starts a comment; the next sentences are its words."""
        self.text += "\n\n"
        n = len(self.parts) + 1
        depth = 1 if reply_to is None else 2
        self.parts.append(
            Part(
                id=f"p{n}", kind="comment", start=len(self.text), end=len(self.text),
                author=author, reply_to=reply_to, depth=depth,
            )
        )  # fmt: skip
        return self

    def forecast(self, words: str, due: str | None = None) -> Page:
        start = self.sentence(words)
        part = self.parts[-1]
        who = Source(who=part.author, tier="reader", part=part.id)
        self.annotations.append(
            Forecast(
                id=f"f{len(self.annotations) + 1}", start=start, end=start + len(words),
                exact=words, part=part.id, confidence=0.8, made_by=MADE,
                proposition=_span(words, start), forecaster=who, due=due,
            )
        )  # fmt: skip
        return self

    def reply(self, words: str, act: str, to_part: str | None) -> Page:
        start = self.sentence(words)
        self.annotations.append(
            Reply(
                id=f"r{len(self.annotations) + 1}", start=start, end=start + len(words),
                exact=words, part=self.parts[-1].id, confidence=0.8, made_by=MADE,
                act=act, from_part=self.parts[-1].id, to_part=to_part, to=None,  # type: ignore[arg-type]
            )
        )  # fmt: skip
        return self

    def reading(self) -> Reading:
        seed = f"{self.publisher}|{self.uri}|{self.published}|{self.text}"
        capture = Capture(
            payload=seed.encode(), key=self.key, target_uri=self.uri, captured_at=self.captured_at
        )
        document = Document(
            id=capture.payload_digest[7:19], key=self.key, text=self.text, parts=tuple(self.parts),
            headline=None, publisher=self.publisher, published=self.published,
        )  # fmt: skip
        return Reading(
            capture=capture, document=document, entities=tuple(self.entities.values()),
            annotations=tuple(self.annotations), issues=(),
        )  # fmt: skip


def count(role: str, low: float, words: str, **more: object) -> Count:
    """An exact count unless `high` says otherwise; the span is filled in by `say`."""
    fields: dict[str, object] = {"high": low, **more}
    return Count(role=role, low=low, start=0, end=0, exact=words, **fields)  # type: ignore[arg-type]


def _plain(item: Count) -> dict[str, object]:
    return {name: getattr(item, name) for name in Count.__dataclass_fields__}


def _until(part: Part, end: int) -> Part:
    return Part(
        id=part.id, kind=part.kind, start=part.start, end=end, author=part.author,
        reply_to=part.reply_to, depth=part.depth,
    )  # fmt: skip


def _span(words: str, start: int):  # type: ignore[no-untyped-def]
    from sayso.model.span import Span

    return Span(start, start + len(words), words)
