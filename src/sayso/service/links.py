"""Small things that all asking shares."""

from __future__ import annotations

from typing import cast

from sayso.model.annotation import Access, Source, Tier
from sayso.record.database import Database
from sayso.record.facts import Link


def source(link: Link) -> Source:
    """A link of a said-by chain as the model's own."""
    return Source(
        who=link.who, tier=cast(Tier, link.tier), access=cast(Access, link.access), entity=link.id
    )


def document_ids(database: Database, seqs: set[int]) -> dict[int, str]:
    """Row number -> id of documents."""
    found = sorted(seqs)
    out: dict[int, str] = {}
    for n in range(0, len(found), 500):
        chunk = found[n : n + 500]
        sql = f"SELECT seq, id FROM document WHERE seq IN ({', '.join('?' * len(chunk))})"
        out.update({r["seq"]: r["id"] for r in database.rows(sql, chunk)})
    return out
