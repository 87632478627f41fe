"""Runs a command beside a PostgreSQL server of its own, which is gone afterwards.

usage: with_postgres.py [--if-there] COMMAND...

The server listens on a free port of this machine, with its files in a temporary folder, as a user
who is not root (`postgres` if this one is). The command finds it in SAYSO_TEST_POSTGRES. Needs
Debian's package `postgresql` or another that brings `initdb` and `pg_ctl`. Exits as the command.
With `--if-there` the command runs without a server where none is installed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c max_connections=150 -c fsync=off"
    " -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB"
)
"""No promise to survive a power cut: the server lives as long as the tests."""


def main(command: list[str]) -> int:
    """Starts the server, runs the command, stops the server; gives the command's exit status."""
    may_lack = command[:1] == ["--if-there"]
    command = command[may_lack:]
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    programs = found()
    if programs is None and may_lack:
        return subprocess.run(command, check=False).returncode
    if programs is None:
        print("with_postgres: no initdb here; install PostgreSQL's server", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="sayso-postgres-") as name:
        folder, port = Path(name), free_port()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = str(folder / "data")
        run(programs / "initdb", "-D", data, "-U", "sayso", "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync")  # fmt: skip
        run(programs / "pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o",
            f"-p {port} -k {folder} {OPTIONS}", "start")  # fmt: skip
        try:
            address = f"postgresql://sayso@127.0.0.1:{port}/postgres"
            environment = {**os.environ, "SAYSO_TEST_POSTGRES": address}
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def found() -> Path | None:
    """The folder of the server's programs; Debian keeps them off the path."""
    there = shutil.which("initdb")
    if there:
        return Path(there).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(versions, key=lambda p: int(p.parts[-3]))
    return newest[-1].parent if newest else None


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(program: Path, *words: str) -> None:
    """Runs one of the server's programs, which refuse to be root; shows its words if it fails."""
    command = [str(program), *words]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    # Into a file: a server that was started would hold a pipe open for ever.
    with tempfile.TemporaryFile("w+") as out:
        code = subprocess.run(command, stdout=out, stderr=out, cwd="/", check=False).returncode
        if code:
            out.seek(0)
            sys.stderr.write(out.read())
            raise SystemExit(f"with_postgres: {program.name} failed")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
