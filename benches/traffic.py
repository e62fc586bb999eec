"""The same requests twice: to a hub over HTTP, and their SQL to PostgreSQL by pgbench. The SQL is what the hub itself was
heard to say, statement by statement, so that both sides ask the database the same."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cluster import Cluster
from hubs import Servhub

CONNECTIONS = 16
#: Seconds that are not counted.
WARM = 5
#: Whoever is to be the operator of a hub.
OPERATOR = "ops@benches.example"
#: How a connection of the hub looks names up: as a person sees them, and as rules and changes do.
SEEN, WHOLE = "shadow,temp,main,public", "main,public"
#: How it plans.
OPTIONS = (
    "-c search_path={path} -c plan_cache_mode=force_generic_plan -c jit=off -c geqo=off "
    "-c join_collapse_limit=20 -c from_collapse_limit=20"
)


@dataclass(frozen=True)
class Served:
    """A running hub."""

    url: str
    token: str
    pid: int

    def ask(self, path: str, body: object = None, key: str = "") -> bytes:
        """One request; a refusal ends the benchmark."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(self.url + path, data, headers)) as answer:
                return answer.read()
        except urllib.error.HTTPError as refused:
            raise SystemExit(f"{path}: {refused.read().decode()}") from refused

    @property
    def peak_kib(self) -> int:
        """The largest resident set so far."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1])

    def forget_peak(self) -> None:
        """Counts the peak from now on."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5", encoding="utf-8")


@contextmanager
def served(program: Servhub, store: str, config: Path, who: str, *options: str) -> Iterator[Served]:
    """Serves a store without limits of rate, with a token of someone in it. The clock is the machine's."""
    env = {"SERVHUB_STORE": store, "SERVHUB_CONFIG": str(config), "HOME": str(config.parent), "USER": "benches"}
    binary = str(program.binary)
    words = [binary, "token", "create", f"benches {time.time_ns()}", "--scope", "admin", "--as", who]
    if who == OPERATOR:
        env["SERVHUB_ACTOR"] = who
        subprocess.run([binary, "operator", "appoint", who, "--yes"], env=env, check=True, capture_output=True)
        words = words[:-2]
    token = subprocess.run(
        words,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()[-1]
    words = [binary, "serve", "--listen", "127.0.0.1:0", "--rate", "0", *options]
    process = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        url = next(json.loads(line)["address"] for line in process.stderr if '"listening"' in line)
        # A log that nobody takes stands still.
        drain = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
        yield Served(url, token, process.pid)
        drain.terminate()
    finally:
        process.terminate()
        process.wait()


PLACE = re.compile(r"\$(\d+)")
VALUE = re.compile(r"\$(\d+) = ('(?:[^']|'')*'|NULL)")


def statements(told: Sequence[dict[str, str]]) -> list[str]:
    """Statements with their values in their places, from the log of the server."""
    all_: list[str] = []
    for line in told:
        kind, _, text = line.get("message", "").partition(": ")
        if not (kind == "statement" or kind.startswith("execute ")):
            continue
        values = dict(VALUE.findall(line.get("detail", "")))
        all_.append(PLACE.sub(lambda place: values.get(place[1], place[0]), text).strip())
    return all_


def rate_of_pgbench(cluster: Cluster, database: str, scripts: Sequence[Path], seconds: int, path: str = SEEN) -> float:
    """Requests a second of pgbench with these scripts in turn by chance."""
    files = [word for script in scripts for word in ("-f", str(script))]
    sizes = ("-c", str(CONNECTIONS), "-j", "2", "-T", str(WARM + seconds), "-P", "1", "-M", "prepared", "-n")
    done = subprocess.run(
        cluster.words("pgbench", *sizes, *files, database),
        env={"PGOPTIONS": OPTIONS.format(path=path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    # The first seconds go into preparing the statements, which the hub has done before.
    rates = [float(rate) for rate in re.findall(r"progress: [\d.]+ s, ([\d.]+) tps", done.stderr)][-seconds:]
    failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
    if done.returncode != 0 or len(rates) < seconds or (failed and failed[1] != "0"):
        raise SystemExit(f"pgbench: {done.stdout[-500:]} {done.stderr[-500:]}")
    return statistics.fmean(rates)


LUA = """
local paths = {{ {paths} }}
local threads, count = 0, 0
mine = 0
function setup(thread) threads = threads + 1; thread:set("mine", threads) end
request = function()
  count = count + 1
  if "{method}" == "GET" then
    return wrk.format("GET", paths[count % #paths + 1], {{ ["Authorization"] = "Bearer {token}" }})
  end
  return wrk.format("POST", paths[1], {{ ["Authorization"] = "Bearer {token}", ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = "{run}-" .. mine .. "-" .. count }}, [==[{body}]==])
end
"""


def rate_of_hub(hub: Served, script: Path, paths: Sequence[str], seconds: int, body: object = None) -> float:
    """Requests a second over HTTP on as many connections."""
    now = time.time_ns()
    text = LUA.format(
        paths=", ".join(f'"{path}"' for path in paths),
        method="GET" if body is None else "POST",
        token=hub.token,
        run=now,
        body=json.dumps(body),
    )
    script.write_text(text, encoding="utf-8")
    words = ["wrk", "-t", "2", "-c", str(CONNECTIONS), "-s", str(script), "-d"]
    subprocess.run([*words, "1", hub.url], check=True, stdout=subprocess.DEVNULL)
    # Keys that were used say the same again, so each run has its own.
    script.write_text(text.replace(str(now), str(now + 1)), encoding="utf-8")
    done = subprocess.run([*words, str(seconds), hub.url], check=True, capture_output=True, text=True)
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise SystemExit(f"wrk: {done.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])
