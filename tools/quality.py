"""The quality gate: every floor holds, and none was lowered silently.

    quality.py [--small] [--only NAME,NAME] [--suites FOLDER]

Needs the folder of suites beside the repository; without it the gate checks the file of floors
alone and says that nothing was measured.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import yaml

from sayso.errors import SaysoError
from sayso.service import evaluate

ROOT = Path(__file__).resolve().parent.parent
FLOORS = "src/sayso/knowledge/data/quality/floors.yaml"


def rewritten() -> list[str]:
    """Floors of the last commit that are gone from the file, or changed in it."""
    shown = subprocess.run(
        ["git", "-C", str(ROOT), "show", f"HEAD:{FLOORS}"], capture_output=True, check=False
    )
    if shown.returncode:
        return []
    now = yaml.safe_load((ROOT / FLOORS).read_text(encoding="utf-8"))
    out = []
    for suite, row in (yaml.safe_load(shown.stdout) or {}).items():
        for name, steps in row["figures"].items():
            kept = now.get(suite, {}).get("figures", {}).get(name)
            if kept is None or kept[: len(steps)] != steps:
                out.append(f"{suite}: the history of {name} was rewritten")
    return out


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--small", action="store_true")
    ap.add_argument("--only")
    ap.add_argument("--suites", type=Path, default=ROOT.parent / "shared" / "suites")
    args = ap.parse_args()
    bad = rewritten()
    for suite in evaluate.suites():
        bad += evaluate.lowered(suite)
    if not args.suites.is_dir():
        print(f"quality: no suites at {args.suites}, nothing was measured")
        print("\n".join(bad))
        return bool(bad)
    for suite in evaluate.suites():
        if args.only and suite.name not in args.only.split(","):
            continue
        if args.small and suite.small == 0:
            continue
        try:
            figures = evaluate.measure(suite, args.suites, small=args.small)
        except SaysoError as error:
            bad.append(str(error))
            continue
        for f in figures:
            value = "-" if f.value is None else f"{f.value:.3f}"
            floor = (
                "" if f.floor is None else f"{'at most' if f.ceiling else 'floor'} {f.floor:.3f}"
            )
            print(f"{suite.name:26s} {f.name:26s} {value:>7s}  {floor}", flush=True)
            if not f.holds:
                bad.append(f"{suite.name}: {f.name} is {value}, {floor}")
    print("\n".join(bad) if bad else "quality: every floor holds")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
