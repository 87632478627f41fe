"""What stages yield: spans of a document with a typed body, and who made them.

Field names and meanings are those of the reading contract (`sayso.reading/1`); `codec` turns
these into its JSON and back. A field with metadata `optional` is left out of the JSON when None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from sayso.model.span import Span

Form = Literal["name", "demonym", "label", "pronoun"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Polarity = Literal["positive", "negative"]
Status = Literal["occurred", "ongoing", "expected", "planned", "hypothetical", "historical"]
Granularity = Literal["event", "episode", "summary"]
Tier = Literal[
    "publisher", "official", "party", "monitor", "media", "witness", "anonymous", "reader"
]
Access = Literal["eyewitness", "own_staff", "footage", "relay", "unknown"]
Blame = Literal["stated", "claimed", "alleged", "suspected", "denied"]
Precision = Literal[
    "exact", "town", "near", "route", "admin2", "admin1", "region", "country", "sea"
]
QuantityRole = Literal[
    "killed",
    "injured",
    "arrested",
    "abducted",
    "captured",
    "surrendered",
    "displaced",
    "size",
    "destroyed",
]
ReplyAct = Literal[
    "asks_source",
    "disputes",
    "corrects",
    "qualifies",
    "maintains",
    "retracts",
    "answers",
    "agrees",
    "quotes",
    "asks",
]
CivilianTargeting = Literal["yes", "no", "unknown"]


def _optional() -> Any:
    return field(default=None, metadata={"optional": True})


@dataclass(frozen=True, slots=True)
class MadeBy:
    """Which stage, which of its rules, and which version of it."""

    stage: str
    rule: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One link of a `said_by` chain.

    `who` is the name as text or None where nobody is named. A publisher and a comment's author
    are sources by position and need no span; every other source has one.
    """

    who: str | None
    tier: Tier
    access: Access = "unknown"
    entity: str | None = _optional()
    part: str | None = _optional()
    start: int | None = _optional()
    end: int | None = _optional()
    exact: str | None = _optional()
    certainty: Certainty | None = _optional()


SaidBy = tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arg:
    """Words that fill a role of an event, and the entity they mean where that is known."""

    start: int
    end: int
    exact: str
    entity: str | None = _optional()
    part: str | None = _optional()
    edtf: str | None = _optional()
    blame: Blame | None = _optional()
    precision: Precision | None = _optional()
    relation: str | None = _optional()
    radius_km: float | None = _optional()
    said_by: SaidBy | None = _optional()
    certainty: Certainty | None = _optional()
    polarity: Polarity | None = _optional()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of people or things in a role of an event; rivals are counts of their own."""

    role: QuantityRole
    low: float | None
    high: float | None
    start: int
    end: int
    exact: str
    low_exclusive: bool = False
    approximate: bool = False
    unit: str | None = None
    of: Literal["actor", "recipient", "other", "unknown"] = "unknown"
    civilian: Literal["civilian", "combatant", "mixed", "unknown"] = "unknown"
    subset_of: int | None = None
    scope: Literal["event", "cumulative"] = "event"
    said_by: SaidBy | None = _optional()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Who won and who lost, with the words that say so."""

    winner: Arg | None
    loser: Arg | None
    words: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Acled:
    """The event in the words of ACLED's codebook."""

    event_type: str
    sub_event_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What every annotation has. `part` is the part that holds it; `confidence` is calibrated."""

    kind: ClassVar[str] = ""

    id: str
    start: int
    end: int
    exact: str
    part: str | None
    confidence: float
    made_by: MadeBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Annotation):
    """A name or phrase that means an entity."""

    kind: ClassVar[str] = "mention"

    entity: str | None
    form: Form
    precision: Precision | None = _optional()
    relation: str | None = _optional()
    radius_km: float | None = _optional()
    reason: str | None = _optional()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex(Annotation):
    """A time expression.

    `value` is ISO-TimeML, `edtf` ISO 8601-2 (`XXXX` = year unknown; None for a bare duration or
    set), `anchor` what a relative time is counted from: `published`, `captured`, a timex id, None.
    `note` names the candidates and why, where the value is open.
    """

    kind: ClassVar[str] = "timex"

    type: TimexType
    value: str | None
    edtf: str | None
    anchor: str | None
    note: str | None = _optional()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Annotation):
    """A number with its noun; the span is both. `unit` is the noun's lemma."""

    kind: ClassVar[str] = "quantity"

    low: float | None
    high: float | None
    low_exclusive: bool
    unit: str | None
    approximate: bool
    head_start: int | None = _optional()
    head_end: int | None = _optional()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution(Annotation):
    """Words said, believed, shown or announced by a source. Content may be interrupted."""

    kind: ClassVar[str] = "attribution"

    source: Arg | None
    cue: Span
    content: tuple[Span, ...]
    certainty: Certainty
    nested_in: str | None
    tier: Tier | None = _optional()
    access: Access | None = _optional()
    polarity: Polarity | None = _optional()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Annotation):
    """Who did what to whom, and who says so. The span is the trigger."""

    kind: ClassVar[str] = "event"

    event_type: str | None
    mode: str | None = None
    act: str | None = None
    context: tuple[str, ...] = ()
    actor: tuple[Arg, ...] = ()
    recipient: tuple[Arg, ...] = ()
    place: tuple[Arg, ...] = ()
    origin: tuple[Arg, ...] = ()
    destination: tuple[Arg, ...] = ()
    weapon: tuple[Arg, ...] = ()
    time: Arg | None = None
    quantities: tuple[Count, ...] = ()
    outcome: Outcome | None = None
    granularity: Granularity = "event"
    status: Status = "occurred"
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    reality_words: tuple[Span, ...] = ()
    said_by: SaidBy = ()
    civilian_targeting: CivilianTargeting = "unknown"
    acled: Acled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(Annotation):
    """A statement about what will be. The span is the proposition with its cue."""

    kind: ClassVar[str] = "forecast"

    proposition: Span
    forecaster: Source
    due: str | None = None
    due_words: Span | None = None
    probability: tuple[float, float] | None = None
    probability_words: Span | None = None
    condition: Span | None = None
    event: str | None = None
    polarity: Polarity = "positive"
    group: str | None = _optional()
    question: str | None = _optional()
    missing: tuple[str, ...] | None = _optional()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Annotation):
    """What a comment does to the comment (or article sentence) it answers."""

    kind: ClassVar[str] = "reply"

    act: ReplyAct
    from_part: str
    to_part: str | None
    to: Span | None


AnyAnnotation = Mention | Timex | Quantity | Attribution | Event | Forecast | Reply
KINDS: dict[str, type[Annotation]] = {
    cls.kind: cls for cls in (Mention, Timex, Quantity, Attribution, Event, Forecast, Reply)
}
