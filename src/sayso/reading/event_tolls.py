"""Figures of those killed that stand in a sentence of their own: "the network put the toll at 17".

Such a sentence tells of no new attack; it gives the one told before it in the same part another
figure, by another source. It becomes a telling of that attack: same type, mode, place and time,
with the new figure and who says so, so that rival figures stand side by side. Phrases are data:
lang/en/events/tolls.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from sayso.knowledge.tables import load_yaml
from sayso.language.syntax import Sentence
from sayso.model.annotation import Count, Event, MadeBy
from sayso.reading.draft import Draft
from sayso.reading.event_confidence import share
from sayso.reading.event_lexicon import FOLDER
from sayso.reading.quantity_numbers import amounts
from sayso.reading.saidby import said_by
from sayso.reading.timex_tokens import words

REACH = 2500
"""Code points back within which the attack has to be told."""
_RULE = "assault.toll"
_LEAD = 3
"""Words that may stand before the figure: "at least", "more than"."""
_KILLS = frozenset(["killed", "injured"])
_FIGURE = r"(?P<n>(?:[^\W_]|[ ,'-]){1,40})"


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """The phrases of `tolls.yaml`, each with a group `toll` and a group `n` that opens with the
    figure."""
    data = load_yaml(*FOLDER, "tolls.yaml")
    noun = f"(?P<toll>{data['noun']})"
    return tuple(
        re.compile(
            r"\b"
            + row["say"]
            .replace("{toll}", noun)
            .replace("{n}", _FIGURE)
            .replace("{dead}", "(?P<toll>dead)(?! end)"),
            re.IGNORECASE,
        )
        for row in data["patterns"]
    )


_NAMED = re.compile(r"toll|dead|death|fatalit|killed", re.IGNORECASE)
"""What each pattern needs, looked for first."""


@cache
def _people() -> re.Pattern[str]:
    return re.compile(load_yaml(*FOLDER, "tolls.yaml")["people"], re.IGNORECASE)


_BEFORE = 40
"""Characters before a toll in which "with a" makes it one of the deed that is told."""
_WITH = re.compile(r"\bwith\s+(?:an?|the)\s+(?:death\s+|final\s+)?\Z", re.IGNORECASE)


class Tolls:
    """Remembers the last attack of each part, and gives tolls to it."""

    def __init__(self, draft: Draft, made: MadeBy) -> None:
        self._draft = draft
        self._made = made
        self._last: dict[str | None, Event] = {}

    def remember(self, event: Event) -> None:
        """Keeps an attack that happened, if people can have died in it."""
        if not _may_kill(event):
            return
        earlier = self._last.get(event.part)
        hurt = any(q.role in _KILLS for q in event.quantities)
        if hurt or earlier is None or not any(q.role in _KILLS for q in earlier.quantities):
            self._last[event.part] = event

    def tolled(self, sentence: Sentence, told: list[Event]) -> list[Event]:
        """The events of a sentence with the toll that it gives: a figure of the attack that it
        tells ("fought for an hour, with a toll of three dead"), else an event of its own."""
        out = list(told)
        for toll in self._events(sentence, told):
            before = self._draft.text[max(sentence.start, toll.start - _BEFORE) : toll.start]
            own = next((n for n, e in enumerate(out) if _may_kill(e)), None)
            if (
                own is not None
                and _WITH.search(before)
                and not any(q.role in _KILLS for q in out[own].quantities)
            ):
                out[own] = replace(out[own], quantities=(*out[own].quantities, *toll.quantities))
            else:
                out.append(toll)
        return out

    def _events(self, sentence: Sentence, told: list[Event]) -> Iterator[Event]:
        """The tolls that a sentence gives and that no event of its own holds."""
        part = self._draft.part_of(sentence.start)
        attack = self._last.get(part.id if part else None)
        if attack is None:
            attack = next((e for e in told if _may_kill(e)), None)
        if attack is None or sentence.start - attack.start > REACH:
            return
        text = self._draft.text[sentence.start : sentence.end]
        if _NAMED.search(text) is None:
            return
        for pattern in patterns():
            match = pattern.search(text)
            count = self._count(sentence.start, match) if match else None
            if match is None or count is None:
                continue
            if any(q.start < count.end and count.start < q.end for e in told for q in e.quantities):
                return
            start, end = (sentence.start + n for n in match.span("toll"))
            yield self._told(attack, start, end, count)
            return

    def _count(self, offset: int, match: re.Match[str]) -> Count | None:
        """The figure that opens the group `n`, or closes it where it stands before the toll."""
        at = [offset + n for n in match.span("n")]
        found_words = words(self._draft.text, *at)
        given = list(amounts(found_words))
        before = match.start("n") < match.start("toll")
        found = (given[-1] if before else given[0]) if given else None
        if found is None or (not before and found.first > _LEAD):
            return None
        if before and not _people().fullmatch(
            self._draft.text[found_words[found.last - 1].end : at[1]].strip()
        ):
            return None
        start, end = found_words[found.first].start, found_words[found.last - 1].end
        return Count(
            role="killed", low=found.low, high=found.high, low_exclusive=found.low_exclusive,
            approximate=found.approximate, unit="person", of="recipient", start=start, end=end,
            exact=self._draft.text[start:end],
        )  # fmt: skip

    def _told(self, attack: Event, start: int, end: int, count: Count) -> Event:
        draft = self._draft
        chain = said_by(draft, start, count.end)
        return replace(
            attack, id=draft.new_id("event"), start=start, end=end, exact=draft.text[start:end],
            confidence=round(share(_RULE, "ASSAULT"), 2), made_by=self._made, actor=(),
            recipient=(), weapon=(), quantities=(count,), said_by=chain, reality_words=(),
            certainty="certain", outcome=None, acled=None,
        )  # fmt: skip


def _may_kill(event: Event) -> bool:
    """Whether people can have died in it, as it is told."""
    if event.event_type != "ASSAULT" or event.polarity == "negative":
        return False
    return event.status in ("occurred", "ongoing") and event.mode not in ("capture", "abduct")
