"""What a noun stands for in a role: whose deed or paper it is, and what only looks like a party."""

from __future__ import annotations

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_arguments import preps_of
from sayso.reading.event_passive import is_passive
from sayso.reading.event_triggers import Match
from sayso.reading.event_weapons import is_means


def issuers(sentence: Sentence, paper: Token) -> list[Token]:
    """ "A statement of the ministry condemned …": the ministry; [] where nobody is named."""
    owners = sentence.children(paper, "poss")
    for name in ("by", "of", "from"):
        owners = owners or preps_of(sentence, paper).get(name, [])
    named = [t for t in sentence.children(paper, "compound", "amod") if t.ent in ("ORG", "NORP")]
    return owners or named


def power_of(sentence: Sentence, noun: Token) -> Token:
    """ "The force of the blast": the blast."""
    if noun.lemma not in ("force", "power", "impact", "shock", "wave", "fragment", "shrapnel"):
        return noun
    inner = preps_of(sentence, noun).get("of", [])
    return next((t for t in inner if is_means(sentence, t)), noun)


def on_what(sentence: Sentence, verb: Token, noun: Token) -> bool:
    """ "Based on this view, …": what words before the verb rest on is not whom they are for."""
    prep = sentence.head(noun)
    return noun.i < verb.i and prep.dep == "prep" and sentence.head(prep).tag == "VBN"


def parties_between(sentence: Sentence, token: Token) -> list[Token]:
    """ "the summit between X and Y failed": X and Y; else the subject itself."""
    if token.pos != "NOUN":
        return [token]
    return preps_of(sentence, token).get("between", []) or [token]


def modifiers_of(sentence: Sentence, noun: Token) -> list[Token]:
    """What stands before a noun; of "Norvian drone strikes" the "Norvian" too where the parser
    makes it part of the drone."""
    out = []
    for child in sentence.children(noun, "poss", "compound", "amod", "nmod"):
        inner: list[Token] = []
        if child.dep == "compound" and child.ent not in ("NORP", "GPE", "ORG", "PERSON"):
            inner = sentence.children(child, "compound", "amod", "nmod")
        out.append(next((t for t in inner if t.ent in ("NORP", "GPE")), child))
    return out


def near_place(sentence: Sentence, token: Token) -> bool:
    """ "Near Belan, one strike …": the parser may take a place before the comma for a subject."""
    inside = sentence.subtree(token)
    first, after = inside[0], sentence.tokens[inside[-1].i + 1 : inside[-1].i + 2]
    near = first.lower in ("near", "outside", "inside", "around", "north", "south")
    return near and first.i < 2 and any(t.text == "," for t in (inside[-1], *after))


def deed_above(sentence: Sentence, token: Token) -> Token | None:
    """The deed that a place hangs on: "attacks in the quarter which killed two"."""
    if token.dep != "pobj":
        return None
    noun = sentence.head(sentence.head(token))
    return noun if noun.pos == "NOUN" and is_means(sentence, noun) else None


def came_of_it(sentence: Sentence, match: Match) -> bool:
    """ "The convoy was hit, wounding seven": the convoy did not wound them."""
    token = match.token
    above = sentence.head(token)
    return (
        match.rule.result in ("killed", "injured", "destroyed")
        and token.dep == "advcl"
        and token.tag == "VBG"
        and not sentence.children(token, "nsubj", "mark")
        and is_passive(sentence, above)
    )
