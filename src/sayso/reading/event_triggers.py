"""Which words of a sentence are triggers, by the lexicon's entries and their conditions."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.language.syntax import Sentence, Token
from sayso.reading.event_arguments import owner_named
from sayso.reading.event_conditions import Scorer, any_of
from sayso.reading.event_forms import verb_lemma
from sayso.reading.event_frames import Frame, noun_frame, verb_frame
from sayso.reading.event_kinds import Kinds, can_act, joined, lemmas
from sayso.reading.event_lexicon import Entry, Rule, classes, lexicon
from sayso.reading.event_modals import negated, speech_holds
from sayso.reading.event_terms import terms

_NATURE = terms("nature")
_UNDERGONE = frozenset(["killed", "injured", "arrested", "abducted"])
_MARKS = frozenset(['"', "“", "”", "''", "``"])


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
        hyphened = _hyphened(sentence, token)
        entries = hyphened[1] if hyphened else index.get(verb_lemma(token))
        if entries is None or _imperative(sentence, token):
            continue
        if token.tag == "VBN" and sentence.children(token, "det"):
            continue  # "the accused" is a person
        if token.lemma == "swear" and any(c.lower == "in" for c in sentence.children(token)):
            continue  # "the cabinet was sworn in"
        frame = verb_frame(sentence, token)
        best = _best(entries, frame, sentence, kinds, verbal=True)
        if best is not None:
            best.words += hyphened[0] if hyphened else []
            out.append(best)
    return out


def _hyphened(sentence: Sentence, verb: Token) -> tuple[list[Token], list[Entry]] | None:
    """What stands before a verb with a hyphen, and the entries of both ("machine-gunned",
    "ill-treated"), which the parser takes apart."""
    first, hyphen = sentence.tokens[max(0, verb.i - 2) : verb.i] if verb.i > 1 else (verb, verb)
    if hyphen.text != "-" or first.end != hyphen.start or hyphen.end != verb.start:
        return None
    entries = lexicon().verbs.get(f"{first.lower}-{verb.lemma}")
    return ([first, hyphen], entries) if entries is not None else None


def _imperative(sentence: Sentence, verb: Token) -> bool:
    """ "Help the ambassador!" tells nothing that happens."""
    above = sentence.head(verb)
    if above.i != verb.i and above.lemma == "let" and verb.dep in ("ccomp", "xcomp"):
        return _imperative(sentence, above)  # "Let us recognise them"
    if verb.tag not in ("VB", "VBP") or sentence.children(verb, *_OF_A_CLAUSE):
        return False
    if verb.dep == "conj" and sentence.head(verb).pos == "VERB":
        return _imperative(sentence, sentence.head(verb))
    return verb.dep == "ROOT" and verb.i <= 1 + max(
        (t.i for t in sentence.tokens[: verb.i] if t.pos in ("PUNCT", "SPACE", "CCONJ")), default=0
    )


def _accident(frame: Frame, sentence: Sentence) -> bool:
    """ "The plane crashed, killing three"; "three died when a plane crashed", "in a derailment"."""
    verb = frame.head
    if verb.dep in ("advcl", "conj", "xcomp", "ccomp") and any(
        _fell(sentence, up) for up in sentence.ancestors(verb)[:2]
    ):
        return True
    for subject in frame.subjects:
        if _by_mishap(sentence, subject) or _is_accident(sentence, subject):
            return True
    if frame.prep("by") or frame.subjects:
        return False
    if frame.passive and any(
        _is_accident(sentence, noun)
        for word in ("in", "during", "from")
        for noun in frame.prep(word)
    ):
        return True
    if frame.passive and any(
        _is_accident(sentence, t) for noun in frame.prep("at") for t in sentence.subtree(noun)
    ):
        return True  # "killed at the site of the accident"
    return any(
        sentence.children(clause, "advmod", "mark") and _fell(sentence, clause)
        for clause in sentence.children(verb, "advcl")
    )


def _in_scare_quotes(frame: Frame, sentence: Sentence) -> bool:
    """ "The unions have been "beheaded"": one word in quotation marks is a figure of speech."""
    before = sentence.tokens[frame.head.i - 1 : frame.head.i]
    after = sentence.tokens[frame.head.i + 1 : frame.head.i + 2]
    return bool(before and after) and before[0].text in _MARKS and after[0].text in _MARKS


def _only_asked(frame: Frame, sentence: Sentence) -> bool:
    """ "Was asked if he had been there", "the question he was asked"."""
    verb = frame.head
    if verb.lemma != "ask":
        return False
    if verb.dep == "relcl" and sentence.head(verb).lemma == "question":
        return True
    return any(
        t.lower in ("if", "whether")
        for clause in sentence.children(verb, "ccomp", "advcl")
        for t in sentence.children(clause, "mark")
    )


def _met_with_things(frame: Frame, sentence: Sentence, kinds: Kinds) -> bool:
    """ "Met the marchers with tear gas", "was met with a barrage of criticism"."""
    things = [t for t in frame.prep("with") if not can_act(kinds, sentence, t)]
    return bool(things) and (frame.passive or not kinds.is_a(sentence, things[0], "agent"))


def _is_accident(sentence: Sentence, noun: Token) -> bool:
    """ "A derailment", "a road accident", "a fire"; "the collapse of the front" or a "crash" that
    an attack caused is none."""
    words = classes()["accident"].words
    before = sentence.tokens[noun.i - 1].lower if noun.i else ""
    plain = not words.isdisjoint((*lemmas(noun), f"{before} {noun.lower}"))
    if noun.lower == "fire":  # "killed in a fire"; "in fire from the hills" is shooting
        plain = any(t.lower in ("a", "the", "house", "forest") for t in sentence.children(noun))
    return plain and not _attacked(sentence, noun)


def _fell(sentence: Sentence, clause: Token) -> bool:
    """ "When a bus plunged into a ravine", "after the wall gave way"."""
    things = {t.lower for t in sentence.children(clause, "dobj")}
    falls = clause.lemma in classes()["accident_verb"].words or (
        (clause.lemma == "give" and "way" in things)
        or any(t.lemma in _NATURE for t in sentence.children(clause, "nsubj"))
    )
    burnt = clause.lemma == "catch" and "fire" in things and not sentence.children(clause, "advcl")
    return burnt or (falls and not _attacked(sentence, clause))


def _attacked(sentence: Sentence, token: Token) -> bool:
    """True if an attack is named within what hangs on a word ("collapsed after an air strike")."""
    nouns = lexicon().nouns
    return any(
        e.rule.type == "ASSAULT"
        for t in sentence.subtree(token)
        if t.i != token.i and t.pos in ("NOUN", "PROPN")
        for e in nouns.get(t.lemma, [])
    )


def _by_mishap(sentence: Sentence, deed: Token) -> bool:
    """ "The explosion, caused by a gas leak, killed two"; "a gas explosion"."""
    words = classes()["mishap"].words
    if deed.i and sentence.tokens[deed.i - 1].lower == "gas":
        return True
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
    scorer = Scorer(frame, sentence, kinds, verbal=verbal)
    for entry in entries:
        found = scorer.score_of(entry)
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
    if not any_of(frame.objects, ("@deed",), sentence, kinds):
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


def _nobody(sentence: Sentence, frame: Frame) -> bool:
    """ "No one was hurt", "the blast hurt nobody"."""
    verb = frame.head
    hurt = [*frame.objects, *sentence.children(verb, "nsubjpass", "dobj")]
    return any(
        t.lower in ("nobody", "none")
        or (t.lower == "one" and sentence.tokens[t.i - 1].lower == "no")
        for t in hurt
    )


def _acted(entry: Entry, frame: Frame, sentence: Sentence, kinds: Kinds) -> bool:
    """False if everything the verb has for a subject plainly is a thing that cannot act so."""
    if entry.rule.result in ("killed", "injured") and _accident(frame, sentence):
        return False
    asked = any(s.lower == "who" for s in sentence.children(frame.head, "nsubj"))
    if entry.rule.name == "accuse.blamed" and asked and frame.head.dep != "relcl":
        return False  # "it was found out who was responsible"
    if entry.rule.name == "request.ask" and _only_asked(frame, sentence):
        return False
    if entry.rule.result in _UNDERGONE and _nobody(sentence, frame):
        return False  # that no one was hurt is no deed
    if entry.rule.name == "request.ask" and frame.head.lemma == "ask":
        if any(t.lower in ("him", "her", "them") for t in frame.preps.get("for", [])):
            return False  # "two men asked for him"
        nobody = any(t.lower in ("nobody", "none") for t in sentence.children(frame.head, "nsubj"))
        if nobody and not frame.complements and not frame.preps:
            return False  # "nobody had asked her"
    if entry.rule.name == "consult.meet" and frame.passive and frame.head.lemma == "meet":
        by = frame.subjects
        return bool(by) and any(kinds.is_a(sentence, t, c) for t in by for c in ("office", "state"))
    wanted = frame.head.lemma == "want" and negated(sentence, frame.head) is not None
    if wanted and frame.to_be_done:
        return False  # "we do not want them to be surprised" asks nobody
    if frame.head.lemma == "allege" and not frame.subjects and not frame.complements:
        return False  # "are alleged members": a quality
    if entry.rule.result in ("killed", "injured") and _in_scare_quotes(frame, sentence):
        return False
    if frame.head.lemma == "meet" and _met_with_things(frame, sentence, kinds):
        return False
    if entry.rule.subject_is or any(c.op == "<" and not c.negative for c in entry.conditions):
        return True
    subjects = frame.subjects
    if not subjects:
        return True
    if entry.rule.type == "ASSAULT":
        return not all(
            kinds.is_a(sentence, t, "thing") and not can_act(kinds, sentence, t) for t in subjects
        )
    return any(can_act(kinds, sentence, t) for s in subjects for t in joined(sentence, s))
