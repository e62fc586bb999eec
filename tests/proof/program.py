"""Runs the program in a sandbox: its own store, settings and clock, and nothing of the developer's environment."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
NOW = "2026-11-21T08:00:00Z"


def built() -> Path:
    """The binary: `SERVHUB` names one, else the newest of the release and the debug build."""
    named = os.environ.get("SERVHUB")
    if named:
        return Path(named)
    builds = [REPOSITORY / "target" / profile / "servhub" for profile in ("release", "debug")]
    present = [path for path in builds if path.exists()]
    if not present:
        raise SystemExit("servhub is not built: run `cargo build`, or name the binary in SERVHUB")
    return max(present, key=lambda path: path.stat().st_mtime)


@dataclass(frozen=True)
class Program:
    """The program with its sandbox."""

    folder: Path

    def run(self, *args: str | Path) -> bytes:
        """Runs it and expects success; answers standard output."""
        environment = {
            "SERVHUB_STORE": str(self.folder / "hub.db"),
            "SERVHUB_CONFIG": str(self.folder / "config.toml"),
            "SERVHUB_NOW": NOW,
            "SERVHUB_ACTOR": "tester",
            "HOSTNAME": "sandbox",
            "HOME": str(self.folder),
        }
        command = [str(built()), *map(str, args)]
        done = subprocess.run(command, env=environment, cwd=self.folder, capture_output=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            words = " ".join(map(str, args))
            raise SystemExit(f"servhub {words}: exit code {done.returncode}\n{done.stderr.decode()}")
        return done.stdout
