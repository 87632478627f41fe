"""Days as values, and the early, middle or late part of a longer time."""

from __future__ import annotations

from sayso.model import edtf
from sayso.reading import timex_edtf
from sayso.reading.timex_context import Context
from sayso.reading.timex_meaning import OF_VALUE, Meaning, low


def date_meaning(year: int | None, month: int, day: int) -> Meaning:
    """A day as a value; the year is XXXX where it is None."""
    shown = f"{year:04}" if year is not None else "XXXX"
    return Meaning("DATE", f"{shown}-{month:02}-{day:02}")


def parted(context: Context, meaning: Meaning) -> Meaning:
    """The meaning with the EDTF of its early, middle or late part, if the words say so."""
    part = low(context, "part")
    if not part or meaning.edtf != OF_VALUE:
        return meaning
    text = timex_edtf.of_value(meaning.value)
    if part in ("earlier", "later") and context.ref.day and text:
        first, last = edtf.bounds(text)
        if first and last and first <= context.ref.day <= last:
            ends = (first, context.ref.day) if part == "earlier" else (context.ref.day, last)
            text = edtf.interval(*ends)
    else:
        text = timex_edtf.part_of(text, part)
    return Meaning(
        meaning.type, meaning.value, text, meaning.anchor, meaning.mark, meaning.note,
        meaning.issue, meaning.confidence, meaning.cut,
    )  # fmt: skip
