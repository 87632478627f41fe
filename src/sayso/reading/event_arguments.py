"""What hangs on a verb or noun in the tree: its subjects and objects, its prepositional phrases,
what a count counts, what a relative clause is about. Knows no event.
"""

from __future__ import annotations

from sayso.knowledge.lexicon import nominals
from sayso.language.syntax import Sentence, Token
from sayso.reading.event_lexicon import of_class
from sayso.reading.event_terms import terms

SUBJECT = ("nsubj", "csubj")
PASSIVE_SUBJECT = ("nsubjpass", "csubjpass")
SUBJECTS = SUBJECT + PASSIVE_SUBJECT
RELATIVE = frozenset(["who", "which", "that", "whom", "whose"])
_SIDES = terms("sides")
_PERSONS = ("office", "civilian", "police", "person", "captive")
_ABOUT = frozenset(["up", "around", "about", "over", "between", "nearly", "under"])
TRANSPARENT = terms("transparent")


def content_head(sentence: Sentence, token: Token) -> Token:
    """The noun that says what it is: "dozens of vehicles" -> "vehicles"."""
    for _ in range(3):
        if token.lemma not in TRANSPARENT and token.pos != "NUM":
            return token
        inner = [
            k
            for p in sentence.children(token, "prep")
            if p.lower == "of"
            for k in sentence.children(p, "pobj")
        ]
        if not inner:
            return token
        token = inner[0]
    return token


def own_of(sentence: Sentence, verb: Token, deps: tuple[str, ...]) -> list[Token]:
    out: list[Token] = []
    for child in sentence.children(verb, *deps):
        if child.lower in RELATIVE and verb.dep in ("relcl", "acl", "ccomp", "conj"):
            clause = verb
            while clause.dep == "conj":
                clause = sentence.head(clause)
            if clause.dep in ("relcl", "acl") or child.lower in ("who", "which"):
                out.append(antecedent(sentence, clause))
                continue
        if child.tag == "EX" or child.lower == "there":
            continue
        if child.dep == "dobj" and days_after(sentence, child):
            continue
        out.append(child)
    return out


def antecedent(sentence: Sentence, clause: Token) -> Token:
    """What a relative clause is about. "Vehicles and weapons which …": the first joined noun.

    Where the parser hangs the clause on a noun that does not agree in number with its verb ("a
    video showing dozens of vehicles which were abandoned"), the noun before the pronoun is taken.
    """
    noun = sentence.head(clause)
    near = noun_before_pronoun(sentence, clause)
    if near is not None and near.i != noun.i and near.tag in ("NNS", "NNPS") and noun.tag == "NN":
        plural = any(
            k.lower in ("were", "are", "have") for k in sentence.children(clause, "aux", "auxpass")
        )
        if plural:
            noun = near
    while (
        noun.dep == "conj" and noun.pos in ("NOUN", "PROPN")
        and not sentence.children(noun, "det")  # "nor the posts that were hit": those alone
    ):  # fmt: skip
        noun = sentence.head(noun)
    who = any(c.lower == "who" for c in sentence.children(clause))
    return _of_a_place(sentence, noun) if who else _beside(sentence, noun)


def _of_a_place(sentence: Sentence, noun: Token) -> Token:
    """ "Mesa, an inspector of Tigre, who was taken": no place is "who"."""
    prep = sentence.head(noun)
    if noun.dep != "pobj" or noun.ent == "PERSON" or of_class(noun.lemma, *_PERSONS):
        return noun
    if prep.lower not in ("of", "from", "in", "for") or prep.dep != "prep":
        return noun
    person = sentence.head(prep)
    if person.pos not in ("NOUN", "PROPN") or not of_class(person.lemma, *_PERSONS):
        return noun
    return sentence.head(person) if person.dep == "appos" else person


def _beside(sentence: Sentence, noun: Token) -> Token:
    """ "Karvan, north of Belan, which they took": Karvan."""
    if noun.dep != "pobj" or sentence.head(noun).lower != "of":
        return noun
    side = sentence.head(sentence.head(noun))
    if side.lemma not in _SIDES or side.dep not in ("appos", "npadvmod", "advmod"):
        return noun
    return sentence.head(side) if sentence.head(side).pos == "PROPN" else noun


def noun_before_pronoun(sentence: Sentence, clause: Token) -> Token | None:
    for child in sentence.children(clause):
        if child.lower in ("which", "who", "that") and child.i < clause.i:
            for token in reversed(sentence.tokens[max(0, child.i - 2) : child.i]):
                if token.pos in ("NOUN", "PROPN"):
                    return token
    return None


_NO_PREP = frozenset(["according", "due", "owing", "thanks", "contrary", "prior"])
"""First words of prepositions whose "to" points to nobody."""


def preps_of(sentence: Sentence, token: Token) -> dict[str, list[Token]]:
    """Preposition -> the nouns (or gerunds) it governs. "According to" and the like count under
    their last word's whole: "because of", "ahead of" are left under their first word."""
    out: dict[str, list[Token]] = {}
    for prep in sentence.children(token, "prep", "agent", "dative"):
        if prep.dep == "dative" and prep.pos not in ("ADP", "PART"):
            continue
        _add_prep(sentence, prep, out)
    for adverb in sentence.children(token, "advmod", "prt"):
        for prep in sentence.children(adverb, "prep"):
            _add_prep(sentence, prep, out)
            for noun in sentence.children(prep, "pobj"):
                out.setdefault(f"{adverb.lower} {prep.lower}", []).append(noun)
    return out


def _add_prep(sentence: Sentence, prep: Token, out: dict[str, list[Token]]) -> None:
    name = prep.lower
    for child in sentence.children(prep):
        if child.dep in ("pobj", "pcomp"):
            out.setdefault(name, []).append(child)
        elif child.dep == "prep":
            for deeper in sentence.children(child, "pobj", "pcomp"):
                out.setdefault(f"{name} {child.lower}", []).append(deeper)
                if name not in _NO_PREP:
                    out.setdefault(child.lower, []).append(deeper)


def shared_object(sentence: Sentence, verb: Token) -> list[Token]:
    """ "seized and burned the trucks": the object of the second is the first one's too."""
    second = joined_after(sentence, verb)
    if second is not None:
        return own_of(sentence, second, ("dobj",))
    second = next((k for k in sentence.children(verb, "conj") if k.pos == "VERB"), None)
    if second is not None and second.lemma == verb.lemma and second.i - verb.i <= 4:
        return own_of(sentence, second, ("dobj",))  # "is meeting and will meet its commitments"
    if second is None or second.tag != verb.tag or not verb.i < second.i <= verb.i + 3:
        return []
    if any(k.i > verb.i for k in sentence.children(verb, "prep", "prt", "xcomp", "ccomp", "acomp")):
        return []
    return own_of(sentence, second, ("dobj",))


def set_off(sentence: Sentence, noun: Token) -> bool:
    """ "met Oda on Sunday in Tarun, a port": after a comma no further object, but an apposition."""
    first = sentence.subtree(noun)[0]
    set_off = first.i > 0 and sentence.tokens[first.i - 1].text == ","
    return set_off and first.dep == "det" and not sentence.children(noun, "cc")


def days_after(sentence: Sentence, noun: Token) -> bool:
    """ "Mayor killed days after taking office": the days are not killed."""
    after = sentence.tokens[noun.i + 1 : noun.i + 2]
    spans = ("minute", "hour", "day", "week", "month", "year")
    return noun.lemma in spans and any(t.lower in ("after", "before", "later") for t in after)


def joined_after(sentence: Sentence, verb: Token) -> Token | None:
    """ "Helicopters machinegunned and bombed the huts": the main verb, where the parser makes the
    first of two joined verbs a participle of their subject. None where it is one."""
    if verb.dep != "acl" or verb.tag not in ("VBN", "VBD") or sentence.children(verb):
        return None
    after = sentence.tokens[verb.i + 1 : verb.i + 3]
    if len(after) < 2 or after[0].lower not in ("and", "or") or after[1].tag != "VBD":
        return None
    main = after[1]
    return main if any(t.i == verb.head for t in sentence.children(main, "nsubj")) else None


def counted_object(sentence: Sentence, verb: Token) -> list[Token]:
    """ "kidnapped up to 16 engineers": the parser takes the count for a prepositional phrase."""
    for prep in sentence.children(verb, "prep"):
        if prep.i != verb.i + 1 or prep.lower not in _ABOUT:
            continue
        inner = sentence.children(prep, "prep") if prep.lower == "up" else []
        for noun in (n for p in (prep, *inner) for n in sentence.children(p, "pobj")):
            number = sentence.children(noun, "nummod")
            if number and number[0].i <= prep.i + 2 and not time_like(noun):
                return [noun]
    return []


def time_like(token: Token) -> bool:
    return token.ent in ("DATE", "TIME")


def lacks_object(sentence: Sentence, verb: Token) -> bool:
    """A relative clause with its own subject lacks an object: "the town they took"."""
    subjects = sentence.children(verb, "nsubj")
    if any(c.lower in ("where", "when", "why") for c in sentence.children(verb)):
        return False  # "the street where a bomb exploded"
    if any(c.lower == "that" for c in sentence.children(verb, "mark")):
        return False  # "the version that they died in a clash"
    return bool(subjects) and subjects[0].lower not in RELATIVE


def owner_named(sentence: Sentence, deed: Token) -> list[Token]:
    """The words that say whose a deed is, pronouns left out: "the rebel attack", "attacks by X"."""
    before = [
        t
        for t in sentence.children(deed, "poss", "compound", "amod", "nmod")
        if t.i < deed.i and t.pos != "PRON"
    ]
    named = [t for t in before if t.dep == "poss" or t.ent in ("NORP", "GPE", "ORG", "PERSON")]
    rebels = [t for t in before if t.lemma in nominals() and t not in named]
    return named + rebels + preps_of(sentence, deed).get("by", [])
