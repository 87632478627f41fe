"""Which words of a sentence are triggers, by the lexicon's entries and their conditions."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_arguments import owner_named
from sayso.reading.event_forms import verb_lemma
from sayso.reading.event_frames import Frame, noun_frame, verb_frame
from sayso.reading.event_kinds import Kinds, can_act, joined
from sayso.reading.event_lexicon import Condition, Entry, Rule, classes, lexicon
from sayso.reading.event_subjects import surface_subjects

_WEIGHT = {">": 3, "<": 2, "~": 2, "=": 3, "+": 2, "%": 2}
"""An entry's own object says more about which sense is meant than its subject."""
_MUST = frozenset(["must", "should", "shall", "ought"])
_WILL = frozenset(["will", "would", "shall", "'ll", "wo"])
_CONSENT = frozenset(
    ["accept", "agree", "allow", "tolerate", "support", "sign", "attend", "comply", "permit",
     "meet", "join", "recognise", "recognize", "back", "approve", "consent", "negotiate",
     "withdraw", "talk", "release", "participate", "endorse", "grant", "concede", "yield", "obey"]
)  # fmt: skip
"""What one refuses by "cannot"; other things one is only unable to do."""
_NOT_WILL = frozenset(["will", "would", "can", "could", "shall", "'ll", "wo", "may", "might"])
_PARTY_CLASSES = frozenset(
    ["@armed", "@state", "@group", "@person", "@office", "@crowd", "@civilian", "@police",
     "@state_force", "@combatant", "@civil", "@captive", "@agent"]
)  # fmt: skip
_ACCIDENTS = frozenset(
    ["crash", "collapse", "derail", "capsize", "overturn", "sink", "collide", "skid", "plunge",
     "erupt", "burst", "topple", "swerve", "ditch"]
)  # fmt: skip
"""What happens to things: who dies in it was not attacked."""
_SOFT_PARTICLES = frozenset(["up", "down", "off", "out", "in", "on", "over", "away", "back"])


@dataclass(slots=True)
class Match:
    """A trigger with its rule and frame. `words` are the tokens that make the trigger's span."""

    token: Token
    rule: Rule
    frame: Frame
    score: int
    verbal: bool
    words: list[Token] = field(default_factory=list)
    light: str | None = None
    light_frame: Frame | None = None
    type: str | None = None
    mode: str | None = None
    merged: list[Match] = field(default_factory=list)
    status: str | None = None
    polarity: str | None = None
    extra_actors: list[Token] = field(default_factory=list)
    confidence: float = 0.8
    refused: bool = False
    """True for one's own "will not": a refusal, given now, whatever is refused."""
    content: Token | None = None
    """The verb of what is promised or planned, where that is the event's trigger."""
    inner: list[Match] = field(default_factory=list)
    """What is promised, refused, asked …, as far as the lexicon knows the verb."""

    def __post_init__(self) -> None:
        self.type, self.mode = self.rule.type, self.rule.mode


_OF_A_CLAUSE = ("nsubj", "nsubjpass", "csubj", "aux", "auxpass", "mark", "expl")


def verb_matches(sentence: Sentence, kinds: Kinds) -> list[Match]:
    """The best rule for each verb that has one, in text order."""
    index = lexicon().verbs
    out = []
    for token in sentence:
        if token.pos not in ("VERB", "AUX") or token.dep in ("aux", "auxpass", "amod"):
            continue
        entries = index.get(verb_lemma(token))
        if entries is None or _imperative(sentence, token):
            continue
        if token.tag == "VBN" and sentence.children(token, "det"):
            continue  # "the accused" is a person
        frame = verb_frame(sentence, token)
        best = _best(entries, frame, sentence, kinds, verbal=True)
        if best is not None:
            out.append(best)
    return out


def _imperative(sentence: Sentence, verb: Token) -> bool:
    """ "Help the ambassador!" tells nothing that happens."""
    if verb.tag not in ("VB", "VBP") or sentence.children(verb, *_OF_A_CLAUSE):
        return False
    if verb.dep == "conj" and sentence.head(verb).pos == "VERB":
        return _imperative(sentence, sentence.head(verb))
    return verb.dep == "ROOT" and verb.i <= 1 + max(
        (t.i for t in sentence.tokens[: verb.i] if t.pos in ("PUNCT", "SPACE", "CCONJ")), default=0
    )


def _accident(frame: Frame, sentence: Sentence) -> bool:
    """ "The plane crashed, killing three"; "three died when a plane crashed"."""
    verb = frame.head
    if verb.dep in ("advcl", "conj", "xcomp") and sentence.head(verb).lemma in _ACCIDENTS:
        return True
    if any(_by_mishap(sentence, subject) for subject in frame.subjects):
        return True
    return not frame.prep("by") and any(
        clause.lemma in _ACCIDENTS and sentence.children(clause, "advmod", "mark")
        for clause in sentence.children(verb, "advcl")
    )


def _by_mishap(sentence: Sentence, deed: Token) -> bool:
    """ "The explosion, caused by a gas leak, killed two"; "a boiler explosion"."""
    words = classes()["mishap"].words
    within = sentence.subtree(deed, ("relcl",))
    return any(t.lemma in words or t.lower in words for t in within if t.i != deed.i)


def noun_matches(sentence: Sentence, kinds: Kinds) -> list[Match]:
    """The best rule for each noun that has one, in text order."""
    index = lexicon().nouns
    out = []
    for token in sentence:
        gerund = token.tag == "VBG" and token.dep in ("nsubj", "nsubjpass", "pobj", "dobj", "pcomp")
        if (token.pos not in ("NOUN", "PROPN") and not gerund) or token.dep in (
            "compound",
            "nmod",
            "amod",
        ):
            continue
        if token.lemma not in index and token.lower not in index:
            continue
        if token.lemma in ("explosion", "blast", "fire") and _by_mishap(sentence, token):
            continue
        frame = noun_frame(sentence, token)
        entries = index.get(token.lemma, []) + (
            index.get(token.lower, []) if token.lower != token.lemma else []
        )
        best = _best(entries, frame, sentence, kinds, verbal=False)
        if best is not None:
            out.append(best)
    return out


def _best(
    entries: list[Entry], frame: Frame, sentence: Sentence, kinds: Kinds, *, verbal: bool
) -> Match | None:
    best: tuple[int, int, Entry, list[Token]] | None = None
    for entry in entries:
        found = _score(entry, frame, sentence, kinds, verbal=verbal)
        if (
            found is not None
            and speech_holds(entry.rule, frame, sentence)
            and (not entry.rule.must or _asks_somebody(frame, sentence, kinds))
            and (entry.rule.mode != "ceasefire" or _own_deed(frame, sentence, kinds))
            and (best is None or (found[0], -entry.order) > best[:2])
        ):
            best = (found[0], -entry.order, entry, found[1])
    if best is None:
        return None
    if verbal and not _acted(best[2], frame, sentence, kinds):
        return None
    if verbal and best[2].rule.type == "ASSAULT" and _in_a_way(frame, sentence):
        return None
    return Match(frame.head, best[2].rule, frame, best[0], verbal, words=[frame.head, *best[3]])


def _own_deed(frame: Frame, sentence: Sentence, kinds: Kinds) -> bool:
    """ "Halted its attacks" is a ceasefire; "stopped the rebel attack" is none of the rebels'."""
    if not _any(frame.objects, ("@deed",), sentence, kinds):
        return True
    own = {m.entity for t in frame.subjects if (m := kinds.mention(t)) is not None}
    names = {t.lower[:4] for t in frame.subjects}  # "Norvia halted Norvian strikes"
    for thing in frame.objects:
        for owner in owner_named(sentence, thing):
            mention = kinds.mention(owner)
            known = mention is not None and mention.entity in own
            if not known and owner.lower[:4] not in names:
                return False
    return True


def _in_a_way(frame: Frame, sentence: Sentence) -> bool:
    """ "Eliminated him politically": nobody is hurt."""
    ways = classes()["in_a_way"].words
    return any(c.lower in ways for c in sentence.children(frame.head, "advmod"))


def _asks_somebody(frame: Frame, sentence: Sentence, kinds: Kinds) -> bool:
    """ "Said the army must leave" asks; "said the burial must be quiet" asks nobody."""
    subjects = [
        s
        for _, clause in frame.complements
        for s in sentence.children(clause, "nsubj", "nsubjpass")
    ]
    return any(
        can_act(kinds, sentence, s) or s.pos == "PRON" or kinds.is_a(sentence, s, "deed")
        for s in subjects
    )


def _acted(entry: Entry, frame: Frame, sentence: Sentence, kinds: Kinds) -> bool:
    """False if everything the verb has for a subject plainly is a thing that cannot act so."""
    if entry.rule.subject_is or any(c.op == "<" and not c.negative for c in entry.conditions):
        return True
    subjects = frame.subjects
    if entry.rule.result in ("killed", "injured") and _accident(frame, sentence):
        return False
    if not subjects:
        return True
    if entry.rule.type == "ASSAULT":
        return not all(
            kinds.is_a(sentence, t, "thing") and not can_act(kinds, sentence, t) for t in subjects
        )
    return any(can_act(kinds, sentence, t) for s in subjects for t in joined(sentence, s))


def _score(
    entry: Entry, frame: Frame, sentence: Sentence, kinds: Kinds, *, verbal: bool
) -> tuple[int, list[Token]] | None:
    words = (
        _particles(entry, frame, sentence) if verbal else _modifiers(entry, frame.head, sentence)
    )
    if words is None:
        return None
    score = 3 * len(entry.extra) - (
        1 if verbal and not entry.extra and _bound_particle(frame, sentence) else 0
    )
    for condition in entry.conditions:
        found = _holds(condition, frame, sentence, kinds)
        if found is None:
            return None
        score += found
    return score, words


def _bound_particle(frame: Frame, sentence: Sentence) -> bool:
    return bool(sentence.children(frame.head, "prt"))


def _particles(entry: Entry, frame: Frame, sentence: Sentence) -> list[Token] | None:
    head = frame.head
    if not entry.extra:
        own = [t.lower for t in sentence.children(head, "prt")]
        return [] if not own or all(p in _SOFT_PARTICLES for p in own) else None
    found = []
    after = sentence.tokens[head.i + 1 : head.i + 7]
    for word in entry.extra:
        token = next((t for t in after if word in (t.lower, t.lemma)), None)
        if token is None:
            return None
        if word in ("out", "up", "down", "off", "back", "over", "away", "in", "on") and not (
            token.dep in ("prt", "advmod", "prep") and token.head in (head.i, head.i + 1)
        ):
            return None
        if word in ("in", "on") and token.dep == "prep" and sentence.children(token, "pobj"):
            return None  # "was given amnesty in May" is no giving in
        found.append(token)
    return found


def _modifiers(entry: Entry, noun: Token, sentence: Sentence) -> list[Token] | None:
    if not entry.extra:
        return []
    before = sentence.tokens[max(0, noun.i - 5) : noun.i]
    kids = {t.i for t in sentence.children(noun)}
    found = []
    for word in entry.extra:
        token = next(
            (
                t
                for t in reversed(before)
                if word in (t.lower, t.lemma) and (t.i in kids or noun.i - t.i <= 2)
            ),
            None,
        )
        if token is None:
            return None
        found.append(token)
    return found


def _any(tokens: list[Token], words: tuple[str, ...], sentence: Sentence, kinds: Kinds) -> int:
    return max((kinds.matches(sentence, t, words) for t in tokens), default=0)


def _holds(c: Condition, frame: Frame, sentence: Sentence, kinds: Kinds) -> int | None:
    """None if the condition fails, else its weight."""
    if c.op == ">":
        if c.keys == ("*",):
            found = 1 if frame.objects else 0
        else:
            found = _any(frame.objects, c.keys, sentence, kinds)
        known = bool(frame.objects)
    elif c.op == "<":
        found = _any(frame.subjects, c.keys, sentence, kinds)
        known = bool(frame.subjects)
        if not known and not c.negative and frame.passive:
            # Nobody is named: it may be one of a class of parties, but hardly just the thing meant.
            return 0 if any(k in _PARTY_CLASSES for k in c.keys) else None
    elif c.op == "~":
        found, known = _prep(c, frame, sentence, kinds), True
    elif c.op == "=":
        found, known = _hanging(c, frame, sentence), True
    elif c.op == "+":
        found, known = _clause(c, frame), True
    else:
        found, known = _modified(c, frame.head, sentence), True
    if c.negative:
        return None if found else 0
    if not found:
        return None
    return found * _WEIGHT[c.op] if known else found


def _prep(c: Condition, frame: Frame, sentence: Sentence, kinds: Kinds) -> int:
    best = 0
    for name in c.keys:
        nouns = [t for t in frame.prep(name) if t.ent not in ("DATE", "TIME")]
        if name == "by" and not nouns and frame.passive:
            nouns = frame.subjects
        if not nouns:
            continue
        if not c.words:
            best = max(best, 1)
        elif c.words[0].startswith("!"):
            words = (c.words[0][1:], *c.words[1:])
            best = max(best, 0 if _any(nouns, words, sentence, kinds) else 1)
        else:
            best = max(best, _any(nouns, c.words, sentence, kinds))
    return best


def _hanging(c: Condition, frame: Frame, sentence: Sentence) -> int:
    words = set(c.keys)
    follows = sentence.tokens[frame.head.i + 1 : frame.head.i + 2]
    for child in (*sentence.children(frame.head), *follows):
        if child.lemma in words or child.lower in words:
            return 2
        if child.dep == "ccomp" and (child.lower in words):
            return 2
    for thing in frame.objects:
        for child in sentence.children(thing, "acl", "amod", "advcl", "oprd"):
            if child.i > thing.i and (child.lower in words or child.lemma in words):
                return 2
    return 0


def _clause(c: Condition, frame: Frame) -> int:
    for kind, token in frame.complements:
        verbs = [token]
        if kind == "inf":  # "ready to die and to fight"
            verbs += frame.sentence.children(token, "conj")
        if kind in c.keys and (not c.words or any(v.lemma in c.words for v in verbs)):
            return 2 if c.words else 1
    return 0


def _modified(c: Condition, noun: Token, sentence: Sentence) -> int:
    words = set(c.keys)
    for child in sentence.children(noun):
        if child.i < noun.i and (child.lemma in words or child.lower in words):
            return 2
    previous = sentence.tokens[noun.i - 1] if noun.i else None
    return 2 if previous is not None and (previous.lower in words or previous.lemma in words) else 0


def _has_modal(sentence: Sentence, verb: Token, words: frozenset[str]) -> bool:
    return any(
        c.dep == "aux" and (c.lemma in words or c.lower in words) for c in sentence.children(verb)
    )


def negated(sentence: Sentence, token: Token) -> Token | None:
    """The word that negates a verb directly, or None."""
    for child in sentence.children(token):
        if child.dep == "neg" or child.lower in ("never", "n't", "not"):
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
        finite = [clause for kind, clause in frame.complements if kind == "that"]
        return not finite or any(not _same_subject(sentence, frame.head, c) for c in finite)
    if not (rule.must or rule.wont or rule.will):
        return True
    for kind, clause in frame.complements:
        if rule.must and kind == "that":
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
