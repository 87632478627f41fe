"""Docs check: every relative link in the Markdown files leads to a file that is there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def main() -> int:
    bad: list[str] = []
    pages = [p for p in ROOT.rglob("*.md") if not set(p.parts) & {".venv", "node_modules", ".dev"}]
    for page in pages:
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            for target in LINK.findall(line):
                if re.match(r"[a-z]+:", target):
                    continue
                if not (page.parent / target).exists():
                    bad.append(f"{page.relative_to(ROOT)}:{number}: {target} does not exist")
    print("\n".join(bad) if bad else f"docs: {len(pages)} pages, every link leads somewhere")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
