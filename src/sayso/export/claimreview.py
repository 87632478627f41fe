"""ClaimReview (schema.org, JSON-LD): only what a person judged, in that person's name.

Nothing is rated by the program. An event that nobody confirmed or rejected, and a forecast that
nobody decided, is not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from sayso.errors import UsageError
from sayso.model import codec
from sayso.model.annotation import Source
from sayso.model.rows import Judgement

RATINGS = {
    "confirm": (5, "confirmed"),
    "reject": (1, "rejected"),
    "true": (5, "came true"),
    "partly": (3, "came true in part"),
    "false": (1, "did not come true"),
}
"""Verdict -> (1 worst .. 5 best, words). Others (ambiguous, void, unsure) are given in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A claim with the judgement on it."""

    judgement: Judgement
    claim: str
    claimant: Source | None
    said_on: str | None
    appearance: str | None


def write(found: Iterable[Reviewed], out: BinaryIO) -> int:
    """Writes one object a line; gives the number. Raises UsageError for a review without a
    person."""
    count = 0
    for reviewed in found:
        out.write((codec.line(item(reviewed)) + "\n").encode("utf-8"))
        count += 1
    return count


def item(reviewed: Reviewed) -> dict[str, Any]:
    """One ClaimReview."""
    judged = reviewed.judgement
    if not judged.who.strip():
        raise UsageError("a ClaimReview needs the person who judged")
    verdict = judged.verdict or judged.act
    value, words = RATINGS.get(verdict, (None, verdict))
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": words}
    if value is not None:
        rating.update(ratingValue=value, bestRating=5, worstRating=1)
    claim: dict[str, Any] = {"@type": "Claim", "datePublished": reviewed.said_on}
    if reviewed.claimant is not None:
        claim["author"] = {"@type": "Thing", "name": reviewed.claimant.who or "not named"}
    if reviewed.appearance:
        claim["appearance"] = {"@type": "CreativeWork", "url": reviewed.appearance}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "identifier": judged.id,
        "claimReviewed": reviewed.claim,
        "itemReviewed": claim,
        "reviewRating": rating,
        "reviewBody": judged.why,
        "author": {"@type": "Person", "name": judged.who},
        "datePublished": judged.at,
    }
