"""Runs two commands at once, and shows what they print one after the other.

    together.py FIRST... -- SECOND...

What the first prints is shown as it comes, what the second prints from when the first is done on.
The exit status is 0 only if both gave 0. NAME=VALUE before a command sets its environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from typing import IO


def start(command: list[str], out: IO[bytes] | None) -> subprocess.Popen[bytes]:
    environment = dict(os.environ)
    while command and "=" in command[0]:
        name, _, value = command.pop(0).partition("=")
        environment[name] = value
    return subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)


def follow(process: subprocess.Popen[bytes], file: IO[bytes]) -> int:
    """Prints a growing file until its process is done."""
    while True:
        done = process.poll() is not None
        sys.stdout.buffer.write(file.read())
        sys.stdout.flush()
        if done:
            return process.returncode
        time.sleep(0.5)


def main() -> int:
    at = sys.argv.index("--")
    first, second = sys.argv[1:at], sys.argv[at + 1 :]
    with tempfile.NamedTemporaryFile() as log:
        later = start(second, log)
        try:
            status = start(first, None).wait()
            with open(log.name, "rb") as shown:
                return follow(later, shown) or status
        finally:
            if later.poll() is None:
                later.terminate()


if __name__ == "__main__":
    sys.exit(main())
