"""Annotations in plain words, the same in the terminal and in the browser."""

from __future__ import annotations

import re

from sayso.model.annotation import Arg, Count, Event, SaidBy, Source
from sayso.model.rows import EventRow

TYPES = {
    "AGREE": "agreement",
    "CONSULT": "talks",
    "SUPPORT": "support in words",
    "CONCEDE": "concession in words",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "retreat",
    "REQUEST": "demand",
    "ACCUSE": "accusation",
    "REJECT": "refusal",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "cut ties",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "assault",
}
UNKNOWN_PUBLISHER = "publisher not named"


def kind_of(event: Event | EventRow) -> str:
    """ "RETREAT / withdraw", "ASSAULT", or "act: symbolic"."""
    if event.event_type:
        return f"{event.event_type} / {event.mode}" if event.mode else event.event_type
    return f"act: {event.act}" if event.act else "event"


def args(found: tuple[Arg, ...]) -> str:
    """The words of the arguments, joined by commas; "" for none."""
    return ", ".join(" ".join(a.exact.split()) for a in found)


_HELPERS = re.compile(
    r"(?:\b(?:(?:will|would|shall|may|might|could|can|must|should|ha[sdv]e?|is|are|was|were|do|does"
    r"|did|wo|ca|sha)(?:n['’]t)?|cannot|been?|being|not|never|later|then|also|since|again|already)"
    r"[ \n]+|['’](?:ll|d|ve|s)[ \n]+){1,6}\Z",
    re.IGNORECASE,
)
"""What belongs to a verb and stands before it."""
_BE = re.compile(r"\b(?:is|are|was|were|been?|being)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
_ASIDE = re.compile(r"^(?:(?:later|then|also|since|again|already) )+\Z")
"""Adverbs alone are no auxiliary."""
_CROWD = r"protests?|rally|rallies|demonstrations?|talks"
_CROWDS = re.compile(_CROWD, re.IGNORECASE)
"""What is held for or against somebody."""
_BY_ITSELF = re.compile(
    r"explode[sd]?|exploding|(?:go|goes|went|going|gone)\s+off|(?:broke|breaks?|breaking)\s+out"
    r"|erupt(?:s|ed|ing)?|clash(?:es)?|fighting|battles?|violence|explosions?|blasts?|riots?|unrest"
    rf"|{_CROWD}",
    re.IGNORECASE,
)
"""Triggers of which what is hit is no object, and for which somebody need not be there."""
_WHOSE = {"his": "he", "her": "she", "its": "it", "their": "they", "our": "we", "my": "I"}
""" "Their shelling wounded two": they did."""
_NEAR = 60
"""Letters before a trigger within which what stands there is taken to be what it happened to."""


def told(event: Event, text: str, marks: str = "[]") -> str:
    """An event in one line; `text` is the document's."""
    words = args(event.actor), args(event.recipient)
    places = args(event.origin), args(event.destination), args(event.place)
    before = text[max(0, event.start - _NEAR) : event.start]
    means = tuple([w.exact for w in event.weapon])
    return line(*words, event.exact, before, places, marks, means)


def told_row(row: EventRow, marks: str = "“”") -> str:
    """An event of the record in one line, by the names of who and what takes part in it."""

    def named(role: str) -> str:
        found = (n.name for n in (*row.actors, *row.places) if n.role == role)
        return ", ".join(dict.fromkeys(found))

    found = re.search(rf"\b{re.escape(row.trigger)}", row.words)
    at = found.start() if found else 0
    before = row.words[max(0, at - _NEAR) : at]
    places = named("origin"), named("destination"), named("place")
    who, whom = named("actor"), named("recipient")
    return line(who, whom, row.trigger, before, places, marks, row.weapons)


def line(
    who: str,
    whom: str,
    trigger: str,
    before: str,
    places: tuple[str, str, str],
    marks: str,
    means: tuple[str, ...] = (),
) -> str:
    """ "Gunmen [had stopped] buses in Marka", "trucks [were burned]", "somebody [raid] a farm":
    who, the trigger with its auxiliaries between `marks`, whom, from where, to where, in where.
    What something happened to comes first where nobody is named who did it and the text (`before`
    the trigger) says it so, or else by what `means` ("a drone strike [killed] two"); "[was signed]"
    where neither is, "[exploded]: two people"."""
    who = _WHOSE.get(who.lower(), who)
    whom = "" if re.search(rf"\b{re.escape(whom)}\b", trigger) else whom  # "[left him dead]"
    helpers = _HELPERS.search(before)
    help_ = " ".join(helpers.group().split()) if helpers else ""
    help_ = "" if _ASIDE.match(f"{help_} ") else help_
    suffered = bool(_BE.search(help_)) and not trigger.endswith("ing")
    head = before[: helpers.start() if helpers else len(before)].rstrip()
    first = not who and bool(whom) and (suffered or head.endswith(whom.rsplit(", ", 1)[-1]))
    if suffered and who:
        # "Was not shelled by the army": "the army [not shelled] the town".
        help_ = "not" if _NOT.search(help_) else ""
    done = " ".join([*([help_] if help_ else []), *trigger.split()])
    where = _where(trigger, places)
    happened = not who and (_BY_ITSELF.fullmatch(trigger) or (suffered and not whom))
    subject = "" if suffered else next((m for m in means if _ends_in(head, m)), "")
    by = whom if first else who or ("" if happened else subject or "somebody")
    parts = [by, f"{marks[0]}{done}{marks[-1]}"]
    if happened and whom and not first and not _CROWDS.fullmatch(trigger):
        parts[-1] += ":"  # "[exploded]: two people"
    return " ".join(p for p in (*parts, "" if first else whom, *where) if p)


def _where(trigger: str, places: tuple[str, str, str]) -> list[str]:
    """ "From Oma to Sund", each place once; "entered Oma", "left Oma" take no word before it."""
    words = ["from", "to", "in"]
    for n, bare in ((0, _LEAVES), (1, _ENTERS)):
        words[n] = "" if bare.fullmatch(trigger) else words[n]
    told = dict.fromkeys(p for p in places if p)
    return [f"{words[places.index(p)]} {p}".strip() for p in told]


_LEAVES = re.compile(r"left|leav(?:e|es|ing)|quit(?:s|ting)?|abandon(?:s|ed|ing)?", re.IGNORECASE)
_ENTERS = re.compile(r"enter(?:s|ed|ing)?|reach(?:es|ed|ing)?", re.IGNORECASE)


def _ends_in(head: str, means: str) -> bool:
    """True if a text ends in the words of a means, and nobody does it "with" or "by" them."""
    found = re.search(rf"(?<![\w-]){re.escape(means)}\Z", head)
    before = head[: found.start()].split() if found else []
    return found is not None and not _BY_MEANS.intersection(w.lower() for w in before[-2:])


_BY_MEANS = frozenset(["with", "by", "in", "no"])


def number(low: float | None, high: float | None, low_exclusive: bool = False) -> str:
    """ "more than 400", "24 or more", "12 to 40", "19", "up to 5", "a number not given"."""

    def plain(value: float) -> str:
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"

    if low is None and high is None:
        return "a number not given"
    if low is None:
        assert high is not None
        return f"up to {plain(high)}"
    if high is None:
        return f"more than {plain(low)}" if low_exclusive else f"{plain(low)} or more"
    return plain(low) if low == high else f"{plain(low)} to {plain(high)}"


def count(found: Count) -> str:
    """ "killed: 19 fighter (combatant)" in the order role, number, unit, whose."""
    about = "about " if found.approximate else ""
    text = f"{found.role}: {about}{number(found.low, found.high, found.low_exclusive)}"
    if found.unit:
        text += f" {found.unit}"
    if found.civilian != "unknown":
        text += f" ({found.civilian})"
    return text


def reality(event: Event) -> str:
    """ "expected, probable", "said not to have occurred": status, polarity, certainty."""
    text = whether(event)
    if event.certainty in ("probable", "possible"):
        text += f", {event.certainty}"
    return text


def whether(event: Event | EventRow) -> str:
    """ "occurred", "planned", "said not to have occurred": status and polarity."""
    if event.polarity != "negative":
        return event.status
    return (
        f"said not to have {event.status}" if event.status == "occurred" else f"not {event.status}"
    )


def aside(event: Event | EventRow) -> str:
    """ " (planned)", " (said not to have occurred)"; nothing for what is said to have occurred."""
    told = whether(event)
    return "" if told == "occurred" else f" ({told})"


def likelihood(probability: tuple[float, float] | None, said: str | None) -> str:
    """ "“no chance” (0-5 %)", "“I think”" where no survey says what the words mean, "unhedged"
    for a bald "will"."""
    if said is None:
        return "unhedged"
    if probability is None:
        return f"“{said}”"
    low, high = (round(100 * p) for p in probability)
    return f"“{said}” ({low} %)" if low == high else f"“{said}” ({low}-{high} %)"


def due(interval: str | None) -> str:
    """ "2024-03-15", "2024-03-15 to about 2024-05-31", "by 2024-05-31", "from 2024-03-15", "01-09
    to 01-11, year not said": an EDTF interval for people; "no date given" for none."""
    if not interval or not interval.strip("./"):
        return "no date given"
    first, slash, last = interval.partition("/")
    open_ends = ("", "..")
    if not slash or first == last:
        told = _day(first)
    elif first in open_ends:
        told = f"by {_day(last)}"
    elif last in open_ends:
        told = f"from {_day(first)}"
    else:
        told = f"{_day(first)} to {_day(last)}"
    return f"{told}, year not said" if _NO_YEAR in interval else told


_NO_YEAR = "XXXX-"
_DOUBT = {"~": "about", "?": "perhaps", "%": "perhaps about"}


def _day(day: str) -> str:
    """A day of EDTF with its mark of doubt in words."""
    plain = day.rstrip("".join(_DOUBT)).replace(_NO_YEAR, "")
    doubt = _DOUBT.get(day[-1:])
    return f"{doubt} {plain}" if doubt else plain


def source(link: Source) -> str:
    """The name of one link of a chain."""
    if link.who:
        return " ".join(link.who.split())
    if link.exact:
        return " ".join(link.exact.split())
    return UNKNOWN_PUBLISHER if link.tier == "publisher" else f"an unnamed {link.tier}"


def chain(said_by: SaidBy) -> str:
    """ "this page < the Syrian Observatory for Human Rights (monitor)": outermost first."""
    if not said_by:
        return UNKNOWN_PUBLISHER
    return " < ".join(
        source(link) if link.tier == "publisher" else f"{source(link)} ({link.tier})"
        for link in said_by
    )


def sentence_around(text: str, start: int, end: int, reach: int = 400) -> tuple[int, int]:
    """The sentence, or failing that the stretch of at most `reach` characters each side, that
    holds [start, end)."""
    low, high = max(0, start - reach), min(len(text), end + reach)
    left = max(text.rfind("\n", low, start), text.rfind(". ", low, start) + 1)
    left = left + 1 if left >= low and left > 0 else low
    rights = [
        i + (1 if c == ". " else 0) for c in ("\n", ". ") if (i := text.find(c, end, high)) >= 0
    ]
    right = min(rights) if rights else high
    while left < start and text[left].isspace():
        left += 1
    return left, max(right, end)
