"""Running commands side by side, in turn, and what came of it."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """A program with its arguments; what it prints goes to `out`, its notes nowhere."""

    words: list[str]
    out: Path | None = None
    stdin: Path | None = None
    env: dict[str, str] = field(default_factory=dict)


@dataclass
class Sample:
    """Seconds and peak memory of each run of one command."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    kib: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Median of the elapsed seconds."""
        return statistics.median(self.seconds)

    @property
    def peak_mib(self) -> float:
        """The largest resident set of any run. What lies below this program's own is not seen."""
        return max(self.kib) / 1024


def run(command: Command, into: Sample | None = None) -> None:
    """Runs it once and notes time and memory; a failure ends the benchmark."""
    files = [
        (os.POSIX_SPAWN_OPEN, 0, str(command.stdin or os.devnull), os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(command.out or os.devnull), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    environment = {"PATH": os.environ["PATH"], **command.env}
    started = time.perf_counter()
    process = os.posix_spawnp(command.words[0], command.words, environment, file_actions=files)
    _, status, usage = os.wait4(process, 0)
    elapsed = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        raise SystemExit(f"{' '.join(command.words)[:300]}: exit code {code}")
    if into is not None:
        into.seconds.append(elapsed)
        into.cpu.append(usage.ru_utime + usage.ru_stime)
        into.kib.append(usage.ru_maxrss)


#: Makes a command ready to be timed, such as by giving it a fresh copy of a store.
Prepare = Callable[[], Command]


#: One sample for each side.
Samples = Sequence[Sample]


def in_turn(runs: int, *sides: Prepare) -> Samples:
    """Runs A, B, A, B, ...: what slows the machine for a while slows all sides."""
    samples = [Sample() for _ in sides]
    for _ in range(runs):
        for side, sample in zip(sides, samples, strict=True):
            command = side()
            if runs <= 20:
                # What the preparation wrote must not be flushed on the clock of the command.
                os.sync()
            run(command, sample)
    return samples


@dataclass(frozen=True)
class Result:
    """One line of the report: two samples, or two peaks, and what their ratio may be."""

    name: str
    ours: str
    reference: str
    ratio: float
    target: float
    note: str = ""
    #: Whether more is better, as of rates.
    is_rate: bool = False

    @property
    def reached(self) -> bool:
        """Whether the target is met."""
        return self.ratio >= self.target if self.is_rate else self.ratio <= self.target

    @property
    def bound(self) -> str:
        """The target for people; some ratios are told and have none."""
        if math.isinf(self.target) or self.target == 0:
            return "–"
        return f"at least {self.target:g}" if self.is_rate else f"{self.target:g}"


def clock(sample: Sample) -> str:
    """Medians and peak of a sample for people."""
    return f"{_span(sample.median)} ({_span(statistics.median(sample.cpu))} CPU), {sample.peak_mib:.0f} MiB"


def _span(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def compared(name: str, samples: Samples, target: float, note: str = "") -> Result:
    """Our sample against the other by time."""
    ours, reference = samples
    return Result(name, clock(ours), clock(reference), ours.median / reference.median, target, note)


def peaks(name: str, samples: Samples, target: float, note: str = "") -> Result:
    """Our sample against the other by memory."""
    ours, reference = samples
    text = (f"{ours.peak_mib:.1f} MiB", f"{reference.peak_mib:.1f} MiB")
    return Result(name, *text, ours.peak_mib / reference.peak_mib, target, note)
