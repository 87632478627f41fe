"""Runs `sayso` again and again in processes of its own, each a fork of one that has loaded the
parser: a kill at any moment of `sayso read` costs no ten seconds of loading.

usage: nursery.py    each line on stdin {"args": [...], "out": FILE, "err": FILE, "fsize": BYTES,
                     "uid": N, "wait": SECONDS}; on stdout the child's process id, and when it has
                     ended its exit status (negative: killed by that signal)
"""

from __future__ import annotations

import json
import os
import sys

from sayso.cli.app import main
from sayso.language.syntax import default_parser
from sayso.record.database import Database


def child(asked: dict[str, object]) -> None:
    for name, number in (("out", 1), ("err", 2)):
        handle = os.open(str(asked[name]), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        os.dup2(handle, number)
    if asked.get("fsize"):
        import resource

        limit = int(str(asked["fsize"]))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if asked.get("uid"):
        os.setuid(int(str(asked["uid"])))
    if asked.get("wait"):
        Database.__init__.__kwdefaults__["wait"] = float(str(asked["wait"]))
    sys.argv = ["sayso", *map(str, asked["args"])]  # type: ignore[call-overload]
    try:
        main()
    except SystemExit as end:
        sys.stdout.flush()
        os._exit(int(end.code or 0))
    sys.stdout.flush()
    os._exit(0)


def nurse() -> None:
    default_parser().parse("It works.", [(0, 9)])
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        number = os.fork()
        if number == 0:
            child(asked)
        print(number, flush=True)
        _, status = os.waitpid(number, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    nurse()
