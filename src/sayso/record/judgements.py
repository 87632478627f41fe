"""What people decided: rows beside the machine's, never edits of them; an undo is a row too.

Subjects are telling ids (`te-…`), event ids (`ev-…`), forecast ids (`fo-…`), dispute ids
(`di-…`) and entity ids. A judgement names who, when and why.

act        subject, object       verdict                  effect
accept     any                   -                        shown as accepted
reject     any                   -                        left out of summaries, maps and exports
confirm    event                 -                        standing "confirmed" (the only way)
join       telling, telling      -                        the two are of one event
split      telling, telling      -                        the two are never of one event
same       entity, entity        positive/negative/unsure the two names are (not) one
correct    telling               -                        `body` holds field -> value
note       any                   -                        words only
coarsen    event                 -                        lifts or sets the care for exports
outcome    forecast              true, false, partly …    what came of it (`scores.OUTCOMES`)
grade      source, telling, …    A-F, 1-6, both           Admiralty code; `body` has MISP's tags
across     reader:NAME           why (`verdicts.ACROSS`)  scored across pages, not within each alone
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from sayso.errors import UsageError
from sayso.model.rows import Judgement
from sayso.record import custody, verdicts
from sayso.record.database import Database, Row

__all__ = [
    "ACTS", "Judgement", "Pairs", "add", "everything", "held", "pairs", "standing", "undo",
]  # fmt: skip

ACTS = (
    "accept", "reject", "confirm", "join", "split", "same", "correct", "note", "coarsen",
    "outcome", "grade", "across", "perpetrator", "undo",
)  # fmt: skip
PAIRED = frozenset(("join", "split", "same"))


def add(
    database: Database,
    *,
    at: str,
    who: str,
    act: str,
    subject: str,
    object: str | None = None,
    verdict: str | None = None,
    why: str | None = None,
    body: dict[str, Any] | None = None,
) -> Judgement:
    """Records a decision. Raises UsageError for one that makes no sense."""
    if act not in ACTS:
        raise UsageError(f"{act}: no such judgement; there are {', '.join(ACTS)}")
    if not who.strip():
        raise UsageError("a judgement needs the name of the person who makes it")
    if act in PAIRED and (not object or object == subject):
        raise UsageError(f"{act}: needs two different things")
    verdicts.check(act, subject, verdict, why)
    if act == "grade":
        verdict = (verdict or "").strip().upper()
        body = {**(body or {}), "misp": [g.tag for g in verdicts.grades(verdict)]}
    with database.transaction():
        seq = int(database.value("SELECT COALESCE(max(seq), 0) + 1 FROM judgement"))
        made = Judgement(
            id=f"ju-{seq}", at=at, who=who, act=act, subject=subject, object=object,
            verdict=verdict, why=why, body=body or {},
            undoes=subject if act == "undo" else None,
        )  # fmt: skip
        words = custody.canonical(made.body)
        database.execute(
            "INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (seq, made.id, at, who, act, subject, object, verdict, why, words, made.undoes),
        )
        custody.append(
            database, at=at, who=who, act="judge", subject=made.id,
            digest=custody.digest_of(
                custody.canonical([at, who, act, subject, object, verdict, why, words])
            ),
        )  # fmt: skip
    return made


def undo(database: Database, judgement: str, *, at: str, who: str, why: str) -> Judgement:
    """Takes a decision back; both stay in the log. Raises UsageError."""
    row = database.one("SELECT act FROM judgement WHERE id = ?", (judgement,))
    if row is None:
        raise UsageError(f"{judgement}: there is no such judgement")
    if database.value("SELECT 1 FROM judgement WHERE undoes = ?", (judgement,)) is not None:
        raise UsageError(f"{judgement}: is undone already")
    return add(database, at=at, who=who, act="undo", subject=judgement, why=why)


_STANDING = (
    "SELECT j.* FROM judgement j WHERE j.act <> 'undo' AND NOT EXISTS"
    " (SELECT 1 FROM judgement u WHERE u.undoes = j.id AND NOT EXISTS"
    "  (SELECT 1 FROM judgement v WHERE v.undoes = u.id))"
)


def standing(database: Database, subject: str | None = None) -> list[Judgement]:
    """The decisions that hold now, oldest first; those about one subject if given."""
    if subject is None:
        rows = database.rows(f"{_STANDING} ORDER BY j.seq")
    else:
        rows = database.rows(
            f"{_STANDING} AND (j.subject = ? OR j.object = ?) ORDER BY j.seq", (subject, subject)
        )
    return [_judgement(r) for r in rows]


def everything(database: Database, subject: str | None = None) -> list[Judgement]:
    """All decisions, undone ones and undos too, oldest first."""
    where, values = ("WHERE subject = ? OR object = ?", (subject, subject)) if subject else ("", ())
    return [
        _judgement(r)
        for r in database.rows(f"SELECT * FROM judgement {where} ORDER BY seq", values)
    ]


def held(database: Database, act: str) -> dict[str, Judgement]:
    """subject -> the newest decision of that act that holds."""
    return {j.subject: j for j in standing(database) if j.act == act}


def decided(database: Database) -> dict[str, frozenset[str]]:
    """event id -> the acts `confirm` and `reject` that hold for it."""
    out: dict[str, frozenset[str]] = {}
    for j in standing(database):
        if j.act in ("confirm", "reject"):
            out[j.subject] = out.get(j.subject, frozenset()) | {j.act}
    return out


class Pairs:
    """Which tellings people put together or apart."""

    def __init__(self, joins: Iterable[tuple[str, str]], splits: Iterable[tuple[str, str]]) -> None:
        self._joined = _both_ways(joins)
        self._apart = _both_ways(splits)

    @property
    def any_apart(self) -> bool:
        return bool(self._apart)

    def joined(self, telling: str) -> Collection[str]:
        return self._joined.get(telling, ())

    def apart(self, telling: str, others: set[str]) -> bool:
        return bool(self._apart.get(telling, set()) & others)


def pairs(database: Database) -> Pairs:
    """The joins and splits that hold; of a pair judged twice the newer decision counts."""
    latest: dict[tuple[str, str], str] = {}
    for j in standing(database):
        if j.act in ("join", "split") and j.object:
            latest[min(j.subject, j.object), max(j.subject, j.object)] = j.act
    return Pairs(
        [pair for pair, act in latest.items() if act == "join"],
        [pair for pair, act in latest.items() if act == "split"],
    )


def _both_ways(found: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for a, b in found:
        out.setdefault(a, set()).add(b)
        out.setdefault(b, set()).add(a)
    return out


def _judgement(row: Row) -> Judgement:
    return Judgement(
        id=row["id"], at=row["at"], who=row["who"], act=row["act"], subject=row["subject"],
        object=row["object"], verdict=row["verdict"], why=row["why"],
        body=json.loads(row["body"]), undoes=row["undoes"],
    )  # fmt: skip
