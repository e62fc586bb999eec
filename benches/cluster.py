"""A PostgreSQL of the benchmarks' own, with the settings that it comes with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: What a machine of this size would be given; nothing is given up of what survives a loss of power.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "max_wal_size": "8GB",
    "max_connections": "100",
    "logging_collector": "on",
    "log_destination": "jsonlog",
    "log_directory": "log",
    "log_filename": "statements",
    "log_checkpoints": "off",
}


@dataclass(frozen=True)
class Cluster:
    """A running server that listens in its own folder only."""

    folder: Path
    programs: Path

    def words(self, program: str, *words: str) -> list[str]:
        """One of PostgreSQL's programs, connected to this server."""
        return [str(self.programs / program), "-h", str(self.folder), "-U", "servhub", *words]

    def sql(self, database: str, *statements: str) -> str:
        """Runs statements and answers what they print."""
        options = [word for statement in statements for word in ("-c", statement)]
        done = subprocess.run(
            self.words("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, *options),
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def address(self, database: str) -> str:
        """What `--store` takes."""
        return f"postgres://servhub@/{database}?host={self.folder}"

    def make(self, database: str, model: str = "template0") -> str:
        """A fresh database, as another one is; answers its address."""
        self.sql("postgres", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        self.sql("postgres", f"CREATE DATABASE {database} TEMPLATE {model} STRATEGY file_copy")
        return self.address(database)

    @property
    def log(self) -> Path:
        """Where statements are told of, for databases that ask for it."""
        return self.folder / "data" / "log" / "statements.json"

    def told(self, since: int) -> list[dict[str, str]]:
        """The statements that the log has from a place on: `message` and, with values, `detail`."""
        with self.log.open("rb") as file:
            file.seek(since)
            return [json.loads(line) for line in file]


@contextmanager
def running() -> Iterator[Cluster]:
    """Makes a server, and throws it away at the end."""
    # Its own user must get there, and the length of a socket's path is bounded.
    folder = Path(tempfile.mkdtemp(prefix="servhub-benches-"))
    cluster = Cluster(folder, _programs())
    own = _as_nobody_special(folder)

    def serve(program: str, *words: str) -> None:
        command = [*own, str(cluster.programs / program), "-D", str(folder / "data"), *words]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)

    serve("initdb", "-A", "trust", "-U", "servhub", "-E", "UTF8", "--locale=C.UTF-8")
    settings = {**SETTINGS, "unix_socket_directories": str(folder)}
    with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    serve("pg_ctl", "-w", "-l", str(folder / "start.log"), "start")
    try:
        yield cluster
    finally:
        serve("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The newest that Debian brings; they are not on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        raise SystemExit("PostgreSQL is not there: apt-get install postgresql")
    return found[-1]


def _as_nobody_special(folder: Path) -> list[str]:
    """The server refuses to run as root."""
    if os.getuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    folder.chmod(0o755)
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
