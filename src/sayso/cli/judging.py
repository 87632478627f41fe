"""A person's part: `judge`, `undo`, `redact`, `reread`."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Annotated

import typer

from sayso.cli.common import JsonOption, PageOption, RecordOption, opened
from sayso.cli.output import jsonl, plain, say
from sayso.errors import UsageError
from sayso.model import codec

WhoOption = Annotated[str | None, typer.Option("--by", help="Who decides. [env: SAYSO_USER]")]


def mount(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (judge, undo, agreement, redact, reread):
        app.command()(command)


def judge(
    ctx: typer.Context,
    act: Annotated[str, typer.Argument(help="accept, reject, confirm, join, split, same, note …")],
    subject: Annotated[str, typer.Argument(help="ev-…, te-…, fo-…, di-… or an actor's id.")],
    other: Annotated[str | None, typer.Argument(help="The second thing of a pair.")] = None,
    verdict: Annotated[
        str | None, typer.Option(help="positive, negative, unsure; true, false, partly …")
    ] = None,
    why: Annotated[str | None, typer.Option(help="The reason; it is kept.")] = None,
    by: WhoOption = None,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """Decide about something; kept beside what the machine says, and can be undone."""
    from sayso.service import judge as service

    with opened(ctx, record, write=True) as kept:
        made = service.judge(kept, act, subject, object=other, verdict=verdict, why=why, who=by)
    if json:
        jsonl(codec.encode(made))
    else:
        print(plain(f"{made.id}: {made.act} {made.subject} {made.object or ''} by {made.who}"))


def agreement(ctx: typer.Context, json: JsonOption = False, record: RecordOption = None) -> None:
    """Say how far a second reader agrees: of what two people accepted or rejected."""
    from sayso.service import judge as service

    with opened(ctx, record) as kept:
        both, same, kappa = service.agreement(kept)
    if json:
        jsonl({"judged_by_two": both, "alike": same, "kappa": kappa})
    else:
        figure = "too few for a figure" if kappa is None else f"Cohen's kappa {kappa:.2f}"
        print(f"{both} judged by two people, {same} of them alike ({figure})")


def undo(
    ctx: typer.Context,
    judgement: Annotated[str, typer.Argument(help="ju-…")],
    why: Annotated[str, typer.Option(help="The reason; it is kept.")],
    by: WhoOption = None,
    record: RecordOption = None,
) -> None:
    """Take a decision back; both stay in the log."""
    from sayso.service import judge as service

    with opened(ctx, record, write=True) as kept:
        made = service.undo(kept, judgement, why=why, who=by)
    print(plain(f"{made.id}: undoes {judgement}"))


def redact(
    ctx: typer.Context,
    id: Annotated[
        str, typer.Argument(help="PAGE, PAGE.p4 (a part), PAGE.e3 (an annotation), PAGE:10-25.")
    ],
    reason: Annotated[str, typer.Option(help="Why; it stays in the log.")],
    by: WhoOption = None,
    record: RecordOption = None,
) -> None:
    """Destroy words for good, and what derives from them; the log keeps that it was done."""
    from sayso.service import judge as service

    with opened(ctx, record, write=True) as kept:
        done = service.redact(kept, id, reason=reason, who=by)
    print(
        plain(
            f"{done.subject}: {done.characters} characters and {done.annotations} annotations"
            f" destroyed, the bytes of {done.captures} capture(s) too"
        )
    )
    say("copies made earlier (exports, backups, WARC files) are not touched")


def reread(
    ctx: typer.Context,
    diff: Annotated[bool, typer.Option("--diff", help="Only say what would change.")] = False,
    page: PageOption = None,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """Read the captures again with the program as it is now, beside the old readings."""
    from sayso.service import judge as service

    failed = False
    seen = 0
    with opened(ctx, record, write=not diff) as kept:
        for changed in service.reread(kept, diff=diff, page=page):
            seen += 1
            failed = failed or changed.failed is not None
            if json:
                jsonl(codec.encode(changed))
            elif changed.failed:
                say(f"{changed.document}: {changed.failed}")
            elif changed.added or changed.gone:
                sys.stdout.write(
                    plain(f"{changed.document} {changed.headline or ''}") + "\n"
                    f"  + {_kinds(changed.added)}\n  - {_kinds(changed.gone)}\n"
                )
    if page and not seen:
        raise UsageError(f"{page}: there is no such page")
    say(f"{seen} pages read again" + (", nothing kept" if diff else ""))
    raise typer.Exit(1 if failed else 0)


def _kinds(found: tuple[object, ...]) -> str:
    counts = Counter(str(getattr(a, "kind", "")) for a in found)
    return ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items())) or "nothing"
