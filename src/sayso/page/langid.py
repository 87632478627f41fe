"""The language of a text, by py3langid (a small statistical model, loaded on first use)."""

from __future__ import annotations

import math

_ENOUGH = 60
_SAMPLE = 1200
_GLANCE = 360
"""Code points that are enough where the model agrees with what the page says of itself."""


def language(text: str, stated: str | None = None) -> str | None:
    """ISO 639-1 of a text's language, or None where it is too short to tell.

    `stated` is what the page says of itself: it is kept unless the words clearly speak another.
    """
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters < _ENOUGH:
        return stated
    if stated and letters > _GLANCE and _likeliest(sample[:_GLANCE]) == stated:
        return stated
    code, probability = _classify(sample)
    if stated and code != stated and (probability < 0.99 or letters < 4 * _ENOUGH):
        return stated
    return str(code) if probability >= 0.7 else stated


def _likeliest(sample: str) -> str:
    from py3langid import classify

    return str(classify(sample)[0])


def _classify(sample: str) -> tuple[str, float]:
    """The likeliest language, and its share of the probability of all."""
    from py3langid import rank  # a model of some megabytes: loaded when first needed

    scores = [(str(code), float(score)) for code, score in rank(sample)]
    best, top = max(scores, key=lambda row: row[1])
    return best, 1 / sum(math.exp(max(score - top, -700.0)) for _, score in scores)
