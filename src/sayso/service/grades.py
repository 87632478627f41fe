"""Admiralty grades that people gave, with MISP's tags. The program gives and proposes none."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.record import index, judgements, verdicts
from sayso.record.record import Record

_WORDS = {
    "fo": "SELECT words FROM forecast WHERE id = ?",
    "di": "SELECT words FROM dispute WHERE id = ?",
    "ev": "SELECT t.words FROM telling t JOIN event e ON e.seq = t.event WHERE e.id = ? LIMIT 1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """One person's grade of a source (A-F), of what it says (1-6), or of both. `words` are the
    graded words, or the source's name."""

    id: str
    subject: str
    grade: str
    meanings: tuple[str, ...]
    misp: tuple[str, ...]
    words: str
    who: str
    at: str
    why: str | None


def grades(record: Record, subject: str | None = None) -> list[GradeRow]:
    """The grades that hold, oldest first; those of one subject if given. Two people's grades of
    one thing stand side by side."""
    return [
        GradeRow(
            id=j.id, subject=j.subject, grade=j.verdict or "",
            meanings=tuple(g.meaning for g in verdicts.grades(j.verdict)),
            misp=tuple(j.body.get("misp", ())), words=_words(record, j.subject), who=j.who,
            at=j.at, why=j.why,
        )
        for j in judgements.standing(record.database, subject)
        if j.act == "grade"
    ]  # fmt: skip


def _words(record: Record, subject: str) -> str:
    if subject.startswith("te-"):
        row = index.telling(record.database, subject)
        return str(row["words"]) if row else ""
    sql = _WORDS.get(subject[:2]) if subject[2:3] == "-" else None
    found = record.database.value(sql or "SELECT name FROM entity WHERE id = ?", (subject,))
    return "" if found is None else str(found)
