"""What a speech verb needs of its content: "said it must", "said it will not", "claimed that
another had". Also what negates a verb.
"""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_frames import Frame, verb_frame
from sayso.reading.event_lexicon import Rule, classes
from sayso.reading.event_subjects import surface_subjects
from sayso.reading.event_terms import terms

_MUST = frozenset(["must", "should", "shall", "ought"])
_TO_SEE = terms("to_see")
_WILL = frozenset(["will", "would", "shall", "'ll", "wo"])
_CONSENT = terms("consent")
_AND_MORE = frozenset(["only", "just", "merely", "simply"])
"""After "not" these say that there is more: "not only were two killed, but …"."""
_NOT_WILL = frozenset(["will", "would", "can", "could", "shall", "'ll", "wo", "may", "might"])


def _has_modal(sentence: Sentence, verb: Token, words: frozenset[str]) -> bool:
    return any(
        c.dep == "aux" and (c.lemma in words or c.lower in words) for c in sentence.children(verb)
    )


def negated(sentence: Sentence, token: Token) -> Token | None:
    """The word that negates a verb directly, or None."""
    for child in sentence.children(token):
        if child.dep == "neg" or child.lower in ("never", "n't", "not", "neither"):
            after = sentence.tokens[child.i + 1 : child.i + 3]
            if child.lower == "no" and [t.lower for t in after][1:] == ["than"]:
                continue  # "no fewer than nine": a bound
            if not after or after[0].lower not in _AND_MORE:
                return child
    if token.dep == "conj":  # "neither claimed it nor denied it"
        for child in sentence.children(sentence.head(token), "cc"):
            if child.lower == "nor" and child.i < token.i:
                return child
    return None


def _same_subject(sentence: Sentence, verb: Token, clause: Token) -> bool:
    """True if a speech verb's subject is also its content's ("he said he would", "X will Y")."""
    inner = sentence.children(clause, "nsubj", "nsubjpass")
    outer = surface_subjects(sentence, verb)
    if not inner:
        return True
    if not outer:
        return False
    word = inner[0].lower
    if outer[0].ent == "PERSON" and word in ("it", "they"):
        return False
    return word in ("it", "he", "she", "they", "we", "i") or word == outer[0].lower


def _a_deed(sentence: Sentence, clause: Token) -> bool:
    """True if what somebody says they will do is theirs to do: no state, nothing undergone."""
    if sentence.children(clause, "auxpass"):
        return False
    if clause.lemma == "be":
        return any(
            t.lower in classes()["willing"].words for t in sentence.children(clause, "acomp")
        )
    return clause.lemma not in classes()["no_deed"].words


def _names_a_doer(sentence: Sentence, clause: Token) -> bool:
    """False for "claimed that he was killed": by whom is not said."""
    passive = bool(sentence.children(clause, "nsubjpass"))
    return not passive or bool(sentence.children(clause, "agent"))


def _finite(frame: Frame) -> list[Token]:
    """The finite clauses that a verb takes."""
    return [clause for kind, clause in frame.complements if kind == "that"]


def _wh_clause(sentence: Sentence, clause: Token) -> bool:
    """ "Who had killed him", "whether it was so", "why they left"."""
    first = sentence.subtree(clause)[0]
    return first.tag in ("WP", "WRB", "WDT", "WP$") or first.lower in ("whether", "if")


def speech_holds(rule: Rule, frame: Frame, sentence: Sentence) -> bool:
    """Checks the rules for "said it must / will not": the content has to show the modal."""
    if rule.act == "denies_responsibility" and not frame.objects:
        return all(
            _same_subject(sentence, frame.head, clause)
            or any(
                k.tag == "PRP$"
                for t in sentence.children(clause, "nsubj")
                for k in sentence.children(t, "poss")
            )
            for _, clause in frame.complements
        )
    if rule.type == "ACCUSE" and frame.head.lemma in ("claim", "charge", "allege"):
        # "claimed that it had attacked" boasts; "claimed that X had attacked" accuses.
        finite = _finite(frame)
        return not finite or any(
            not _same_subject(sentence, frame.head, c)
            and (frame.head.lemma != "claim" or _names_a_doer(sentence, c))
            for c in finite
        )
    if rule.name == "accuse.blamed" and frame.head.dep == "ccomp":
        # "said that it was behind the attack" accuses nobody else
        above = sentence.head(frame.head)
        return not _same_subject(sentence, above, frame.head) or above.lemma == "be"
    asked = rule.type == "REQUEST" and frame.head.lemma == "ask"
    if asked and any(_wh_clause(sentence, clause) for clause in _finite(frame)):
        return False  # "asked who had done it" is a question, and no request
    if not (rule.must or rule.wont or rule.will):
        return True
    for kind, clause in frame.complements:
        if rule.must and kind == "that":
            demanded = [
                clause,
                *(c for k, c in verb_frame(sentence, clause).complements if k == "inf"),
            ]
            if any(c.lemma in _TO_SEE for c in demanded):
                continue
            if any(t.lemma == "have" for t in sentence.children(clause, "aux")):
                continue  # "must have taken them": so it seems
            if (
                _has_modal(sentence, clause, _MUST)
                and not negated(sentence, clause)
                and not _same_subject(sentence, frame.head, clause)
            ):
                return True
            if any(c.lower == "yet" for c in sentence.children(clause)):
                continue  # "have yet to see"
            if (
                clause.lemma in ("have", "need")
                and not negated(sentence, clause)  # "has not had to resort to force"
                and not sentence.children(clause, "dobj")  # "have a right to …"
                and any(k == "inf" for k, _ in verb_frame(sentence, clause).complements)
            ):
                return not _same_subject(sentence, frame.head, clause)
        if rule.will and kind == "will" and not negated(sentence, clause):
            return _same_subject(sentence, frame.head, clause) and _a_deed(sentence, clause)
        if rule.wont and negated(sentence, clause):
            if kind == "inf":
                return True
            modals = _NOT_WILL if clause.lemma in _CONSENT else _WILL
            if _has_modal(sentence, clause, modals) and _same_subject(sentence, frame.head, clause):
                return True
    return False


def enquires(frame: Frame) -> bool:
    """ "Asked who had fired": what follows is a question."""
    sentence = frame.sentence
    clauses = sentence.children(frame.head, "ccomp", "advcl")
    return any(_wh_clause(sentence, clause) for clause in clauses)


def states(frame: Frame) -> bool:
    """ "Agreed that he had been drunk": what follows is so, or was; nothing is promised."""
    clauses = frame.sentence.children(frame.head, "ccomp")
    return bool(clauses) and all(_is_fact(frame.sentence, c) for c in clauses)


def _is_fact(sentence: Sentence, clause: Token) -> bool:
    helpers = sentence.children(clause, "aux", "auxpass")
    if any(t.tag == "MD" or t.lower == "be" for t in helpers):
        return False
    return any(
        t.tag in ("VBD", "VBZ") or (t.tag == "VBP" and t.lemma in ("be", "have", "do"))
        for t in (clause, *helpers)
    )
