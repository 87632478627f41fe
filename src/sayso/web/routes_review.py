"""Review: one event at a time, a key for each answer; every answer is a row that can be undone.

Answers come as plain forms, so this works without JavaScript.
"""

from __future__ import annotations

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from sayso.model import codec
from sayso.record import review
from sayso.record.record import Record
from sayso.service import ask, judge, words
from sayso.web import forms, present
from sayso.web.highlight import runs
from sayso.web.site import Site

ANSWERS = {
    "accept": ("accept", None),
    "reject": ("reject", None),
    "unsure": ("note", "unsure"),
    "confirm": ("confirm", None),
}


def router(site: Site) -> APIRouter:
    """The routes of this module over one site."""
    api = APIRouter(include_in_schema=False)

    @api.get("/review", response_class=HTMLResponse)
    def page(request: Request) -> HTMLResponse:
        if not site.names:
            raise HTTPException(403, "the review shows everything: it is for loopback only")
        who = forms.person(request)
        key = forms.key_of(request)
        values: dict[str, object] = {"who": who, "key": key, "row": None}
        with site.open() as record:
            done, total = review.progress(record.database, who)
            waiting = review.waiting(record.database, who) if who else None
            last = review.last(record.database, who) if who else None
            if waiting is not None:
                account = ask.event(record, waiting)
                reading = ask.reading(record, account.row.document)
                row = account.row
                mine = next(a for a in reading.annotations if a.id == row.annotation)
                low, high = words.sentence_around(reading.document.text, mine.start, mine.end)
                found = [m for m in present.shown_marks(reading) if m.annotation == row.annotation]
                values |= {
                    "row": row,
                    "account": account,
                    "title_line": words.told_row(row),
                    "sentence": runs(reading.document.text, low, high, found),
                }
        shown = site.render(
            request, "review.html", title="Review", done=done, total=total, last=last, **values
        )
        return forms.with_key(shown, key)

    @api.get("/review.json")
    def as_json(request: Request) -> Response:
        if not site.names:
            raise HTTPException(403, "the review shows everything: it is for loopback only")
        who = forms.person(request)
        with site.open() as record:
            done, total = review.progress(record.database, who)
            waiting = review.waiting(record.database, who) if who else None
            account = ask.event(record, waiting) if waiting is not None else None
        body = {"who": who, "done": done, "total": total,
                "waiting": codec.encode(account) if account is not None else None}  # fmt: skip
        return JSONResponse(body)

    @api.post("/review/who")
    def name(
        request: Request, key: str = Form(max_length=100), who: str = Form(max_length=80)
    ) -> Response:
        forms.check(request, key)
        answer = RedirectResponse("/review", 303)
        answer.set_cookie(forms.WHO, who.strip(), httponly=True, samesite="strict")
        return answer

    @api.post("/review")
    def decide(
        request: Request,
        key: str = Form(max_length=100),
        subject: str = Form(max_length=100),
        answer: str = Form(max_length=20),
        why: str = Form("", max_length=2000),
    ) -> Response:
        forms.check(request, key)
        who = forms.person(request)
        if not who:
            raise HTTPException(400, "say who you are first")
        with Record(site.record, who=who) as record:
            if answer == "undo":
                judge.undo(record, subject, why=why or "undone in review", who=who)
            elif answer in ANSWERS:
                act, verdict = ANSWERS[answer]
                judge.judge(record, act, subject, verdict=verdict, why=why or None, who=who)
            else:
                raise HTTPException(400, f"there is no answer {answer!r}")
        return RedirectResponse("/review", 303)

    return api
