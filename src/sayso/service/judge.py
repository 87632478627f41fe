"""People's decisions, and reading again: the use cases behind `judge`, `redact`, `reread`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.errors import RecordError, UsageError
from sayso.language.syntax import Parser, default_parser
from sayso.model import codec
from sayso.model.annotation import AnyAnnotation
from sayso.model.capture import Capture
from sayso.model.reading import Reading
from sayso.page.recover import recover
from sayso.reading import chain
from sayso.record import events, index, judgements, store, summary, verdicts
from sayso.record import redact as redaction
from sayso.record.judgements import Judgement
from sayso.record.record import Record
from sayso.record.redact import Redacted
from sayso.scale.arrows import reader_of
from sayso.service.archive import Keeper


def judge(
    record: Record,
    act: str,
    subject: str,
    *,
    object: str | None = None,
    verdict: str | None = None,
    why: str | None = None,
    body: dict[str, object] | None = None,
    who: str | None = None,
) -> Judgement:
    """Records a person's decision and lets it take effect. See `record/judgements.py` for the
    acts. Raises UsageError for what does not exist."""
    _must_exist(record, subject)
    if object is not None:
        _must_exist(record, object)
    if act in ("join", "split"):
        for telling in (subject, object or ""):
            if not telling.startswith("te-"):
                raise UsageError(f"{act}: {telling or 'nothing'} is no telling (te-…)")
    with record.database.transaction():
        made = judgements.add(
            record.database, at=record.stamp(), who=who or record.who, act=act, subject=subject,
            object=object, verdict=verdict, why=why, body=body,
        )  # fmt: skip
        _take_effect(record, made)
    return made


def undo(record: Record, judgement: str, *, why: str, who: str | None = None) -> Judgement:
    """Takes a decision back; both stay in the log."""
    with record.database.transaction():
        made = judgements.undo(
            record.database, judgement, at=record.stamp(), who=who or record.who, why=why
        )
        undone = next(j for j in judgements.everything(record.database) if j.id == judgement)
        _take_effect(record, undone)
    return made


def redact(record: Record, subject: str, *, reason: str, who: str | None = None) -> Redacted:
    """Destroys words, also in the archive beside the record; see `record/redact.py`."""
    done = redaction.redact(
        record.database, subject, reason=reason, at=record.stamp(), who=who or record.who
    )
    page = subject.partition(":")[0].partition(".")[0]
    digest = record.database.value("SELECT digest FROM document WHERE id = ?", (page,))
    Keeper(record).forget(str(digest))
    return done


def agreement(record: Record) -> tuple[int, int, float | None]:
    """(things judged by two people or more, of them judged alike, Cohen's kappa over accept and
    reject between the first two; None under ten)."""
    by_subject: dict[str, dict[str, str]] = {}
    for j in judgements.standing(record.database):
        if j.act in ("accept", "reject"):
            by_subject.setdefault(j.subject, {})[j.who] = j.act
    pairs = [tuple(v[w] for w in sorted(v))[:2] for v in by_subject.values() if len(v) >= 2]
    same = sum(a == b for a, b in pairs)
    if len(pairs) < 10:
        return len(pairs), same, None
    observed = same / len(pairs)
    first = sum(a == "accept" for a, _ in pairs) / len(pairs)
    second = sum(b == "accept" for _, b in pairs) / len(pairs)
    chance = first * second + (1 - first) * (1 - second)
    return len(pairs), same, 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def _must_exist(record: Record, subject: str) -> None:
    if subject.startswith(verdicts.READER):
        reader = subject[len(verdicts.READER) :]
        sql = "SELECT 1 FROM part WHERE kind = 'comment' AND author = ? LIMIT 1"
        if record.database.value(sql, (reader,)) is None:
            raise UsageError(f"{reader}: nobody of that name comments on a page in {record.path}")
        return
    table = {"ev": "event", "fo": "forecast", "di": "dispute", "ju": "judgement"}
    name = table.get(subject[:2]) if subject[2:3] == "-" else "entity"
    if subject.startswith("te-"):
        found = index.telling(record.database, subject)
    else:
        found = record.database.value(f"SELECT 1 FROM {name} WHERE id = ?", (subject,))
    if found is None:
        raise UsageError(f"{subject}: there is no such thing in {record.path}")


def _take_effect(record: Record, made: Judgement) -> None:
    database = record.database
    if made.act in ("join", "split") and made.object:
        events.rejoin(database, [made.subject, made.object])
    elif made.act == "same" and made.object:
        events.rejoin_actor(database, [made.subject, made.object])
    elif made.subject.startswith("ev-"):
        seq = database.value("SELECT seq FROM event WHERE id = ?", (made.subject,))
        if seq is not None:
            summary.write(database, int(seq))


# -- reading again -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changed:
    """What a new reading of a page has that the old one had not, and the other way round."""

    document: str
    headline: str | None
    added: tuple[AnyAnnotation, ...]
    gone: tuple[AnyAnnotation, ...]
    failed: str | None = None


def reread(
    record: Record, *, diff: bool = False, page: str | None = None, parser: Parser | None = None
) -> Iterator[Changed]:
    """Reads the captures of the record again with the program as it is now, into new readings
    beside the old; with `diff` only says what would change, and keeps nothing."""
    parser = parser or default_parser()
    reader = reader_of(parser)
    where, values = (" AND d.id = ?", [page]) if page else ("", [])
    for row in record.database.rows(
        "SELECT d.id, d.headline, d.digest, d.stated, d.reading, r.capture FROM document d"
        " JOIN reading r ON r.seq = d.reading WHERE d.redacted IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM document n WHERE n.payload = d.payload AND n.reading > d.reading)"
        f"{where} ORDER BY d.seq",
        values,
    ):
        old = store.load(record.database, row["reading"])
        payload = store.payload(record.database, row["digest"])
        if payload is None:
            yield Changed(row["id"], row["headline"], (), (), "its bytes are not held any more")
            continue
        known = store.capture_of(record.database, row["capture"])
        capture = _with(known, payload, old.document.key, row["stated"])
        try:
            new = chain.read(recover(capture), capture, parser)
        except RecordError:
            raise
        except Exception as error:  # noqa: BLE001 - named, and the other pages are still read
            yield Changed(row["id"], row["headline"], (), (), f"{type(error).__name__}: {error}")
            continue
        added, gone = difference(old, new)
        if not diff and (added or gone or new.document.text != old.document.text):
            record.add([new], reader=reader)
        yield Changed(row["id"], row["headline"], added, gone)


def _with(known: Capture, payload: bytes, key: str | None, stated: str) -> Capture:
    return Capture(
        payload=payload, key=known.key or key, record_id=known.record_id,
        target_uri=known.target_uri, captured_at=known.captured_at, media_type=known.media_type,
        charset=known.charset, status=known.status, headers=known.headers,
        supersedes=known.supersedes, operator_published=stated or None,
    )  # fmt: skip


def difference(
    old: Reading, new: Reading
) -> tuple[tuple[AnyAnnotation, ...], tuple[AnyAnnotation, ...]]:
    """(added, gone), by what annotations say: their ids, makers and confidence do not count."""

    def key(a: AnyAnnotation) -> str:
        data = codec.encode(a)
        for name in ("id", "made_by", "confidence"):
            data.pop(name, None)
        return codec.line(data)

    before = {key(a): a for a in old.annotations}
    after = {key(a): a for a in new.annotations}
    return (
        tuple(a for k, a in after.items() if k not in before),
        tuple(a for k, a in before.items() if k not in after),
    )
