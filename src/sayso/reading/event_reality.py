"""Whether an event happened: status, polarity and certainty, with the words that decided.

Reads tense, auxiliaries, negation and its scope, conditionals, questions and cue words upwards
from the trigger to the root of its sentence. Cue words are data: lang/en/events/reality.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from sayso.knowledge.tables import LINE, load_yaml
from sayso.language.syntax import Sentence, Token
from sayso.model.annotation import Certainty, Polarity, Status
from sayso.reading.event_frames import verb_frame
from sayso.reading.event_lexicon import FOLDER, words_of
from sayso.reading.event_modals import negated
from sayso.reading.event_terms import terms
from sayso.reading.event_triggers import Match

_NEEDS_INFINITIVE = frozenset(["set", "bind", "due", "slate"])
_NOT_RAISED = terms("not_raised")
_GOING_ON = ("ASSAULT", "PROTEST", "COERCE")
_ALL = frozenset(["all", "every", "everyone"])
_RANK: dict[str, int] = {"certain": 0, "probable": 1, "possible": 2, "unknown": 3}


@dataclass(frozen=True, slots=True)
class Reality:
    """The verdict, and the tokens that decided it."""

    status: Status = "occurred"
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    words: tuple[Token, ...] = field(default=())

    def but(self, word: Token | None, **changes: str) -> Reality:
        """A changed verdict, with the word that changed it."""
        words = self.words if word is None or word in self.words else (*self.words, word)
        return replace(self, words=words, **changes)  # type: ignore[arg-type]

    def doubted(self, word: Token, certainty: str) -> Reality:
        """At most this certain."""
        if _RANK[certainty] <= _RANK[self.certainty]:
            return self.but(word)
        return self.but(word, certainty=certainty)


@cache
def cues() -> dict[str, frozenset[str]]:
    """Name of a group of cue words -> the words."""
    return {
        k: words_of(v["words"]) for k, v in load_yaml(*FOLDER, "reality.yaml").items() if k != LINE
    }


def reality(sentence: Sentence, match: Match) -> Reality:
    """The reality of a selected trigger, as its own sentence puts it."""
    out = Reality()
    token = match.token
    if not match.verbal and match.light_frame is not None:
        token = match.light_frame.head
    if match.verbal or match.light_frame is not None:
        out = _verb(sentence, token, out)
        if match.light == "happens" and token.lemma in cues()["brings_about"]:
            out = out.but(None, polarity="positive")  # "the blast did not cause casualties"
        if match.type in _GOING_ON and _there_is(sentence, token, match.token):
            out = out.but(None, status="ongoing")
        if match.light == "happens" and _continues(sentence, token) and out.status == "occurred":
            out = out.but(token, status="ongoing")
    if not match.verbal:
        out = _noun(sentence, match.token, out)
        if _concluded(sentence, match.token):
            return out
    out = _upwards(sentence, token, out)
    out = _bare_infinitive(sentence, token, out)
    if match.content is not None and out.status in ("occurred", "ongoing"):
        out = out.but(match.token, status="planned")
    if match.polarity == "negative":
        out = out.but(token, polarity="negative")
    if match.status is not None:
        out = out.but(None, status=match.status)
    if (
        match.token.lemma == "order"
        and match.rule.result == "arrested"
        and out.status == "occurred"
    ):
        out = out.but(None, status="planned")
    if match.refused:
        out = out.but(None, status="occurred", polarity="positive")
    return out if _presupposed(sentence, token) else _question(sentence, out)


def _there_is(sentence: Sentence, verb: Token, noun: Token) -> bool:
    """ "There is heavy fighting"; not "there is a march planned"."""
    present = verb.lemma == "be" and verb.tag in ("VBZ", "VBP")
    still_to_come = sentence.children(noun, "acl")
    return present and bool(sentence.children(verb, "expl")) and not still_to_come


def _continues(sentence: Sentence, verb: Token) -> bool:
    """ "The fighting continues", "rages"."""
    present = verb.tag in ("VBZ", "VBP") and not sentence.children(verb, "aux")
    return present and verb.lemma in ("continue", "persist", "rage", "go", "last")


def _concluded(sentence: Sentence, noun: Token) -> bool:
    """ "Expects the accords reached on Monday to hold": they are there, whatever is expected."""
    return any(
        t.tag == "VBN" and t.lemma in cues()["concludes"] for t in sentence.children(noun, "acl")
    )


def _bare_infinitive(sentence: Sentence, token: Token, out: Reality) -> Reality:
    """ "are to be paid", "reason to file": an infinitive that nothing above made real."""
    if out.status != "occurred" or not _to_infinitive(sentence, token):
        return out
    if any(c.lemma == "have" and c.dep == "aux" for c in sentence.children(token)):
        return out  # "are reported to have been hurt"
    to = next(c for c in sentence.children(token) if c.lower == "to" and c.dep == "aux")
    head = sentence.head(token)
    if head.lemma == "be" and sentence.children(head, "acomp", "attr"):
        return out.but(to, status="hypothetical")  # "it is vital to hold them to account"
    if token.head == token.i and not sentence.children(token, "nsubj", "nsubjpass"):
        return out.but(to, status="hypothetical")  # an item of a list: "To lift the siege."
    if token.head == token.i or head.lemma == "be":
        return out.but(to, status="expected")
    if head.lemma == "have":
        # "had to open fire" did; "have to leave" may not.
        return out if head.tag == "VBD" else out.but(to, status="hypothetical")
    if head.lemma in cues()["implies_done"] or (head.pos == "ADJ" and head.lemma == "able"):
        return out
    if head.lemma in cues()["implies_not"]:
        return out
    return out.but(to, status="hypothetical" if token.dep in ("acl", "relcl") else "planned")


def _verb(sentence: Sentence, verb: Token, out: Reality) -> Reality:
    words = cues()
    no = negated(sentence, verb)
    if no is not None:
        out = out.but(no, polarity="negative")
    for subject in sentence.children(verb, "nsubj", "nsubjpass", "dobj"):
        for det in sentence.children(subject, "det", "neg", "amod", "preconj", "cc"):
            after = [t.lower for t in sentence.tokens[det.i + 1 : det.i + 3]]
            if after[:1] in (["fewer"], ["less"], ["more"]) and after[1:] == ["than"]:
                continue  # "no fewer than nine"
            if det.lower in ("no", "neither"):
                out = out.but(det, polarity="negative")
        first = sentence.subtree(subject)[0]
        single = sentence.tokens[first.i + 1 : first.i + 3]
        few = {t.lower for t in single}
        if first.lower == "not" and few & {"single", "one"} and "only" not in few:
            out = out.but(first, polarity="negative")  # "not a single officer"
        for count in sentence.children(subject, "nummod"):  # "not one shot", "not a single one"
            for word in sentence.children(count, "neg"):
                if word.lower == "no":  # "no more than 30": a bound
                    continue
                out = out.but(word, polarity="negative")
        for every in (subject, *sentence.children(subject, "predet", "det")):
            before = sentence.tokens[every.i - 1 : every.i]  # "not all of them were freed"
            if every.lower in _ALL and before and before[0].lower == "not":
                out = out.but(before[0], polarity="negative")
        if subject.lower in ("nobody", "none", "nothing", "neither"):
            out = out.but(subject, polarity="negative")
    for prep in sentence.children(verb, "prep", "agent"):
        for word in (*sentence.children(prep), *_under(sentence, prep)):
            if word.lower == "neither":  # "called neither for revenge nor for pity"
                out = out.but(word, polarity="negative")
    aux = sentence.children(verb, "aux", "auxpass")
    for a in aux:
        low = a.lower
        if low in words["future"]:
            out = out.but(a, status="expected")
        elif low in words["would"]:
            if _reported(sentence, verb):
                out = out.but(a, status="expected")
            else:
                out = out.but(a, status="hypothetical").doubted(a, "probable")
        elif low in words["possible"]:
            done = any(x.lemma == "have" for x in aux)
            status = out.status if done else "hypothetical" if low != "may" else "expected"
            out = out.but(a, status=status).doubted(a, "possible")
        elif low in words["obliged"] or low in words["able"]:
            out = out.but(a, status="hypothetical")
    if verb.dep == "ccomp" and any(_subjunctive(sentence, a) for a in aux):
        ordered = sentence.head(verb).lemma in words["plan"]
        out = out.but(None, status="planned" if ordered else "hypothetical")
    if any(a.lower == "being" for a in aux) and any(a.lower in ("is", "are") for a in aux):
        out = out.but(None, status="ongoing") if out.status == "occurred" else out
    if verb.tag == "VBG" and any(a.lemma == "be" and a.tag in ("VBP", "VBZ") for a in aux):
        out = out.but(None, status="ongoing") if out.status == "occurred" else out
    elif any(a.lower in ("is", "are") for a in aux) and verb.tag == "VBG":
        out = out.but(None, status="ongoing")
    elif (
        verb.tag == "VBG" and verb.dep == "ccomp" and out.status == "occurred"
        and any(a.lower in ("was", "were") for a in aux)
    ):  # fmt: skip
        # "Said they were investigating": as they spoke.
        out = out.but(None, status="ongoing")
    if (
        out.status == "occurred" and verb.tag == "VBG" and any(a.lower == "been" for a in aux)
        and any(a.lemma == "have" and a.tag in ("VBP", "VBZ") for a in aux)
    ):  # fmt: skip
        out = out.but(None, status="ongoing")  # "have been negotiating since May"
    if out.status == "occurred" and any(a.lower in ("is", "are") for a in aux):
        still = [c for c in sentence.children(verb, "advmod") if c.lower == "still"]
        out = out.but(still[0], status="ongoing") if still else out
    for adverb in sentence.children(verb, "advmod", "npadvmod"):
        out = _adverb(sentence, adverb, out)
    for child in sentence.children(verb, "advcl"):
        mark = next(
            (c for c in sentence.children(child, "mark") if c.lower in ("if", "unless")), None
        )
        if mark is not None and out.status == "expected":
            out = out.but(mark)
    return out


def _under(sentence: Sentence, prep: Token) -> list[Token]:
    return [
        word
        for noun in sentence.children(prep, "pobj")
        for word in sentence.children(noun, "det", "preconj", "cc")
    ]


def _subjunctive(sentence: Sentence, aux: Token) -> bool:
    """ "Ordered that the quarter be shelled": a bare "be" under no other auxiliary."""
    others = sentence.children(sentence.head(aux), "aux")
    return aux.lower == "be" and aux.dep == "auxpass" and not others


def _adverb(sentence: Sentence, adverb: Token, out: Reality) -> Reality:
    words = cues()
    low = adverb.lower
    if low in words["adverb_possible"]:
        return out.doubted(adverb, "possible")
    if low in words["adverb_probable"]:
        return out.doubted(adverb, "probable")
    if low == "longer" and any(c.lower == "no" for c in sentence.children(adverb)):
        return out.but(adverb, polarity="negative")
    if low in words["adverb_negative"]:
        return out.but(adverb, polarity="negative")
    return out


def _noun(sentence: Sentence, noun: Token, out: Reality) -> Reality:
    words = cues()
    for child in sentence.children(noun):
        low = child.lower
        if child.dep in ("det", "neg") and low == "no":
            out = out.but(child, polarity="negative")
        elif low in words["noun_future"]:
            out = out.but(child, status="expected")
        elif low in words["noun_planned"] and child.i < noun.i:
            out = out.but(child, status="planned")
        elif low in words["noun_possible"]:
            out = out.but(child, status="hypothetical").doubted(child, "possible")
        elif low in words["noun_alleged"]:
            out = out.doubted(child, "possible")
        elif low in words["noun_failed"]:
            out = out.but(child, polarity="negative")
    return out


def _upwards(sentence: Sentence, token: Token, out: Reality) -> Reality:
    """What governs the trigger: operators above it, one after the other, to the root."""
    words = cues()
    for _ in range(8):
        if token.head == token.i:
            break
        head = sentence.head(token)
        mark = next(
            (c for c in sentence.children(token, "mark", "advmod") if c.lower in words["if"]), None
        )
        if mark is not None and token.dep in ("advcl", "ccomp", "pcomp"):
            out = out.but(mark, status="hypothetical").doubted(mark, "possible")
        if token.dep == "advcl" and out.status == "occurred":
            out = _of_its_head(sentence, token, head, out)
        if token.dep in ("relcl", "acl") and not _to_infinitive(sentence, token):
            if _denied(sentence, head):  # "denied reports that a post was attacked"
                up = sentence.head(head)
                out = out.but(up, polarity="negative").doubted(up, "possible")
            elif (lie := _called_untrue(sentence, head)) is not None:
                out = out.but(lie, polarity="negative")
            elif head.lemma in words["noun_of_possibility"] and _that(sentence, token):
                # "the possibility that he worked for them"
                out = out.but(head, status="hypothetical").doubted(head, "possible")
            break
        if token.dep == "advcl" and not _to_infinitive(sentence, token):
            break
        if head.pos == "ADP" and token.dep == "pcomp":
            above = sentence.head(head)
            noun = sentence.head(above) if above.dep == "acl" else above
            if head.lower in ("about", "of", "on", "over") and noun.lemma in words["talk"]:
                above = noun
                out = out.but(above, status="hypothetical")  # "talking about cutting off aid"
            if head.lower == "without":
                out = out.but(head, polarity="negative")
            elif head.lower == "like" and token.tag == "VBN":
                out = out.but(head, status="hypothetical")  # "like a country being invaded"
        out = _operator(sentence, token, head, out)
        if head.pos == "NOUN" and out.status != "occurred" and head in out.words:
            for no_such in sentence.children(head, "det", "neg"):
                if no_such.lower == "no":  # "has no plans to withdraw"
                    out = out.but(no_such, polarity="negative")
        if token.dep == "conj":
            out = _shared(sentence, token, head, out)
        token = head
    return out


def _of_its_head(sentence: Sentence, token: Token, head: Token, out: Reality) -> Reality:
    """ "Will return, visiting the port" and "until it ends the siege": not yet."""
    marks = sentence.children(token, "mark", "advmod")
    until = next((c for c in marks if c.lower in cues()["not_yet"]), None)
    if until is not None and _present(sentence, token):
        only = any(c.lower == "only" for c in (*marks, *sentence.children(until)))
        above = head if head.pos in ("VERB", "AUX") else sentence.head(head)  # "as soon as"
        if until.lower == "until" or only or _unreal(sentence, above):
            return out.but(until, status="hypothetical")
    own = sentence.children(token, "mark", "nsubj", "nsubjpass", "aux")
    if token.tag != "VBG" or own or head.pos not in ("VERB", "AUX"):
        return out
    will = next((a for a in sentence.children(head, "aux") if a.lower in cues()["future"]), None)
    return out if will is None else out.but(will, status="expected")


def _present(sentence: Sentence, clause: Token) -> bool:
    """Whether a clause stands in the present or present perfect."""
    first = next(iter(sentence.children(clause, "aux", "auxpass")), clause)
    return first.tag in ("VBZ", "VBP")


def _unreal(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb tells what is still to be: "will leave", "must leave", "agreed to leave"."""
    words = cues()
    unreal = words["future"] | words["would"] | words["obliged"] | words["able"] | words["possible"]
    aux = sentence.children(verb, "aux")
    return any(a.lower in unreal for a in aux) or _to_infinitive(sentence, verb)


def _to_infinitive(sentence: Sentence, token: Token) -> bool:
    return any(c.lower == "to" and c.dep == "aux" for c in sentence.children(token))


def _shared(sentence: Sentence, token: Token, head: Token, out: Reality) -> Reality:
    """Joined verbs share their auxiliaries: "will arrest and try"."""
    if token.tag in ("VB", "VBN", "VBG") and not sentence.children(
        token, "aux", "auxpass", "nsubj"
    ):
        shared = _verb(sentence, head, Reality())
        if shared.status != "occurred" and out.status == "occurred":
            out = out.but(shared.words[0] if shared.words else None, status=shared.status)
    return out


def _operator(sentence: Sentence, token: Token, head: Token, out: Reality) -> Reality:
    words = cues()
    lemma = head.lemma
    if token.dep in ("xcomp", "ccomp", "advcl", "acl", "pcomp", "dobj", "pobj", "oprd", "prep") or (
        token.dep == "nsubjpass"
    ):
        inf = _to_infinitive(sentence, token)
        no = negated(sentence, head) if head.pos in ("VERB", "AUX") else None
        if lemma in words["implies_done"]:
            out = _verb(sentence, head, out)
        elif lemma in words["implies_not"]:
            flipped: Polarity = "negative" if no is None else "positive"
            if token.dep in ("xcomp", "dobj", "pcomp", "ccomp", "prep"):
                out = out.but(head, polarity=flipped)
                if head.dep in ("advcl", "acl") and _to_infinitive(sentence, head):
                    out = out.but(head, status="hypothetical")  # "steps to prevent an attack"
                above = _verb(sentence, head, Reality())  # "will be kept from attacking"
                if out.status == "occurred" and above.status == "expected":
                    out = out.but(above.words[0], status="expected")
        elif lemma in words["expect"] and (inf or lemma not in _NEEDS_INFINITIVE):
            out = out.but(head, status="expected")
            if no is not None:
                out = out.but(no, polarity="negative")
        elif lemma in words["plan"] and (
            inf or token.dep in ("xcomp", "acl", "dobj", "pobj", "prep")
        ):
            out = out.but(head, status="planned")
        elif lemma in words["want"] and (inf or token.dep == "xcomp"):
            out = out.but(head, status="hypothetical").doubted(head, "possible")
        elif lemma in words["possible_verb"]:
            out = out.doubted(head, "possible")
        elif lemma in words["probable_verb"] and token.dep in ("ccomp", "xcomp"):
            out = out.doubted(head, "probable")
            surprise = head.tag in ("VBD", "VBN") and no is not None and no.lower == "never"
            if no is not None and head.lemma in _NOT_RAISED and not surprise:
                out = out.but(no, polarity="negative")  # "does not believe that it was hit"
        elif lemma in words["say"] and no is not None and _unable(sentence, head):
            out = out.but(no, polarity="negative")  # "it cannot be said that they fight"
        elif lemma in words["deny"] and token.dep in ("ccomp", "xcomp", "dobj"):
            out = out.but(head, polarity="negative").doubted(head, "possible")
        elif lemma == "mean" and no is not None and token.dep == "ccomp":
            out = out.but(no, status="hypothetical")  # "this does not mean that ties are cut"
        elif (false := _untrue(sentence, token, head)) is not None:
            out = out.but(false, polarity="negative")
        elif head.pos == "ADJ" and lemma in words["adjective_possible"]:
            out = out.but(head, status="hypothetical").doubted(head, "possible")
        elif lemma in words["adjective_plan"] and token.dep in ("xcomp", "prep", "pcomp"):
            out = out.but(head, status="planned") if out.status == "occurred" else out
        elif head.pos == "ADJ" and lemma in words["adjective_expect"]:
            out = out.but(head, status="expected").doubted(head, "probable")
        elif head.pos == "NOUN" and lemma in words["noun_of_possibility"]:
            out = out.but(head, status="hypothetical").doubted(head, "possible")
        elif inf and token.dep == "advcl":
            out = out.but(None, status="planned") if out.status == "occurred" else out
        elif inf and head.pos == "VERB" and lemma in words["force"]:
            out = _verb(sentence, head, out)
        elif token.dep in ("xcomp", "ccomp") and head.pos == "ADJ" and lemma == "able":
            be = sentence.head(head)
            no = negated(sentence, be)
            if no is not None:
                out = out.but(no, polarity="negative")
            else:
                out = _verb(sentence, be, out)
    return out


def _that(sentence: Sentence, clause: Token) -> bool:
    """Whether a clause says what a noun is about: "the fear that they left"."""
    return any(c.lower == "that" for c in sentence.children(clause, "mark"))


def _denied(sentence: Sentence, report: Token) -> bool:
    """ "Denied reports", "rejected a claim": of what would have happened."""
    verb = sentence.head(report)
    return (
        report.dep == "dobj"
        and report.lemma in cues()["report"]
        and (verb.lemma in cues()["deny"] or verb.lemma in ("reject", "dismiss", "refute"))
        and negated(sentence, verb) is None
    )


def _untrue(sentence: Sentence, clause: Token, head: Token) -> Token | None:
    """ "It is false that they fired": the word that says so."""
    be = sentence.head(head) if head.pos == "ADJ" else head
    if clause.dep not in ("ccomp", "csubj", "advcl") or be.lemma != "be" or negated(sentence, be):
        return None
    told = sentence.children(be, "acomp", "attr")
    return next((t for t in told if t.lemma in cues()["untrue"]), None)


def _called_untrue(sentence: Sentence, report: Token) -> Token | None:
    """ "The claim that the town was razed is a lie": the word that says so."""
    be = sentence.head(report)
    if report.dep != "nsubj" or be.lemma != "be" or report.lemma not in cues()["report"]:
        return None
    if negated(sentence, be):
        return None
    told = sentence.children(be, "acomp", "attr")
    return next((t for t in told if t.lemma in cues()["untrue"]), None)


def _unable(sentence: Sentence, verb: Token) -> bool:
    """ "Cannot be said", "could not be claimed"."""
    passive = bool(sentence.children(verb, "auxpass"))
    return passive and any(
        a.lower in ("can", "could", "ca") for a in sentence.children(verb, "aux")
    )


def _reported(sentence: Sentence, verb: Token) -> bool:
    """ "would" under a past speech verb is the future of then."""
    head = sentence.head(verb)
    return verb.dep == "ccomp" and head.tag in ("VBD", "VBN")


def _presupposed(sentence: Sentence, token: Token) -> bool:
    """What a relative clause or a participle tells is not what a question asks."""
    for up in (token, *sentence.ancestors(token)):
        if up.dep in ("relcl", "acl") and not _to_infinitive(sentence, up):
            return True
    return False


def _question(sentence: Sentence, out: Reality) -> Reality:
    last = sentence.tokens[-1]
    if last.text.endswith("?") and out.status != "hypothetical":
        return out.but(last, status="hypothetical", certainty="unknown")
    return out


def verb_of(sentence: Sentence, token: Token) -> Token:
    """The verb that a noun stands under, or the token itself."""
    for up in [token, *sentence.ancestors(token)]:
        if up.pos in ("VERB", "AUX"):
            return verb_frame(sentence, up).head
    return token
