"""Where a sentence speaks of what is to come: the gate before the parser, and the cues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.reading.forecast_lexicon import CueRule, cue_rules
from sayso.reading.forecast_plain import Plain

# The gate lets through what a cheap reading of the rules can take; words that are everywhere ("in",
# "by", "out", "over") count only beside a word of time.
_GATE = re.compile(
    r"\b(?:will|won[’']?t|shall|shan[’']?t|may|might|could|should|gonna|gunna|goin|going to"
    r"|a?bout to|(?:bound|set|poised|certain|sure|destined|doomed|fated|guaranteed|primed"
    r"|positioned"
    r"|liable|on track|on course|likely|unlikely|likelier|apt|prone|expected|predicted|forecast"
    r"|projected|anticipated|tipped|feared|estimated|believed|thought|seen|slated|due) to"
    r"|it[’']?s? (?:\w+ ){1,3}(?:likely|unlikely|probable|improbable|inevitable|certain"
    r"|conceivable"
    r"|possible|doubtful|plausible)|no way|chance|matter of|question of|numbered|counted"
    r"|(?:is|are|am|its|theyre|hes|[’']s|[’']re|[’']m) (?:\w+ ){0,2}(?:doomed|toast|history"
    r"|finished"
    r"|screwed|done for|fucked|goners?|next|inevitable|imminent|unavoidable|looming|coming|on the"
    r"|around the|in the offing|headed|heading|sliding|drifting|sleepwalking|marching|barrel\w+"
    r"|hurtling|spiral\w+|just a matter|over|gone|dead|out|done|back|free|ours|theirs|broke"
    r"|bankrupt|encircled|surrounded)"
    r"|expects?|expecting|anticipat\w+|foresees?|predict\w*|forecasts?|projects?|envis\w+"
    r"|bet|wager"
    r"|my (?:money|guess|hunch|feeling|call|take|expectation)|prediction|mark my|calling it"
    r"|you heard it|remember this|hot take|watch|wait|surpris\w+|shock\w*|amaz\w+|stunn\w+"
    r"|(?:can|cannot|can[’']?t) (?:\w+ ){0,4}(?:hang|cling|carry|limp|longer|long|forever"
    r"|indefinitely|another|last"
    r"|hold"
    r"|keep|go on|sustain|survive|maintain|afford|endure|win|stay|continue|not)"
    r"|(?:is|are|isn[’']?t|aren[’']?t|ain[’']?t|[’']s|[’']re) (?:never|not)|any ?time soon|alive"
    r"|(?:this|it|that|war|conflict|siege|crisis|thing|story) (?:\w+ )?(?:ends|finishes|stops"
    r"|goes|gets|escalates|blows)|sees?|imagine|picture"
    r"|going (?:to|down|under|broke|nuclear|nowhere)"
    r"|sooner|before you know|inevitably|any (?:day|minute|moment|time|week) now|tomorrow"
    r"|next (?:week|month|year|spring|summer|autumn|fall|winter|election)"
    r"|within (?:\w+ ){0,3}(?:hours|days|weeks|months|years|day|week|month|year)"
    r"|in (?:\w+ ){1,4}(?:hours?|days?|weeks?|months?|years?)"
    r"|by (?:the end|christmas|easter|summer|spring|winter|autumn|january|february|march|april"
    r"|may"
    r"|june|july|august|september|october|november|december|next|then|20\d\d)"
    r"|(?:they|you|it|there|that)ll)\b|['’]ll\b",
    re.IGNORECASE,
)


def may_forecast(sentence: str) -> bool:
    """True if the sentence holds words of a future. Costs one scan; lets some sentences through
    that are none, and none out that a rule would take."""
    return _GATE.search(sentence) is not None


@dataclass(frozen=True, slots=True)
class Cue:
    """One match of a rule in a sentence. `at` is the document offset of the word that anchors the
    clause, `start` and `end` the match, all as document offsets."""

    rule: CueRule
    at: int
    start: int
    end: int


def cues(sentence: Plain) -> Iterator[Cue]:
    """The cues of a sentence, in the order of the rules, then of the text."""
    for rule in cue_rules():
        for match in rule.pattern.finditer(sentence.text):
            at = next((match.start(g) for g, v in _anchors(match) if v is not None), match.start())
            yield Cue(rule, sentence.start(at), sentence.start(match.start()),
                      sentence.end(match.end()))  # fmt: skip


def _anchors(match: re.Match[str]) -> list[tuple[str, str | None]]:
    return list(match.groupdict().items())
