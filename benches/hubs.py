"""The folders, stores and files that the benchmarks work on, made once for each run of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from harness import Command, run

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
AS_OF = "2026-11-20"
#: The same day since 1970-01-01, as the store counts.
AS_OF_NUMBER = 20_777


def sql(store: Path, *statements: str) -> str:
    """Runs statements in the sqlite3 shell and answers what it prints."""
    done = subprocess.run(["sqlite3", str(store), *statements], check=True, capture_output=True, text=True)
    return done.stdout


def copy(store: Path, to: Path) -> Path:
    """A fresh copy of a store that nobody writes to."""
    for name in (to, to.with_name(to.name + "-wal"), to.with_name(to.name + "-shm")):
        name.unlink(missing_ok=True)
    shutil.copyfile(store, to)
    return to


@dataclass(frozen=True)
class Servhub:
    """The program that is measured."""

    binary: Path

    def on(self, store: Path, *words: str | Path, out: Path | None = None) -> Command:
        """A command on a store, with nothing of the developer's environment."""
        env = {
            "SERVHUB_STORE": str(store),
            "SERVHUB_CONFIG": str(store.with_name("no-config.toml")),
            "SERVHUB_NOW": f"{AS_OF}T08:00:00Z",
            "SERVHUB_ACTOR": "benches",
            "HOSTNAME": "benches",
            "HOME": str(store.parent),
        }
        return Command([str(self.binary), *map(str, words)], out=out, env=env)


@dataclass(frozen=True)
class Hub:
    """One synthetic hub: a folder, and stores with and without its deliveries."""

    program: Servhub
    folder: Path
    entries: int
    customers: int

    @property
    def deliveries(self) -> Path:
        """The lines to import."""
        return self.folder / "deliveries.csv"

    @property
    def more(self) -> Path:
        """10,000 further lines."""
        return self.folder / "more" / "deliveries.csv"

    @cached_property
    def bare(self) -> Path:
        """A store with everything besides the deliveries."""
        self._make_folder()
        store = self._new_store("bare.db")
        run(self.program.on(store, "import", self.folder / "hub", "--yes"))
        return settled(store)

    @cached_property
    def full(self) -> Path:
        """A store with the deliveries."""
        store = copy(self.bare, self.folder / "full.db")
        run(self.program.on(store, "import", self.deliveries, "--yes"))
        return settled(store)

    @cached_property
    def resolved(self) -> Path:
        """The same deliveries as rows of the store: all names looked up, quantities and days as numbers."""
        rows = self.folder / "resolved.csv"
        # .import knows no NULL: the last columns, which are NULL but in corrections, are left for it to fill.
        columns = (
            "id, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id, source_key, "
            "recording_id, late"
        )
        command = f"SELECT {columns} FROM ledger WHERE id > {self._derived} ORDER BY id"
        run(Command(["sqlite3", "-csv", str(self.full), command], out=rows))
        return rows

    @cached_property
    def ready(self) -> Path:
        """The store without deliveries, with the sources and recordings that the resolved rows name."""
        store = copy(self.bare, self.folder / "ready.db")
        attach = f"ATTACH '{self.full}' AS full"
        take = [f"INSERT OR IGNORE INTO {table} SELECT * FROM full.{table}" for table in ("source", "recording")]
        sql(store, attach, *take)
        return settled(store)

    @cached_property
    def _derived(self) -> int:
        return int(sql(self.bare, "SELECT ifnull(max(id), 0) FROM ledger"))

    def _new_store(self, name: str) -> Path:
        for path in self.folder.glob(f"{name}*"):
            path.unlink()
        return self.folder / name

    def _make_folder(self) -> None:
        words = [sys.executable, str(HERE / "synthetic.py"), str(self.folder)]
        run(Command([*words, "--entries", str(self.entries), "--customers", str(self.customers)]))


def settled(store: Path) -> Path:
    """Puts the log into the file, so that the file alone can be copied."""
    sql(store, "PRAGMA wal_checkpoint(TRUNCATE)")
    return store


@dataclass(frozen=True)
class Bench:
    """What every benchmark is given."""

    program: Servhub
    work: Path
    runs: int
    entries: int

    @cached_property
    def large(self) -> Hub:
        """The hub with all entries."""
        return self.hub("large", self.entries)

    @cached_property
    def tenth(self) -> Hub:
        """The same hub with a tenth of them."""
        return self.hub("tenth", self.entries // 10)

    def hub(self, name: str, entries: int, customers: int = 1_000) -> Hub:
        """A synthetic hub of its own folder."""
        return Hub(self.program, self.work / name, entries, customers)

    @property
    def venv(self) -> Path | None:
        """The Python that has DuckDB, if there is one."""
        python = Path(os.environ.get("SERVHUB_VENV", REPOSITORY / ".venv")) / "bin" / "python"
        return python if python.exists() else None
