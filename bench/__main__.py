"""Runs the measurements on SQLite and, where it answers, on PostgreSQL, and writes bench/results.md."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
POSTGRESQL = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
HEADER = """# Measurements

`make bench` writes this page. Times are of one machine on one day; the claim is the **ratio** to the floor
measured in the same run: for pages an empty view behind the same middleware, for submissions a bare view that
inserts one row. Pages are measured in one process, without network, with the demonstration's 164 applications;
whole applications over HTTP too, where clients and site share the machine.

{machine}, {day}
"""


def main() -> None:
    complete = True
    sections = [HEADER.format(machine=_machine(), day=date.today().isoformat())]
    for name, url in (("SQLite", ""), ("PostgreSQL", POSTGRESQL)):
        result = _measure(url)
        complete = complete and (result is None or result["http"] is not None)
        sections.append(_section(name, result) if result else f"## {name}\n\nNot measured: it did not answer.\n")
    (HERE / "results.md").write_text("\n".join(sections))
    print("\n".join(sections))
    if not complete:
        raise SystemExit("Over HTTP nothing was measured; why stands above.")


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _measure(url: str) -> dict | None:
    """One database, measured in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="tsunagu-bench-") as var:
        environment = {
            **os.environ,
            "TSUNAGU_DEMO": "1",
            "TSUNAGU_VAR": var,
            "BENCH": "1",
            "DATABASE_URL": url,
        }
        if not url:
            del environment["DATABASE_URL"]
        result = _run("bench.pages", environment)
        if result is not None:
            result["http"] = _run("bench.over_http", environment)
        return result


def _run(module: str, environment: dict[str, str]) -> dict | None:
    command = [sys.executable, "-m", module]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        print(run.stderr[-2000:], file=sys.stderr)
        return None
    return json.loads(run.stdout.splitlines()[-1])


def _section(name: str, result: dict) -> str:
    lines = [
        f"## {name}",
        "",
        "| what | median ms | p95 ms | ratio to the floor | queries | kB |",
        "|---|---|---|---|---|---|",
    ]
    lines += map(_page, result["pages"])
    lines += ["", "| writes | a second | ratio to the floor |", "|---|---|---|"]
    lines += [f"| {row['what']} | {row['rate']:.0f} | {row['ratio']:.2f} |" for row in result["writes"]]
    lines += _over_http(result["http"])
    lines += [
        "",
        "| with 50,000 cases at one desk, most handed on | median ms | p95 ms | ratio to the floor | queries | kB |",
    ]
    lines += ["|---|---|---|---|---|---|", *map(_page, result["volume"])]
    lines += ["", "| the desk's tabs, counted by themselves | cases | median ms | ratio to the plainest (received) |"]
    lines += ["|---|---|---|---|", *map(_tab, result["tabs"])]
    return "\n".join(lines) + "\n"


def _over_http(rates: dict | None) -> list[str]:
    """Ratios of costs: how often a floor is done in the time of one."""
    if rates is None:
        return ["", "Over HTTP: not measured."]
    requests, empty, insert = rates["requests"], rates["empty"], rates["insert"]
    rows = [
        ("an empty view (floor)", empty, "1.0"),
        ("a bare view that inserts one row (floor)", insert, "1.0"),
        (
            f"a whole application, {requests} requests",
            rates["whole"],
            f"{empty / rates['whole'] / requests:.1f} a request",
        ),
        ("its last step", rates["last"], f"{insert / rates['last']:.1f}"),
    ]
    how = f"over HTTP, gunicorn with 2 workers, {rates['clients']} clients on the same machine"
    return [
        "",
        f"| {how} | a second | ratio to the floor |",
        "|---|---|---|",
        *(f"| {what} | {rate:.1f} | {ratio} |" for what, rate, ratio in rows),
    ]


def _tab(row: dict) -> str:
    return f"| {row['what']} | {row['cases']} | {row['median']:.1f} | {row['ratio']:.1f} |"


def _page(row: dict) -> str:
    times = f"{row['median']:.1f} | {row['p95']:.1f} | {row['ratio']:.1f}"
    return f"| {row['what']} | {times} | {row['queries']} | {row['kilobytes']:.1f} |"


if __name__ == "__main__":
    main()
