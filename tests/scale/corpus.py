"""Archives made for the tests: seeded sentences of our own, as JSON Lines."""

from __future__ import annotations

import json
import random
from pathlib import Path

TOWNS = ("Karvan", "Tel Amra", "Dorsa", "Old Mill", "Sarvik", "Upper Lenn")
GROUPS = ("the Northern Front", "the River Brigade", "the army", "the Border Guard")


def text_of(rng: random.Random) -> str:
    """Three sentences of news."""
    a, b = rng.sample(GROUPS, 2)
    town, day, dead = rng.choice(TOWNS), rng.randint(1, 28), rng.randint(2, 40)
    return (
        f"{a.capitalize()} captured the town of {town} from {b} on January {day}, a monitor said. "
        f"At least {dead} people were killed in the fighting, according to local officials. "
        f"Another {dead + 5} fighters are expected to withdraw within two days."
    )


def archive(path: Path, pages: int, seed: int) -> Path:
    """One archive of `pages` texts; the same seed gives the same bytes."""
    rng = random.Random(seed)
    rows = [
        {"id": f"{seed}-{n}", "text": text_of(rng), "published": "2019-01-29"} for n in range(pages)
    ]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path
