"""What a cue that is not enough by itself must have beside it."""

from __future__ import annotations

from functools import cache

from sayso.knowledge.tables import load_yaml
from sayso.language.syntax import Sentence, Token
from sayso.reading.forecast_clauses import Clause
from sayso.reading.forecast_cues import Cue
from sayso.reading.forecast_lexicon import form, words
from sayso.reading.forecast_plain import Plain
from sayso.reading.forecast_words import has_due, has_strong_due

_PRESENT = {"VBZ", "VBP"}


@cache
def verbs(name: str) -> frozenset[str]:
    """A list of verbs (lemmas) from `verbs.yaml`."""
    return frozenset(load_yaml("lang", "en", "forecasts", "verbs.yaml")[name])


def enough(sentence: Plain, tree: Sentence, clause: Clause, cue: Cue) -> bool:
    """True if the cue's further need is met."""
    needs = cue.rule.needs
    if cue.rule.id == "going-to":
        return _going(tree, clause, cue)
    if cue.rule.kind == "clause" and _past(tree, clause):
        return False
    if needs is None:
        return True
    due = has_strong_due(sentence, clause.start, clause.end)
    if needs == "progressive":
        anchor = tree.at(cue.at)
        never = "never" in sentence.text[sentence.index(cue.start) : sentence.index(cue.end)]
        soon = bool(form("later").search(sentence.text[sentence.index(cue.end) :]))
        return anchor is not None and anchor.tag == "VBG" and (due or never or soon)
    if needs == "event":
        at_stake = bool(form("at_stake").search(sentence.text))
        return _eventive(tree, clause, cue, due, at_stake)
    if needs in {"future", "due"}:
        return due and not _past(tree, clause)
    if needs in {"future-or-gerund", "future-or-bare"}:
        return not _past(tree, clause)
    if needs == "present-or-due":
        return not _past(tree, clause) and (
            due or (clause.verb.tag == "VBZ" and clause.verb.pos == "VERB")
        )
    if needs == "doom":
        return not _past(tree, clause) and not _light_subject(clause, cue, tree)
    if needs == "when":
        return not _past(tree, clause) and has_due(sentence, clause.start, clause.end)
    if needs == "reported":
        return _reported(sentence, tree, clause, due)
    if needs == "present":
        return _present(tree, clause, cue, due)
    return False


def _going(tree: Sentence, clause: Clause, cue: Cue) -> bool:
    anchor = tree.at(cue.at)
    if anchor is None:
        return False
    if anchor.lower not in {"going", "goin"}:
        return True
    following = tree.tokens[anchor.i + 1 : anchor.i + 5]
    if not any(t.tag == "VB" for t in following):
        return False
    helpers = tree.children(anchor, "aux", "auxpass")
    before = [t.lower for t in tree.tokens[max(0, anchor.i - 5) : anchor.i]]
    return bool(helpers) or any(
        w in {"is", "are", "am", "be", "'s", "’s", "'re", "’re", "'m", "’m", "its", "theyre", "s",
              "isnt", "arent", "ain't", "ai", "re", "m"}
        for w in before
    )  # fmt: skip


def _past(tree: Sentence, clause: Clause) -> bool:
    if clause.verb.tag == "VBD":
        return True
    return any(t.tag == "VBD" for t in tree.children(clause.verb, "aux", "auxpass"))


def _eventive(tree: Sentence, clause: Clause, cue: Cue, due: bool, at_stake: bool) -> bool:
    anchor = tree.at(cue.at)
    modal = anchor.lower if anchor else ""
    if anchor is not None and anchor.tag != "MD":
        return False
    lemma = clause.main.lemma
    if modal in {"may", "might"}:
        return due or lemma not in verbs("stative") or lemma == "be"
    if modal == "could":
        if at_stake and (lemma != "be" or tree.children(clause.main, "auxpass")):
            return lemma not in verbs("stative")
        return due or lemma in verbs("outcome")
    return True


def _reported(sentence: Plain, tree: Sentence, clause: Clause, due: bool) -> bool:
    """ "Analysts said prices would fall": what somebody foretold of others, told in the past tense.
    What a side says that it would do itself is a promise, what was foretold long ago is history."""
    teller = _teller(tree, clause.verb)
    if teller is None or form("long_past").search(sentence.text):
        return False
    if any(t.tag == "VBD" for t in tree.children(teller, "aux")):  # "had said"
        return False
    lemma = clause.main.lemma
    if lemma == "be":
        return (due and clause.main.pos == "AUX") or bool(tree.children(clause.main, "expl"))
    if lemma in verbs("stative"):
        return False
    return lemma not in verbs("promised") or (due and not _own(tree, clause))


def _own(tree: Sentence, clause: Clause) -> bool:
    """Done by nobody named ("tankers would be sent") or by the speaker's own ("his men")."""
    unnamed = not clause.subject or clause.subject[0].lower in words("own_subjects")
    return unnamed or bool(tree.children(clause.main, "auxpass"))


def _teller(tree: Sentence, verb: Token) -> Token | None:
    """The verb of saying, in the past, whose content a verb belongs to."""
    while verb.dep == "conj" and verb.head != verb.i:
        verb = tree.head(verb)
    head = tree.head(verb)
    past = head.tag == "VBD" or (head.tag == "VBN" and bool(tree.children(head, "aux")))
    told = verb.dep == "ccomp" and past and head.lemma in verbs("foretelling")
    return head if told else None


def _light_subject(clause: Clause, cue: Cue, tree: Sentence) -> bool:
    """ "It is next", "this is over": too little to be a forecast of anything."""
    anchor = tree.at(cue.at)
    word = anchor.lower if anchor else ""
    if word in {"coming", "next", "finished", "history", "on", "just"}:
        first = clause.subject[0].lower if clause.subject else ""
        return first in {"it", "this", "that", "what", "which", "there", "i", "here", ""}
    return False


def _present(tree: Sentence, clause: Clause, cue: Cue, due: bool) -> bool:
    verb: Token = clause.verb
    if _past(tree, clause) or verb.tag not in _PRESENT:
        return False
    if any(t.tag in {"MD", "VBD"} for t in tree.children(verb, "aux", "auxpass")):
        return False
    if any(t.tag == "VBN" for t in (verb,)):
        return False
    first = clause.subject[0].lower if clause.subject else ""
    if first in {"", "i", "we", "you", "what", "who", "which", "that", "it"}:
        return False
    if cue.rule.id == "sooner-or-later":
        return verb.lemma not in verbs("mental")
    if verb.lemma == "be" and verb.pos == "AUX":
        return False  # "the exam is next week" is a calendar; "over by May" has a cue of its own
    no_news = verbs("timetable") | verbs("mental") | verbs("stative")
    return due and verb.lemma not in no_news
