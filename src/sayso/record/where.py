"""The conditions of a query in the making."""

from __future__ import annotations

from sayso.record.database import Value


class Where:
    """The conditions of a query in the making."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[Value] = []
        self._listed: list[tuple[str, tuple[Value, ...]]] | None = []
        self._links = 0

    def add(self, condition: str, *values: Value, listed: str | None = None) -> None:
        """`listed` says the same of the row of `event_entity` that lists the event, where that
        row holds what is asked."""
        self.conditions.append(condition)
        self.values.extend(values)
        if self._listed is not None:
            self._listed = None if listed is None else [*self._listed, (listed, values)]

    def clock(self, condition: str, *values: Value) -> None:
        """A condition on the times of `event e`, which stand in `event_entity` too."""
        self.add(condition, *values, listed=condition.replace("e.", "x."))

    def link(self, condition: str, *values: Value) -> None:
        """A condition on `event_entity`, which the events asked for have to meet."""
        self._links += 1
        self.add(
            f"e.seq IN (SELECT event FROM event_entity WHERE {condition})", *values,
            listed=condition,
        )  # fmt: skip

    @property
    def narrowed(self) -> bool:
        """True if rows are found by something else than their own columns."""
        return any(" IN (SELECT " in c for c in self.conditions)

    @property
    def listed(self) -> str | None:
        """The conditions as asked of `event_entity x` alone, with the same values; None where it
        does not hold all that is asked."""
        if self._listed is None:
            return None
        return " AND ".join(condition for condition, _ in self._listed)

    def listed_from(self) -> tuple[Asked, Asked]:
        """`listed` in two parts with their values: from where to where in the order of days rows
        are read, and what is asked of each."""
        found = self._listed or []
        order = [x for x in found if x[0].startswith("x.order_day ")]
        return _joined(order), _joined([x for x in found if x not in order])

    @property
    def linked(self) -> str | None:
        """`listed` where one actor, place or source is asked for: then the table that holds events
        in order for each of them answers alone."""
        return self.listed if self._links == 1 else None

    def sql(self) -> str:
        return " WHERE " + " AND ".join(self.conditions) if self.conditions else ""


Asked = tuple[str, list[Value]]
"""Conditions with ` AND ` before each, and their values."""


def _joined(parts: list[tuple[str, tuple[Value, ...]]]) -> Asked:
    return "".join(f" AND {c}" for c, _ in parts), [v for _, values in parts for v in values]
