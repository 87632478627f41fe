"""What is known to belong together: owners, sponsors and agencies, from `publishers.csv`."""

from __future__ import annotations

from functools import cache

from sayso.knowledge import tables
from sayso.record import names, standing

_JOINING = ("owner", "sponsor", "controlled_by", "agency")


@cache
def roots() -> dict[str, str]:
    """What stands for all that belong together, as `standing.chains` takes it."""
    return standing.roots(known())


@cache
def known() -> tuple[tuple[str, str], ...]:
    """Pairs of names known to be one hand: folded outlet names,
    and `name:` keys of sources. Empty where the knowledge base has no such file."""
    pairs: list[tuple[str, str]] = []
    if not tables.data_file("publishers.csv").is_file():
        return ()
    for row in tables.load_csv("publishers.csv", required=("name",)):
        own = [names.fold(row["name"])]
        own += [names.fold(a) for a in row.get("aliases", "").split("|") if a.strip()]
        for other in own[1:]:
            pairs.append((own[0], other))
        for host in row.get("domains", "").split(";"):
            if host.strip():  # a page without a publisher's name goes by its host
                pairs.append((own[0], names.fold(host)))
        if row.get("entity"):
            pairs.append((row["entity"], f"outlet:{own[0]}"))
        for column in _JOINING:
            for owner in row.get(column, "").split("|"):
                if owner.strip():
                    pairs.append((own[0], f"owner:{names.fold(owner)}"))
                    pairs.append((f"outlet:{own[0]}", f"owner:{names.fold(owner)}"))
    return tuple(pairs)
