"""The members of a document's cast: every mention of an actor, findable by offset."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from sayso.language.syntax import Token
from sayso.model.annotation import Form
from sayso.reading import actor_unknown as unknown
from sayso.reading.mention_names import Name


@dataclass(frozen=True, slots=True)
class Member:
    """One mention. `entity` is None where it stays open; `head` is the index of its head token
    in its sentence, -1 where that was not parsed; `rule` says what decided."""

    start: int
    end: int
    entity: str | None
    form: Form
    confidence: float
    rule: str
    sentence: int
    head: int = -1
    reason: str | None = None


class Cast:
    """The members, findable by offset."""

    def __init__(
        self, members: list[Member], new: dict[str, unknown.NewActor], found: list[Name]
    ) -> None:
        self.members = sorted(members, key=lambda m: (m.start, -m.end))
        self.new = new
        self.names = sorted(found, key=lambda n: n.start)
        self._name_starts = [n.start for n in self.names]
        self._starts = [m.start for m in self.members]

    def name_of(self, token: Token) -> Name | None:
        """The name that holds the token, whether or not it stands for an actor there."""
        n = bisect_right(self._name_starts, token.start) - 1
        if n >= 0 and self.names[n].end >= token.end:
            return self.names[n]
        return None

    def covering(self, start: int, end: int) -> Member | None:
        """The shortest member whose words hold [start, end), or None."""
        best: Member | None = None
        n = bisect_right(self._starts, start) - 1
        for k in range(n, max(-1, n - 12), -1):
            member = self.members[k]
            if member.end >= end and (
                best is None or member.end - member.start < best.end - best.start
            ):
                best = member
        return best

    def headed_by(self, token: Token) -> Member | None:
        """The member whose head the token is: a name that holds it, a phrase that it heads, or a
        pronoun. The name wins over a longer phrase."""
        best: Member | None = None
        n = bisect_right(self._starts, token.start) - 1
        for k in range(n, max(-1, n - 12), -1):
            member = self.members[k]
            if member.end < token.end:
                continue
            if (member.head == token.i or member.form in ("name", "demonym")) and (
                best is None or member.end - member.start < best.end - best.start
            ):
                best = member
        return best


def is_state(entity: str | None) -> bool:
    tail = (entity or "").removeprefix("actor:")
    return bool(tail) and tail.isupper() and "." not in tail
