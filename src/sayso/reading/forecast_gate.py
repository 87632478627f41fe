"""Whether a sentence of an article is worth asking the trained model for a forecast.

The model costs about as much as the parser, and most sentences of news foresee nothing. A sum of
weights over words and pairs of neighbouring words, the most telling of them, decides; weights and
thresholds are `models/talk/gate.csv`, fitted by `tools/fit_talk.py --gate`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import fsum

from sayso.knowledge.tables import load_csv
from sayso.language.talk import FOLDER
from sayso.reading.forecast_cues import may_forecast

_WORD = re.compile(r"[^\W\d_]+(?:['’](?:t|s|ll|d|re|ve))?|\d+|[%?:]")
THRESHOLD, WITH_CUE = "<threshold>", "<threshold with a cue>"
"""The rows of what the sum has to reach, and of what is enough where the sentence has words of a
future ("The mayor will resign in June")."""


def features(sentence: str) -> set[str]:
    """The words of a sentence and its pairs of neighbours ("is set"); a number stands as so many
    noughts ("0000")."""
    words = [
        "0" * len(w) if w.isdigit() else w.replace("’", "'")
        for w in _WORD.findall(sentence.lower())
    ]
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


@cache
def _weights() -> tuple[dict[str, float], float, float]:
    rows = load_csv(*FOLDER, "gate.csv", required=("words", "weight"))
    found = {r["words"]: float(r["weight"]) for r in rows}
    return found, found.pop(THRESHOLD), found.pop(WITH_CUE)


def worth_asking(sentence: str) -> bool:
    """True if the words of the sentence speak for a future."""
    weights, threshold, with_cue = _weights()
    value = fsum(weights[f] for f in features(sentence) if f in weights)
    return value >= threshold or (value >= with_cue and may_forecast(sentence))
