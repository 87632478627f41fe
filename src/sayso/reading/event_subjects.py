"""The subject of a verb: through joined verbs, control and raising, participles and possessors, and
whom a pronoun in its place means.
"""

from __future__ import annotations

from sayso.knowledge.lexicon import nominals
from sayso.language.syntax import Sentence, Token
from sayso.reading.event_arguments import SUBJECTS, TRANSPARENT, antecedent, own_of, time_like
from sayso.reading.event_lexicon import word_set
from sayso.reading.event_passive import is_passive
from sayso.reading.event_terms import terms

OBJECT_CONTROL = terms("object_control")
_DEPTH = 9
_KEEPS_FROM = terms("keeps_from")


def _swallowed(sentence: Sentence, verb: Token) -> list[Token]:
    """The subject of a finite verb that has none, where the parser made the noun right before it
    part of an opening phrase ("On a visit to Norvia, Minister Oda said") or took an acronym for
    an adverb."""
    if verb.dep not in ("ROOT", "ccomp") or verb.pos != "VERB":
        return []
    aux = sentence.children(verb, "aux", "auxpass")
    if not any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in (verb, *aux)):
        return []
    if sentence.children(verb, "expl", "csubj", "attr"):
        return []
    at = verb.i - 1
    helpers = {t.i for t in aux}
    while at >= 0 and (at in helpers or sentence.tokens[at].dep in ("neg", "aux")):
        at -= 1
    if at < 1 and not (at == 0 and sentence.tokens[0].text.isupper()):
        return []
    token = sentence.tokens[at]
    if token.head == verb.i:
        acronym = token.dep == "advmod" and len(token.text) > 2 and token.text.isupper()
        return [token] if acronym else []
    if token.pos not in ("NOUN", "PROPN") or time_like(token):
        return []
    if token.dep == "pobj" and any(
        c.ent in ("GPE", "LOC", "DATE", "TIME") for c in sentence.children(token, "compound")
    ):
        return [token]  # "In the town of Belan rebels attacked"
    while token.dep == "pobj" and sentence.head(sentence.head(token)).pos in ("NOUN", "PROPN"):
        up = sentence.head(sentence.head(token))
        if any(t.text == "," for t in sentence.tokens[up.i : token.i]):
            break
        token = up
    if token.dep not in ("conj", "appos", "pobj", "dep", "npadvmod") or token.i > verb.i:
        return []
    opening = next((a for a in sentence.ancestors(token) if a.head == verb.i), None)
    if opening is None or opening.dep != "prep" or opening.i > token.i:
        return []
    first = sentence.subtree(token)
    start = next((t.i for t in first if t.i >= token.i - 6 and t.text != ","), token.i)
    before = sentence.tokens[:start]
    return [token] if any(t.text == "," or time_like(t) for t in before[opening.i :]) else []


def surface_subjects(sentence: Sentence, verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, found through joined verbs, control, raising and participles."""
    own = _dressed_as(sentence, verb) or own_of(sentence, verb, SUBJECTS)
    own = own or _swallowed(sentence, verb)
    if own:
        return own
    if depth > _DEPTH or verb.head == verb.i:
        return []
    head = sentence.head(verb)
    if verb.dep == "acl":
        # "a statement condemning X" is its issuer's deed; "a statement released today" is not.
        wording = verb.tag not in ("VBN", "VBD") and head.lemma in _DOCUMENT
        if wording and head.dep in ("dobj", "pobj", "nsubjpass") and not _gets(sentence, head):
            issuer = _possessor(sentence, head, depth)
            if issuer:
                return issuer
        if verb.tag in ("VBG", "VBN", "VBD"):
            nouns = ("NOUN", "PROPN", "PRON", "NUM")
            return [_described(sentence, verb, head)] if head.pos in nouns else []
        return _possessor(sentence, head, depth)
    if verb.dep == "relcl":
        return [antecedent(sentence, verb)] if head.pos in ("NOUN", "PROPN", "PRON") else []
    if verb.dep == "pcomp" or head.dep == "prep" or head.pos == "ADP":
        up = sentence.head(head)
        if head.lower == "from" and up.lemma in _KEEPS_FROM:
            kept = own_of(sentence, up, ("dobj",))
            if kept:
                return kept  # "prevented students from joining"
        if up.pos in ("VERB", "AUX", "ADJ"):
            return surface_subjects(sentence, up, depth + 1)
        return _possessor(sentence, up, depth)
    if verb.dep == "ccomp" and verb.tag in ("VBD", "VBZ", "VBP"):
        return _stranded(sentence, verb)
    if head.pos in ("VERB", "AUX"):
        if verb.dep in ("xcomp", "ccomp") and head.lemma in OBJECT_CONTROL:
            objects = own_of(sentence, head, ("dobj", "dative"))
            if objects:
                return objects
            if is_passive(sentence, head):
                return surface_subjects(sentence, head, depth + 1)
        return surface_subjects(sentence, head, depth + 1)
    if head.pos == "ADJ":
        return surface_subjects(sentence, head, depth + 1)
    if head.pos in ("NOUN", "PROPN") and verb.dep in ("conj", "advcl", "appos"):
        return []
    return []


def _dressed_as(sentence: Sentence, verb: Token) -> list[Token]:
    """ "Men dressed as soldiers killed two": the parser gives the verb to the soldiers, and leaves
    the men without one."""
    head = sentence.head(verb)
    if verb.dep != "advcl" or head.dep != "acl" or head.tag != "VBN":
        return []
    noun = sentence.head(head)
    mark = [c for c in sentence.children(verb, "mark") if c.lower == "as"]
    left_alone = noun.dep == "ROOT" and noun.pos in ("NOUN", "PROPN")
    return [noun] if mark and mark[0].i == head.i + 1 and left_alone else []


def _stranded(sentence: Sentence, verb: Token) -> list[Token]:
    """The subject of a finite clause that has none, where the parser gave it to an adjective
    before the verb: "how men close to the major took part"."""
    for token in reversed(sentence.tokens[: verb.i]):
        if token.pos == "ADJ" and token.head == verb.head:
            return sentence.children(token, "nsubj")
        if token.i == verb.head:
            break
    return []


def _gets(sentence: Sentence, document: Token) -> bool:
    """ "heard calls condemning the raid": who hears them did not make them."""
    up = sentence.head(document)
    return document.dep == "dobj" and up.lemma in _RECEIVES


def _described(sentence: Sentence, verb: Token, noun: Token) -> Token:
    """Whom a participle describes. Where the parser hangs it on a thing ("the news of the death of
    the senator, murdered by …"), the person named right before it."""
    if noun.ent or noun.pos != "NOUN" or noun.lemma in nominals() or noun.lemma in TRANSPARENT:
        return noun
    at = verb.i - 1
    while at > noun.i and sentence.tokens[at].pos == "PUNCT":
        at -= 1
    near = sentence.tokens[at]
    inside = at > noun.i and any(a.i == noun.i for a in sentence.ancestors(near))
    person = near.ent in ("PERSON", "NORP") or near.lemma in nominals()
    return near if inside and person else noun


_PRONOUNS = word_set("he she it they we i")
_RECEIVES = terms("receives")
_DOCUMENT = terms("documents")


def spoken_of(sentence: Sentence, verb: Token, subject: Token) -> Token:
    """The antecedent of a pronoun subject that the same sentence gives: "the army said it had
    shelled the town" -> "army". Else the subject itself."""
    if subject.pos != "PRON" or subject.lower not in _PRONOUNS:
        return subject
    clause = sentence.head(subject)
    for _ in range(4):
        if clause.head == clause.i:
            break
        up = sentence.head(clause)
        if clause.dep == "relcl" and up.pos in ("NOUN", "PROPN"):
            # "in Tarun, where he met …": whoever went there
            up = next((a for a in sentence.ancestors(up)[:4] if a.pos == "VERB"), up)
        if clause.dep in ("ccomp", "advcl", "relcl", "acl") and up.pos in ("VERB", "AUX"):
            for candidate in sentence.children(up, "nsubj", "nsubjpass"):
                if candidate.pos != "PRON" and _agrees(subject, candidate):
                    return candidate
        clause = up
    return subject


def _agrees(pronoun: Token, noun: Token) -> bool:
    word = pronoun.lower
    if word in ("he", "she"):
        known = nominals().get(noun.lemma)
        body = known is not None and known.cls in ("group", "organ", "unit", "craft")
        return noun.ent in ("PERSON", "") and noun.tag in ("NN", "NNP") and not body
    if word == "it":
        return noun.ent != "PERSON" and noun.tag in ("NN", "NNP", "NNPS")
    if word == "they":
        name = noun.tag == "NNP" and noun.ent != "PERSON"
        return name or noun.tag in ("NNS", "NNPS") or noun.lower in ("police", "army", "group")
    return False


def _possessor(sentence: Sentence, noun: Token, depth: int) -> list[Token]:
    """Whose plan, decision, attempt … it is."""
    owners = sentence.children(noun, "poss")
    if owners:
        return owners
    for prep in sentence.children(noun, "prep", "agent"):
        if prep.lower in ("by", "from", "of"):
            found = sentence.children(prep, "pobj")
            if found:
                return found
    if noun.dep in ("dobj", "attr", "pobj", "xcomp") and depth < _DEPTH:
        up = sentence.head(noun)
        if up.dep in ("prep", "agent"):
            up = sentence.head(up)
        if up.pos in ("VERB", "AUX"):
            return surface_subjects(sentence, up, depth + 1)
    return []
