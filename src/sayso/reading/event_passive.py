"""Which verbs are passive, however the parser took them."""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_arguments import (
    RELATIVE,
    counted_object,
    days_after,
    joined_after,
    shared_object,
)
from sayso.reading.event_terms import terms

_BRINGS_ABOUT = frozenset(["order", "have", "get", "want", "see"])
_NEEDS_OBJECT = terms("needs_object")
_STATES = terms("states_of_mind")
SAYS_WHAT_IT_IS = terms("says_what_it_is")


def is_passive(sentence: Sentence, verb: Token) -> bool:
    """True for "was taken", "taken by", and verbs joined to such."""
    kids = sentence.children(verb)
    if any(k.dep in ("auxpass", "nsubjpass") for k in kids):
        return verb.lemma not in _STATES or any(k.dep == "agent" for k in kids)
    if verb.tag not in ("VBN", "VBD") or joined_after(sentence, verb) is not None:
        return False
    if undergone(sentence, verb) or garden_path(sentence, verb):
        return True
    if _gapped(sentence, verb) or _without_object(sentence, verb) or _made_captive(sentence, verb):
        return True
    if any(k.dep == "nsubj" and k.lower not in RELATIVE for k in kids):
        return False
    if verb.tag == "VBN" and any(k.dep == "agent" for k in kids):
        return True
    if verb.dep == "acomp" and verb.tag == "VBN" and verb.lemma not in _STATES:
        return sentence.head(verb).lemma in ("be", "remain", "stay", "get")  # "has been slain"
    if verb.dep == "acl":
        return not any(k.dep == "dobj" for k in kids) and not _calls_for(sentence, verb)
    if any(k.dep == "aux" and k.lemma in ("have", "do") for k in kids):
        return False
    if verb.dep == "conj" and verb.tag == "VBN" and not any(k.dep == "dobj" for k in kids):
        head = sentence.head(verb)
        if verb.lemma in _NEEDS_OBJECT and not any(k.dep in ("nsubj", "aux") for k in kids):
            return not _shared_before(sentence, verb)
        if head.dep == "acl":
            return is_passive(sentence, head)  # "people killed and injured"
        return head.pos in ("VERB", "AUX") and is_passive_shallow(sentence, head)
    if verb.dep == "advcl" and verb.tag == "VBN":
        return not any(k.dep in ("dobj", "nsubj") for k in kids)
    return False


def _made_captive(sentence: Sentence, verb: Token) -> bool:
    """ "Workers taken hostage by the Front": what they were made is no object."""
    things = sentence.children(verb, "dobj")
    if len(things) != 1 or things[0].lower not in ("hostage", "prisoner", "captive"):
        return False
    return verb.lower == "taken" and not sentence.children(verb, "aux")


def _shared_before(sentence: Sentence, verb: Token) -> bool:
    """ "has shot and killed the guard": an object that the verb before it has."""
    head = sentence.head(verb)
    return bool(sentence.children(head, "dobj")) and head.pos == "VERB"


def _calls_for(sentence: Sentence, verb: Token) -> bool:
    """ "The paper called on all to vote": no "paper that is called so"."""
    if verb.lemma != "call":
        return False
    return any(p.lower in ("on", "for", "upon") for p in sentence.children(verb, "prep"))


def _gapped(sentence: Sentence, verb: Token) -> bool:
    """ "Two were killed and nine wounded": the second is as passive as the first."""
    if verb.dep != "conj" or sentence.children(verb, "dobj", "aux", "prt"):
        return False
    counted = any(
        t.pos == "NUM" or sentence.children(t, "nummod") for t in sentence.children(verb, "nsubj")
    )
    return counted and any(
        k.dep in ("auxpass", "nsubjpass") for k in sentence.children(sentence.head(verb))
    )


def _without_object(sentence: Sentence, verb: Token) -> bool:
    """ "Three arrested in a raid on the port": a verb that needs an object and has none."""
    dead = verb.lemma == "shoot" and any(k.lower == "dead" for k in sentence.children(verb))
    called = dead or (verb.lemma in SAYS_WHAT_IT_IS and bool(sentence.children(verb, "oprd")))
    if not called and (verb.lemma not in _NEEDS_OBJECT or verb.dep in ("acl", "relcl", "amod")):
        return False
    kids = sentence.children(verb, "dobj", "aux", "ccomp", "xcomp", "prt", "dative")
    if any(not days_after(sentence, k) for k in kids):
        return False
    if counted_object(sentence, verb) or shared_object(sentence, verb):
        return False
    return bool(sentence.children(verb, "nsubj"))


def garden_path(sentence: Sentence, verb: Token) -> bool:
    """ "The men held at the port were freed": the parser takes "held" for the main verb and joins
    "were freed" to it, without an "and"."""
    if verb.tag not in ("VBN", "VBD") or sentence.children(verb, "dobj", "cc", "aux", "punct"):
        return False
    return any(
        k.pos == "VERB" and k.i > verb.i and sentence.children(k, "auxpass")
        and not sentence.children(k, "nsubj", "nsubjpass")
        for k in sentence.children(verb, "conj")
    )  # fmt: skip


def undergone(sentence: Sentence, verb: Token) -> bool:
    """ "ordered the men jailed", "had the editor arrested": a participle whose subject is done
    to, under a verb that brings about."""
    if verb.tag != "VBN" or verb.dep not in ("ccomp", "xcomp", "oprd"):
        return False
    kids = sentence.children(verb)
    return (
        sentence.head(verb).lemma in _BRINGS_ABOUT
        and any(k.dep == "nsubj" for k in kids)
        and not any(k.dep in ("aux", "dobj", "mark") for k in kids)
    )


def is_passive_shallow(sentence: Sentence, verb: Token) -> bool:
    """True if the verb itself shows the passive."""
    return any(k.dep in ("auxpass", "nsubjpass", "agent") for k in sentence.children(verb))
