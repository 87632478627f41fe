"""The codec loses nothing, and its lines are lines."""

from __future__ import annotations

from sayso.model import codec
from sayso.model.annotation import Arg, Count, Event, Forecast, MadeBy, Source
from sayso.model.capture import Capture
from sayso.model.document import Document, Evidence, Issue, Part
from sayso.model.entity import Entity
from sayso.model.reading import Reading
from sayso.model.span import Span

TEXT = "Troops left Aleppo.\u2028They will be back in 4 weeks 🙂."
MADE = MadeBy("test", "rule", "1")


def example() -> Reading:
    publisher = Source(who=None, tier="publisher")
    event = Event(
        id="e1",
        start=7,
        end=11,
        exact="left",
        part="p1",
        confidence=0.8,
        made_by=MADE,
        event_type="RETREAT",
        mode="withdraw",
        actor=(Arg(start=0, end=6, exact="Troops"),),
        quantities=(Count(role="size", low=4, high=None, start=0, end=6, exact="Troops"),),
        reality_words=(Span(7, 11, "left"),),
        said_by=(publisher,),
    )
    forecast = Forecast(
        id="f1",
        start=20,
        end=50,
        exact=TEXT[20:50],
        part="p1",
        confidence=0.5,
        made_by=MADE,
        proposition=Span(20, 44, TEXT[20:44]),
        forecaster=publisher,
        probability=(0.5, 0.9),
    )
    capture = Capture(payload=b"x", key="k")
    document = Document(
        id="d",
        text=TEXT,
        parts=(Part(id="p1", kind="body", start=0, end=len(TEXT)),),
        published_evidence=(Evidence("url", "2019/01", "2019-01"),),
    )
    return Reading(
        capture=capture,
        document=document,
        entities=(Entity(id="place:gn:1", kind="place", name="Aleppo"),),
        annotations=(event, forecast),
        issues=(Issue("x", "why"),),
    )


def test_a_reading_survives_its_json() -> None:
    data = codec.reading_json(example())
    again = codec.reading_from(data)
    assert again.annotations == example().annotations
    assert again.entities == example().entities
    assert codec.reading_json(again) == data


def test_the_contract_names_stand() -> None:
    data = codec.reading_json(example())
    assert data["document"]["published_evidence"] == [
        {"from": "url", "words": "2019/01", "edtf": "2019-01"}
    ]
    assert data["annotations"][0]["kind"] == "event"
    assert "entity" not in data["annotations"][0]["actor"][0]


def test_one_reading_is_one_line() -> None:
    line = codec.line(codec.reading_json(example()))
    assert len(line.splitlines()) == 1
