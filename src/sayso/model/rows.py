"""The rows of the record, as lists, accounts and exports have them: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sayso.model.annotation import Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision of one person."""

    id: str
    at: str
    who: str
    act: str
    subject: str
    object: str | None = None
    verdict: str | None = None
    why: str | None = None
    body: dict[str, Any] = field(default_factory=dict)
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list. `next` is the cursor of the following ones, None at the end; `total`
    counts all rows that fit, up to 10,000 (which then stands for "that many or more")."""

    rows: tuple[T, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An actor or place of an event: `role` as in the contract; `told` by how many tellings;
    `words` as the first of them puts it. `feature` is GeoNames' code, `schema` FollowTheMoney's."""

    role: str
    id: str | None
    name: str
    words: str = ""
    told: int = 1
    blame: tuple[str, ...] = ()
    schema: str | None = None
    feature: str | None = None
    precision: str | None = None
    radius_km: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    admin1: str | None = None
    pin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value of one count, with how many tell it and by how many separate chains."""

    low: float | None
    high: float | None
    low_exclusive: bool
    approximate: bool
    words: str
    tellings: int
    chains: int
    first_said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """What was counted, with every value given for it; `disputed` where they cannot all be true."""

    role: str
    of: str
    civilian: str
    scope: str
    unit: str | None
    disputed: bool
    values: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event of the record as lists show it. `edtf` is None where no telling dates it; then
    `time_from`..`time_to` is when it must have been, from when it was said. `said_by` is the chain
    of the telling whose `words` are shown. `care` says why its places are given roughly."""

    id: str
    event_type: str | None
    mode: str | None
    act: str | None
    granularity: str
    status: str
    polarity: str
    edtf: str | None
    time_from: str | None
    time_to: str | None
    actors: tuple[Named, ...]
    places: tuple[Named, ...]
    latitude: float | None
    longitude: float | None
    numbers: tuple[Number, ...]
    trigger: str
    words: str
    said_by: tuple[Source, ...]
    document: str
    annotation: str
    tellings: int
    pages: int
    publishers: tuple[str, ...]
    chains: int
    standing: str
    standing_words: str
    disputed: tuple[str, ...]
    tier: str
    tiers: tuple[str, ...]
    notices: tuple[str, ...]
    civilian_targeting: str
    acled_type: str | None
    acled_sub: str | None
    context: tuple[str, ...]
    confidence: float
    first_said: str
    first_held: str
    rejected: bool = False
    care: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One telling of an event: where it stands, and what exactly it says."""

    id: str
    document: str
    annotation: str
    headline: str | None
    publisher: str
    said_on: str | None
    held_on: str
    tier: str
    said_by: tuple[Source, ...]
    words: str
    trigger: str
    status: str
    polarity: str
    certainty: str
    edtf: str | None
    confidence: float
    notice: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of one field, with who says it, via whom, since when, and where."""

    value: str
    id: str | None
    words: str
    said_by: tuple[Source, ...]
    said_on: str | None
    held_on: str
    document: str
    annotation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of an event with all its values, rivals side by side."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAccount:
    """Everything about one event."""

    row: EventRow
    fields: tuple[Field, ...]
    tellings: tuple[Telling, ...]
    parts: tuple[EventRow, ...]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow:
    """A forecast. `due` is EDTF or None; `outcome` only by a person's judgement."""

    id: str
    document: str
    annotation: str
    headline: str | None
    words: str
    proposition: str
    forecaster: Source
    due: str | None
    due_from: str | None
    due_to: str | None
    due_words: str | None
    probability: tuple[float, float] | None
    probability_words: str | None
    condition: str | None
    polarity: str
    question: str | None
    missing: tuple[str, ...]
    said_on: str | None
    held_on: str
    confidence: float
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRow:
    """What is in dispute: a reader's reply (`kind` reply: its `act`, who, to whom, which words),
    or an event whose tellings contradict each other (`kind` number or polarity)."""

    id: str
    kind: str
    act: str
    document: str | None
    annotation: str | None
    headline: str | None
    words: str
    author: str | None
    to_author: str | None
    to_words: str | None
    event: str | None
    values: tuple[str, ...]
    said_on: str | None
    held_on: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A column of a matrix: a source with all that are linked with it, by whatever outlets its
    words came. `separate` is False for what cannot stand for itself: a reader, an unnamed person,
    an outlet's sentence without a source. `linked` names the columns that share an outlet with it:
    they are not shown separate from it."""

    id: str
    name: str
    tier: str
    outlets: tuple[str, ...]
    separate: bool
    linked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """A cell of a matrix: asserts, denies, or silent. `act` says what a reader did; one who only
    asks for a source, narrows the claim or takes it back neither asserts nor denies it: silent."""

    voice: str
    stance: str
    act: str | None = None
    words: str | None = None
    document: str | None = None
    annotation: str | None = None
    said_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """A row of a matrix: one thing that can be so or not. `asserts` and `denies` count separate
    chains; `stances` are in the order of the matrix's voices."""

    words: str
    asserts: int
    denies: int
    stances: tuple[Stance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a reader did next in a dispute: asked for a source, narrowed, maintained, took back …"""

    voice: str
    act: str
    words: str
    annotation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One thing in dispute: who asserts, who denies, who is silent. `kind` is polarity (did it
    happen), number (`what` says of what: killed, size …), control (who held a place) or reply (a
    reader's claim on one page; `what` is number or claim, `counted` the noun that a number
    counts). `open_requests` counts requests for a source that nobody answered; `moves` are what
    the readers did, in order."""

    id: str
    kind: str
    what: str
    words: str
    event: str | None
    document: str | None
    headline: str | None
    voices: tuple[Voice, ...]
    propositions: tuple[Proposition, ...]
    counted: str | None = None
    open_requests: int = 0
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One cell of a matrix with its row and column, as tables and exports have it."""

    id: str
    kind: str
    what: str
    proposition: str
    voice: str
    tier: str
    separate: bool
    outlets: tuple[str, ...]
    stance: str
    act: str | None
    words: str | None
    event: str | None
    document: str | None
    annotation: str | None
    said_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One telling for (`side` for) or against a state of control; `effect` take, end or hold."""

    side: str
    effect: str
    event: str
    document: str
    annotation: str
    words: str
    said_by: tuple[Source, ...]
    said_on: str | None
    held_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRow:
    """Who held a place, from when to when (EDTF; None = not known, or not ended). `holder` is
    None where somebody left and nobody is said to have come. `undated` rows carry times with an
    open year: they stand on no day."""

    place: str
    place_id: str
    latitude: float | None
    longitude: float | None
    holder: str | None
    holder_ids: tuple[str, ...]
    from_: str | None = field(metadata={"json": "from"})
    to: str | None
    basis: str
    certainty: str
    said_by: tuple[Source, ...]
    known_by: str
    last_said: str | None
    stale_after: str | None
    undated: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """A document of the record."""

    id: str
    key: str | None
    uri: str | None
    headline: str | None
    publisher: str | None
    published: str | None
    captured_at: str | None
    recorded_at: str
    language: str | None
    comments: int
    events: int
    forecasts: int
    disputes: int
    digest: str
    redacted: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor with how often it acts, and is acted on, in how many events."""

    id: str
    name: str
    schema: str | None
    sector: str | None
    country: str | None
    acts: int
    suffers: int
    says: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two names that may mean one actor or place; a person decides."""

    left: str
    left_name: str
    right: str
    right_name: str
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """What changed since an earlier export: `change` is added (an event that is new), changed (a
    new telling of it), judged, or redacted; `detail` names the page, the judgement or the log
    row."""

    event: str | None
    change: str
    at: str
    who: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A part in which all the words searched for stand, and the place of the first of them."""

    document: str
    headline: str | None
    publisher: str | None
    published: str | None
    part: str
    kind: str
    author: str | None
    start: int
    end: int
    excerpt: str
