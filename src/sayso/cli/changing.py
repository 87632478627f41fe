"""`sayso diff`: what a page said over time."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from sayso.cli.common import JsonOption, RecordOption, opened
from sayso.cli.output import jsonl, plain
from sayso.model import codec
from sayso.page.changes import Change


def mount(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(diff)


def diff(
    ctx: typer.Context,
    page: Annotated[str, typer.Argument(help="A page: its id, or its address.")],
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """Show each capture of a page, and what changed from one to the next."""
    from sayso.service import changes as service

    with opened(ctx, record) as kept:
        for edition in service.history(kept, page):
            if json:
                jsonl(codec.encode(edition))
                continue
            answer = f" (the server answered {edition.status})" if edition.what == "gone" else ""
            print(
                f"{edition.captured_at}  {edition.what}{answer}  {edition.document or ''}".rstrip()
            )
            for change in edition.changes:
                for line in _lines(change):
                    print(plain(line))


def _lines(change: Change) -> list[str]:
    where = f"{change.part} {change.kind}" + (f" by {change.author}" if change.author else "")
    note = f", a notice: {change.notice}" if change.notice else ""
    head = f"  {change.what} ({where}{note})"
    if change.what == "altered":
        return [
            head,
            *(f"    - {words}" for words in change.words_removed),
            *(f"    + {words}" for words in change.words_added),
        ]
    sign = {"added": "+", "removed": "-", "moved": "~"}[change.what]
    return [
        head,
        *(f"    {sign} {row}" for row in (change.after or change.before or "").split("\n")),
    ]


def in_short(changes: tuple[Change, ...]) -> str:
    """Changes in one line: "2 added, 1 altered; a notice: correction"."""
    counts = Counter(change.what for change in changes)
    said = ", ".join(f"{counts[what]} {what}" for what in ("added", "altered", "removed", "moved")
                     if counts[what])  # fmt: skip
    notices = sorted({change.notice for change in changes if change.notice})
    return said + (f"; a notice: {', '.join(notices)}" if notices else "")
