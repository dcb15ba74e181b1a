"""What a page costs the server, beside a bare Django page measured in the same run.

    make bench                      the table of pages
    make bench ARGS="--servers"     gunicorn's kinds of workers beside one another

Both sites run under gunicorn, and what counts is the processor time of all its processes:
unlike requests per second it hardly depends on what else the machine is doing. Rounds
alternate between the sites; the median round is printed. Reads /proc, so Linux only.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts"
GUNICORN = Path(sys.executable).with_name("gunicorn")

# (what it is, path, signed in). The first one carries the goals.
PAGES = (
    ("catalogue", "/stretches/", False),
    ("catalogue, filtered", "/stretches/?area=lower-back", False),
    ("catalogue, searched", "/stretches/?q=hamstring", False),
    ("stretch", "/stretches/knee-to-chest/", False),
    ("guide", "/guide/", False),
    ("routines", "/routines/", False),
    ("today", "/", False),
    ("catalogue, guest", "/stretches/", True),
    ("today, guest", "/", True),
    ("routines, guest", "/routines/", True),
    ("history, guest", "/history/", True),
)
GOAL_RATIO = 2.0 / 5.4  # 2 ms where the bare page takes 5.4 ms
GOAL_BYTES = 60_000

SIGN_IN = """
import django; django.setup()
from django.contrib.auth import get_user_model
from django.test import Client
user = get_user_model()(is_guest=True); user.save()
client = Client(); client.force_login(user)
from django.conf import settings
print(settings.SESSION_COOKIE_NAME + "=" + client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


@dataclass
class Server:
    """A running gunicorn: its port, the process ids of master and workers, its memory of start."""

    port: int
    pids: list[int]
    start_s: float
    cpu_ms: dict[str, list[float]] = field(default_factory=dict)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def get(connection: http.client.HTTPConnection, path: str, cookie: str = "") -> tuple[int, bytes]:
    """Status and body of one request over a kept connection."""
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    return response.status, response.read()


def children(pid: int) -> list[int]:
    """The process ids of a process's direct children."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def cpu_seconds(pids: list[int]) -> float:
    """Processor time of the processes so far, all threads, to the nanosecond."""
    total = 0
    for pid in pids:
        for stat in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            total += int(stat.read_text().split()[0])
    return total / 1e9


def memory_mb(pids: list[int]) -> float:
    """Proportional memory of the processes: shared pages are split among those who share."""
    total = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


@contextmanager
def serve(app: str, env: dict[str, str], *options: str) -> Iterator[Server]:
    """A gunicorn with the shipped configuration that answers on a free port."""
    port = free_port()
    command = [str(GUNICORN), "--config", str(SCRIPTS / "gunicorn.conf.py"), *options, app]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env={**env, "PORT": str(port)}, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                get(http.client.HTTPConnection("127.0.0.1", port, timeout=10), "/")
                break
            except ConnectionError:
                if process.poll() is not None or time.perf_counter() - started > 60:
                    sys.exit(f"{app} didn't start")
                time.sleep(0.01)
        took = time.perf_counter() - started
        time.sleep(0.3)
        yield Server(port, [process.pid, *children(process.pid)], took)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def prepare(folder: Path) -> dict[str, str]:
    """A fresh data folder with the catalogue in it; returns the environment that uses it."""
    env = {**os.environ, "DATA_DIR": str(folder), "BENCH_FOLDER": str(folder), "PYTHONPATH": f"{ROOT}:{SCRIPTS}"}
    env |= {"DJANGO_SETTINGS_MODULE": "backcare.settings", "DATABASE_URL": "", "SITE_URL": "", "DEBUG": ""}
    env = {name: value for name, value in env.items() if value}
    for command in (["scripts/prepare.py"], ["scripts/bench_bare.py"]):
        port = {"PORT": str(free_port())}
        subprocess.run([sys.executable, *command], cwd=ROOT, env={**env, **port}, check=True)
    return env


def measure(server: Server, name: str, path: str, cookie: str, requests: int) -> bytes:
    """Ask for the page `requests` times and note the processor time of one; returns the page."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    status, body = get(connection, path, cookie)
    if status != 200:
        sys.exit(f"{path} answered {status}")
    before = cpu_seconds(server.pids)
    for _ in range(requests):
        get(connection, path, cookie)
    spent = cpu_seconds(server.pids) - before
    server.cpu_ms.setdefault(name, []).append(spent * 1000 / requests)
    connection.close()
    return body


def bench_pages(rounds: int, requests: int) -> bool:
    """Print the table; True when the catalogue keeps its goals."""
    with tempfile.TemporaryDirectory(prefix="backcare-bench-") as name, ExitStack() as stack:
        env = prepare(Path(name))
        sign_in = [sys.executable, "-c", SIGN_IN]
        cookie = subprocess.run(sign_in, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout.strip()
        bare = stack.enter_context(serve("bench_bare:application", env))
        ours = stack.enter_context(serve("backcare.wsgi:application", env))
        sizes: dict[str, bytes] = {}
        for number in range(rounds + 1):
            for title, path, signed_in in PAGES:
                measure(bare, "bare", "/", "", requests // 2)
                sizes[title] = measure(ours, title, path, cookie if signed_in else "", requests)
            if number == 0:  # the first round warms caches and counts for nothing
                bare.cpu_ms, ours.cpu_ms = {}, {}
        yardstick = statistics.median(bare.cpu_ms["bare"])
        print(f"{'page':24}{'CPU ms':>8}{'of bare':>9}{'HTML kB':>9}{'gzip kB':>9}")
        print(f"{'bare Django, 30 cards':24}{yardstick:8.2f}{1:9.2f}")
        for title, body in sizes.items():
            cpu = statistics.median(ours.cpu_ms[title])
            packed = len(gzip.compress(body, 6))
            print(f"{title:24}{cpu:8.2f}{cpu / yardstick:9.2f}{len(body) / 1000:9.1f}{packed / 1000:9.1f}")
        print(f"\nfirst page after {ours.start_s:.2f} s (bare {bare.start_s:.2f} s)")
        print(
            f"memory of {len(ours.pids)} processes: {memory_mb(ours.pids):.0f} MB (bare {memory_mb(bare.pids):.0f} MB)"
        )
        catalogue = statistics.median(ours.cpu_ms["catalogue"])
        size = len(sizes["catalogue"])
        goals = (
            (f"catalogue at most {GOAL_RATIO:.2f} of the bare page's CPU", catalogue / yardstick <= GOAL_RATIO),
            (f"catalogue's HTML under {GOAL_BYTES // 1000} kB", size < GOAL_BYTES),
        )
        print()
        for goal, met in goals:
            print(f"{'ok  ' if met else 'MISS'} {goal}")
        return all(met for _, met in goals)


def load(server: Server, path: str, clients: int, seconds: float) -> float:
    """Pages a second with that many clients, each on its own kept connection."""
    stop = time.perf_counter() + seconds
    counts = [0] * clients

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        while time.perf_counter() < stop:
            try:
                get(connection, path)
            except (ConnectionError, http.client.HTTPException):
                connection.close()
                continue
            counts[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def wait_behind_idle(server: Server, connections: int) -> float:
    """Milliseconds that a page takes while others are connected and say nothing, as browsers do."""
    with ExitStack() as stack:
        for _ in range(connections):
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        time.sleep(0.2)
        started = time.perf_counter()
        try:
            get(http.client.HTTPConnection("127.0.0.1", server.port, timeout=8), "/")
        except TimeoutError:
            return float("inf")
        return (time.perf_counter() - started) * 1000


def bench_servers(rounds: int, requests: int) -> None:
    """Print gunicorn's kinds of workers beside one another, on the bare page."""
    kinds = {
        # With more threads, gunicorn would quietly take gthread instead.
        "sync": ("--worker-class", "sync", "--threads", "1"),
        "gthread, 1 thread": ("--worker-class", "gthread", "--threads", "1"),
        "gthread, 4 threads": ("--worker-class", "gthread", "--threads", "4"),
        "gthread, 8 threads": ("--worker-class", "gthread", "--threads", "8"),
    }
    with tempfile.TemporaryDirectory(prefix="backcare-bench-") as name:
        env = prepare(Path(name))
        results: dict[str, list[tuple[float, ...]]] = {kind: [] for kind in kinds}
        for _ in range(rounds):
            for kind, options in kinds.items():
                with serve("bench_bare:application", env, *options) as server:
                    measure(server, "warm", "/", "", 50)
                    measure(server, kind, "/", "", requests)
                    before = cpu_seconds(server.pids)
                    rate = load(server, "/", 8, 3)
                    under_load = (cpu_seconds(server.pids) - before) * 1000 / (rate * 3)
                    memory = memory_mb(server.pids)
                    idle = wait_behind_idle(server, 4)
                    results[kind].append((server.cpu_ms[kind][0], rate, under_load, memory, idle))
        print(f"{'workers':22}{'CPU ms':>8}{'pages/s':>9}{'CPU ms at 8':>13}{'memory MB':>11}{'ms behind 4 idle':>18}")
        for kind, rows in results.items():
            cpu, rate, loaded, memory, idle = (statistics.median(column) for column in zip(*rows, strict=True))
            print(f"{kind:22}{cpu:8.2f}{rate:9.0f}{loaded:13.2f}{memory:11.0f}{idle:18.0f}")


def main() -> None:
    """Run what the command line asks for; exit 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--servers", action="store_true", help="compare gunicorn's kinds of workers")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=100)
    options = parser.parse_args()
    if not Path("/proc/self/schedstat").exists():
        sys.exit("make bench reads /proc/PID/task/*/schedstat and so needs Linux.")
    if options.servers:
        bench_servers(options.rounds, options.requests)
    elif not bench_pages(options.rounds, options.requests):
        sys.exit(1)


if __name__ == "__main__":
    main()
