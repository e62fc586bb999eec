"""The shared hub on PostgreSQL: point reads and filing beside pgbench with the same SQL, import and proof of delivery beside
`psql`, and the proof through the server beside the one of a local store."""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import filing
from cluster import Cluster, running
from harness import Command, Result, compared, in_turn, run
from hubs import AS_OF, AS_OF_NUMBER, HERE, Bench, copy
from traffic import CONNECTIONS, OPERATOR, WHOLE, Served, rate_of_hub, rate_of_pgbench, served, statements

#: How long one side of a rate is measured.
SECONDS = 5
#: So many things are read. Each more is prepared by pgbench for each connection, and not by the hub.
THINGS = 1


def measure(bench: Bench) -> list[Result]:
    """Everything about the shared hub."""
    with running() as cluster:
        return [*_rates(bench, cluster), *_ledger(bench, cluster), *_through(bench)]


def _rates(bench: Bench, cluster: Cluster) -> list[Result]:
    made = filing.Filing(bench.hub("filing", 1_000, customers=25))
    requests = _filed(made)
    database = "rates"
    store = cluster.make(database)
    run(_on(bench, store, "copy", str(requests), store))
    serve = partial(served, bench.program, store, bench.work / "no-config.toml", filing.WHO)
    reads = _what(bench, store)
    cluster.sql("postgres", f"ALTER DATABASE {database} SET log_statement = 'all'")
    # One connection, which has nothing left to prepare when it is listened to.
    with serve("--readers", "1") as hub:
        scripts = {name: _scripts(bench, cluster, hub, name, paths) for name, paths in reads.items()}
        entry = _entry(bench, cluster, hub)
    cluster.sql("postgres", f"ALTER DATABASE {database} RESET log_statement")
    results = []
    with serve("--readers", str(CONNECTIONS)) as hub, _local(bench, requests) as local:
        for name, paths in reads.items():
            sides = [
                partial(rate_of_hub, hub, bench.work / "read.lua", paths, SECONDS),
                partial(rate_of_pgbench, cluster, database, scripts[name], SECONDS),
                partial(rate_of_hub, local, bench.work / "read.lua", paths, SECONDS),
            ]
            results += _compared(f"{name}, {CONNECTIONS} connections", bench.runs, sides, 0.6)
        body = {"orders": [ORDER]}
        sides = [
            partial(rate_of_hub, hub, bench.work / "file.lua", ["/v1/requests"], SECONDS, body),
            partial(rate_of_pgbench, cluster, database, [entry], SECONDS, WHOLE),
            partial(rate_of_hub, local, bench.work / "file.lua", ["/v1/requests"], SECONDS, body),
        ]
        results += _compared(f"filing a request, {CONNECTIONS} connections", bench.runs, sides, 0.5)
    return results


ORDER = {
    "place": {"workspace": filing.SPACE},
    "draft": {
        "title": "Line 7 reports nothing",
        "description": "Since 10:10 nothing arrives; restarted twice",
        "product": "Exchange",
        "kind": "problem-resolution",
        "severity": "C",
        "contact": filing.WHO,
    },
}


def _filed(made: filing.Filing) -> Path:
    """The hub with people and 1,000 requests."""
    run(made.file())
    return made.hub.folder / "filed.db"


def _local(bench: Bench, store: Path):  # noqa: ANN202 - a context manager of traffic's
    own = copy(store, store.with_name("served.db"))
    return served(bench.program, str(own), bench.work / "no-config.toml", filing.WHO)


def _on(bench: Bench, store: str, *words: str) -> Command:
    command = bench.program.on(bench.work / "nowhere.db", *words)
    return Command(command.words, out=command.out, env={**command.env, "SERVHUB_STORE": store})


def _what(bench: Bench, store: str) -> dict[str, list[str]]:
    """The addresses of the things that are read."""

    def names(noun: str, column: str) -> list[str]:
        out = bench.work / "names.csv"
        words = (noun, "list", "--as", filing.WHO, "--all", "-o", "csv", "--columns", column)
        command = _on(bench, store, *words)
        run(Command(command.words, out=out, env=command.env))
        return list(dict.fromkeys(out.read_text(encoding="utf-8").split()[1:]))[:THINGS]

    return {
        "one request": [f"/v1/requests/{number}" for number in names("request", "request")],
        "one entitlement with its totals": [f"/v1/entitlements/{code}" for code in names("entitlements", "entitlement")],
    }


def _told(cluster: Cluster, ask: Callable[[], object]) -> list[str]:
    """What the hub says to the database meanwhile."""
    time.sleep(0.4)
    since = cluster.log.stat().st_size
    ask()
    told: list[str] = []
    while True:
        # Another process writes the log, whenever it comes to it.
        time.sleep(0.4)
        more = statements(cluster.told(since))
        if told and more == told:
            return told
        told = more


def _scripts(bench: Bench, cluster: Cluster, hub: Served, name: str, paths: list[str]) -> list[Path]:
    """A script for each address."""
    scripts = []
    for number, path in enumerate(paths):
        hub.ask(path)
        told = _told(cluster, partial(hub.ask, path))
        script = bench.work / f"{name.split()[1]}-{number}.pgbench"
        script.write_text(";\n".join(told) + ";\n", encoding="utf-8")
        scripts.append(script)
    return scripts


def _entry(bench: Bench, cluster: Cluster, hub: Served) -> Path:
    """The script of filing: the same transaction with a number, a key and an identity of its own each time."""
    body = {"orders": [ORDER]}
    hub.ask("/v1/requests", body, "warm")
    answers: list[bytes] = []
    told = _told(cluster, lambda: answers.append(hub.ask("/v1/requests", body, "benches-key")))
    number = json.loads(answers[0])[0]["request"]
    script = bench.work / "filing.pgbench"
    script.write_text(_own(told, number), encoding="utf-8")
    return script


def _own(told: list[str], number: str) -> str:
    lines = [r"\set number random(1000000000000000, 9000000000000000)"]
    case, record = None, None
    for statement in told:
        # What looks like a variable of pgbench in a text is none.
        text = re.sub(r":(?=\w)", ": ", statement).replace(f"'{number}'", "CAST(:number AS text)").replace("'benches-key'", "CAST(:number AS text)")
        if "FROM audit_head" in text:
            lines.append(r"SELECT id + 1 AS record, hash FROM audit_head \gset")
            continue
        if case is None and text.startswith("INSERT INTO case_event"):
            case = re.search(r"VALUES \(('\d+')", text)[1]
        if record is None and text.startswith("INSERT INTO audit "):
            record = re.search(r"VALUES \(('\d+')", text)[1]
        if case and text.startswith(("INSERT INTO case_event", "INSERT INTO filing_key")):
            text = text.replace(case, ":id")
        if record and "audit" in text:
            text = text.replace(record, ":record", 1)
        lines.append(text + (r" \gset" if text.startswith("INSERT INTO support_case") else ";"))
    return "\n".join(lines) + "\n"


def _compared(name: str, runs: int, sides: list[Callable[[], float]], least: float) -> list[Result]:
    """Rates in turn: ours, pgbench, and ours on a file."""
    samples: list[list[float]] = [[] for _ in sides]
    for _ in range(runs):
        for side, sample in zip(sides, samples, strict=True):
            sample.append(side())
    ours, theirs, local = map(statistics.median, samples)
    text = "{:,.0f} a second".format
    note = "the same SQL on both sides, as the hub was heard to say it; ours over HTTP with token, permission and answer"
    return [
        Result(f"{name}: hub on PostgreSQL / pgbench", text(ours), text(theirs), ours / theirs, least, note, True),
        Result(f"{name}: hub on SQLite / pgbench", text(local), text(theirs), local / theirs, 0, "", True),
    ]


def _ledger(bench: Bench, cluster: Cluster) -> list[Result]:
    hub = bench.large
    bare, ready = cluster.make("bare"), cluster.make("ready")
    run(_on(bench, bare, "copy", str(hub.bare), bare))
    run(_on(bench, ready, "copy", str(hub.ready), ready))

    def ours() -> Command:
        return _on(bench, cluster.make("ours", "bare"), "import", str(hub.deliveries), "--yes")

    def theirs() -> Command:
        cluster.make("theirs", "ready")
        columns = (
            "id, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id, source_key, "
            "recording_id, late"
        )
        load = rf"\copy main.ledger ({columns}) FROM '{hub.resolved}' CSV"
        return Command(cluster.words("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", "theirs", "-c", load))

    name = f"import of {hub.entries:,} deliveries into PostgreSQL / `psql \\copy` of resolved rows"
    note = "both into a schema that has all but the deliveries, with every index, key and trigger"
    results = [compared(name, in_turn(bench.runs, ours, theirs), 0.3, note)]
    cluster.sql("ours", "ANALYZE")
    query = bench.work / "cpod.pg.sql"
    text = (HERE / "cpod.pg.sql").read_text(encoding="utf-8").replace("@as_of", str(AS_OF_NUMBER))
    query.write_text(f"SET search_path = main, public;\n{text}", encoding="utf-8")
    mine, other = bench.work / "pg-ours.csv", bench.work / "pg-psql.csv"
    words = ("export", "cpod", "-o", "csv", "--as-of", AS_OF, "--out", str(mine))
    sides = (
        lambda: _on(bench, cluster.address("ours"), *words),
        lambda: Command(cluster.words("psql", "-Xq", "-d", "ours"), out=other, stdin=query),
    )
    name = f"`export cpod -o csv` of {hub.entries:,} deliveries from PostgreSQL / `psql COPY (query) TO STDOUT`"
    results.append(compared(name, in_turn(bench.runs, *sides), 0.6))
    return results


def _through(bench: Bench) -> list[Result]:
    """The proof through a server against the local one, on the same file."""
    hub = bench.large
    own = copy(hub.full, hub.folder / "served.db")
    with served(bench.program, str(own), bench.work / "no-config.toml", OPERATOR) as server:
        words = ("export", "cpod", "-o", "csv", "--as-of", AS_OF, "--out")

        def away() -> Command:
            command = bench.program.on(hub.full, *words, str(hub.folder / "away.csv"))
            return Command(command.words, env={**command.env, "SERVHUB_STORE": server.url, "SERVHUB_TOKEN": server.token})

        before = server.peak_kib
        samples = in_turn(bench.runs, away, lambda: bench.program.on(hub.full, *words, str(hub.folder / "here.csv")))
        more = (server.peak_kib - before) / 1024
    if (hub.folder / "away.csv").read_bytes() != (hub.folder / "here.csv").read_bytes():
        raise SystemExit("the proof through the server differs")
    name = f"`export cpod -o csv` of {hub.entries:,} deliveries through a server / on the local store"
    return [
        compared(name, samples, 1.5),
        Result("memory that the server takes for it / 64 MiB", f"{more:.1f} MiB", "64 MiB", more / 64, 1),
    ]


