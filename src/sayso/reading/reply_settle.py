"""Which of the acts that words speak for stand beside each other."""

from __future__ import annotations

from sayso.model.annotation import ReplyAct
from sayso.reading.reply_acts import Act, Answered, Move, by_words, contradicts
from sayso.reading.reply_defence import gives_source, holds_on, stems
from sayso.reading.reply_lexicon import form
from sayso.reading.reply_questions import asks, counters, is_question, only_asks, sentences_of

_MILD = {"spelling", "misquote"}
_LOOSE = {"addition", "addition-end", "affirm", "in-line"}
"""Signs of agreement that a rival figure outweighs."""
_MOST = 3
PLAINLY = 0.1
"""A dispute that is so much surer than a narrowing is no narrowing."""
Found = dict[ReplyAct, Act]


def acts_of(move: Move) -> list[Act]:
    """The acts of a comment towards the comment that it answers, the surest first; empty for
    none."""
    found = by_words(move)
    acts = (
        _taken_back(move, found)
        or _source_asked(move, found)
        or _answered(move, found)
        or _asked(move, found)
        or _argued(move, found)
    )
    if "maintains" not in {a.act for a in acts}:
        acts += _maintained(move, acts)
    return acts


def _taken_back(move: Move, found: Found) -> list[Act]:
    """Who takes a claim back agrees with the one who challenged it; the rest may stand."""
    if move.figures.taken_over and form("gives_in").match(move.text):
        found.setdefault("retracts", Act("retracts", 0.65, "takes-their-figure"))
    if "retracts" not in found:
        return []
    acts = [found["retracts"], Act("agrees", 0.6, "retracting-agrees")]
    end = found["retracts"].end
    rest = move.text[move.words.index(end) :] if end else move.text
    if "maintains" in found or form("rest_stands").search(rest):
        acts.append(found.get("maintains") or Act("maintains", 0.6, "rest-stands"))
    return acts


def _source_asked(move: Move, found: Found) -> list[Act]:
    if "asks_source" not in found:
        return []
    acts = [found["asks_source"]]
    if move.figures.rival or counters(move.text):
        acts.append(Act("disputes", 0.65, "asks-and-counters", number=move.figures.rival))
    return acts


def _answered(move: Move, found: Found) -> list[Act]:
    """What answers a question or a request for a source."""
    text, theirs, other = move.text, move.theirs, move.answered.words.text
    strong = _strength(found, "disputes") >= 0.85
    if "asks_source" in theirs:
        if "answers" in found:
            return [found["answers"]]
        plain = move.figures.echo is None and not move.figures.rival
        if move.direct and plain and gives_source(text):
            return [Act("answers", 0.65, "source-given")]
    if other.rstrip(" \"')").endswith("?") and _strength(found, "answers") >= 0.75:
        return [found["answers"]]
    first = next(iter(sentences_of(text)), "")
    if move.direct and first and only_asks(other) and not form("finite").search(first):
        return [found.get("answers") or Act("answers", 0.6, "question-answered")]
    challenges = bool(theirs & {"asks_source", "disputes", "maintains", "corrects"})
    if is_question(other) and (not challenges or asks(other)) and not strong:
        if "asks" in found and not move.figures.rival and _strength(found, "disputes") < 0.85:
            return [found["asks"]]
        return [found.get("answers") or Act("answers", 0.65, "question-answered")]
    return []


def _asked(move: Move, found: Found) -> list[Act]:
    """What asks something and states nothing."""
    text = move.text
    disputes = _strength(found, "disputes")
    wants = asks(text)
    if move.figures.rival:
        return []
    if "asks" in found and disputes < 0.85:
        return [found["asks"]]
    if move.figures.echo is not None and not wants:
        return []
    if "agrees" in found or disputes >= (0.8 if wants and only_asks(text) else 0.7):
        return []
    if wants:
        return [Act("asks", 0.6, "question")]
    if only_asks(text) and len(text.split()) > 2:
        return [Act("asks", 0.5, "bare-question")]
    return []


def _argued(move: Move, found: Found) -> list[Act]:
    """Agreement, dispute, correction, narrowing."""
    found.pop("asks", None)
    found.pop("answers", None)
    _by_figures(move, found)
    text = move.text
    if form("bare_denial").match(text) and form("negated").search(move.answered.words.text):
        found.pop("disputes", None)
        _put(found, Act("agrees", 0.6, "denies-as-well"))
    if not {"agrees", "disputes"} & set(found) and contradicts(text, move.answered.words.text):
        rival = move.figures.rival
        found["disputes"] = Act("disputes", 0.65, "denies-its-words", number=rival)
    _weigh(found)
    challenged = bool(move.theirs & {"disputes", "corrects", "asks_source"})
    conceding = {"agrees", "qualifies"} & set(found)
    if move.defends and challenged and not conceding and not form("idle").search(text):
        number = move.figures.disputed is not None
        found.setdefault("disputes", Act("disputes", 0.55, "defends-own", number=number))
    if "corrects" in found and found["corrects"].rule not in _MILD and "agrees" not in found:
        rival = move.figures.rival
        found.setdefault("disputes", Act("disputes", 0.5, "corrects-disputes", number=rival))
    if not found:
        return _fallback(text, move.answered)
    return sorted(found.values(), key=lambda a: -a.confidence)[:_MOST]


def _by_figures(move: Move, found: Found) -> None:
    """Adds what a comment does by its figures alone."""
    figures = move.figures
    if figures.rival and "agrees" in found and found["agrees"].rule in _LOOSE:
        del found["agrees"]
    if figures.echo is not None and "agrees" not in found:
        if figures.narrows:
            _put(found, Act("qualifies", 0.65, "narrows-number", number=True))
        if not figures.narrows or not figures.rival:
            _put(found, Act("disputes", 0.6, "echoes-number", number=True))
        if figures.replaced:
            _put(found, Act("corrects", 0.55, "replaces-number", number=True))
    if figures.kept and "agrees" not in found:
        _put(found, Act("disputes", 0.65, "keeps-own-figure", number=True))
    elif figures.rival and not {"corrects", "agrees"} & set(found):
        _put(found, Act("corrects", 0.6, "rival-number", number=True))


def _put(found: Found, act: Act) -> None:
    if act.confidence > _strength(found, act.act):
        found[act.act] = act


def _maintained(move: Move, acts: list[Act]) -> list[Act]:
    challenges = {"disputes", "corrects", "qualifies", "asks_source", "maintains"}
    if move.before is None or not move.theirs & challenges:
        return []
    made = {a.act for a in acts}
    held = holds_on(move.words, move.before, move.answered.words, move.figures, made)
    if held is None or not made:
        return []
    rule, strength = held
    return [Act("maintains", strength, rule, number=move.figures.kept)]


def _strength(found: Found, act: ReplyAct) -> float:
    return found[act].confidence if act in found else 0.0


def _weigh(found: Found) -> None:
    """Takes out what a stronger act beside it rules out."""
    if "agrees" in found and "disputes" in found:
        if found["agrees"].confidence >= found["disputes"].confidence:
            del found["disputes"]
        else:
            del found["agrees"]
    if _strength(found, "disputes") - _strength(found, "qualifies") >= PLAINLY:
        found.pop("qualifies", None)


def _fallback(text: str, answered: Answered) -> list[Act]:
    """Without any word that shows it: who answers a statement disputes it about every second time,
    the more so with a negation or a contrast. What stands under an opening comment and takes
    nothing of it up speaks to the page, not to the comment."""
    if len(text.split()) < 4 or form("idle").search(text):
        return []
    if form("negated").search(text[:200]) or form("contrast").search(text[:200]):
        return [Act("disputes", 0.45, "contrast")]
    if (
        answered.opens
        and not form("taken_up").match(text)
        and not stems(text) & stems(answered.words.text)
    ):
        return []
    return [Act("disputes", 0.3, "unmarked")]
