"""A citable sheet of one event as HTML, for print: every sentence says who reports it.

No script, no style from elsewhere, nothing that could run: all text is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from sayso.export.columns import chain
from sayso.model.rows import EventAccount, Telling, Value

_CSS = (
    "body{font:11pt/1.45 Georgia,serif;max-width:44em;margin:2em auto;color:#111;background:#fff}"
    "h1{font-size:1.4em}table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #bbb;padding:.3em .5em;text-align:left;vertical-align:top}"
    "blockquote{margin:.6em 0;padding-left:.8em;border-left:3px solid #999}"
    ".by{color:#444;font-size:.9em}"
)


def html(account: EventAccount, *, title: str, made: str, head: str) -> str:
    """The sheet. `title` names the event in plain words, `made` says when and by which program,
    `head` is the newest hash of the record's log."""
    row = account.row
    when = row.edtf or (f"by {row.time_to}" if row.time_to else "undated")
    parts = [
        "<!doctype html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>',
        f"<style>{_CSS}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(when)} · {escape(row.standing_words)} · {row.tellings} tellings on"
        f" {row.pages} pages · {escape(row.id)}</p>",
    ]
    parts += [f"<p>Given roughly: {escape(why)}.</p>" for why in row.care]
    parts += ["<h2>Field by field</h2>", _table(account), "<h2>What each page says</h2>"]
    parts += [_telling(t) for t in account.tellings]
    if account.judgements:
        parts.append("<h2>Judgements</h2><ul>")
        parts += [
            f"<li>{escape(j.act)} by {escape(j.who)} on {escape(j.at[:10])}:"
            f" {escape(j.why or 'no reason given')}</li>"
            for j in account.judgements
        ]
        parts.append("</ul>")
    parts.append(
        f'<p class="by">{escape(made)} Newest log hash of the record: {escape(head)}. What stands'
        " here is what was said, not what was found to be true.</p></body></html>"
    )
    return "\n".join(parts)


def _table(account: EventAccount) -> str:
    rows = [
        f"<tr><th>{escape(f.name) if n == 0 else ''}</th><td dir=auto>{escape(v.value)}</td>"
        f"<td dir=auto>“{escape(v.words)}”</td><td>{_by(v)}</td></tr>"
        for f in account.fields
        for n, v in enumerate(f.values)
    ]
    head = "<tr><th>field</th><th>value</th><th>words</th><th>reported by</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def _by(value: Value) -> str:
    said = f", said {value.said_on}" if value.said_on else ""
    return escape(f"{chain(value.said_by)}{said}, held {value.held_on}")


def _telling(telling: Telling) -> str:
    said = f"said {telling.said_on}" if telling.said_on else "on a day that the page does not say"
    notice = f" The outlet later published a {telling.notice}." if telling.notice else ""
    return (
        f"<blockquote dir=auto>“{escape(telling.words)}”</blockquote>"
        f'<p class="by">Reported by {escape(chain(telling.said_by))}, {escape(said)},'
        f" held {escape(telling.held_on)}"
        f" ({escape(telling.document)}.{escape(telling.annotation)}).{escape(notice)}</p>"
    )


def page(sheets: Sequence[str]) -> str:
    """Several sheets one after the other, each on a page of its own in print."""
    return '\n<div style="break-after:page"></div>\n'.join(sheets)
