"""What a long history costs: the same pages for ten sessions and for ten thousand, alternating in one run.

    make bench-history                     on SQLite, in a folder of its own
    make bench-history ARGS="--postgres"   on a throwaway PostgreSQL

Two people among two hundred others; one has practised for ten years. Measured is the time from the
request to the answer inside one process, with all middleware and the database. "Changed" is the
first look after the history has changed, when nothing that was kept still holds. Fails where the
long history takes more queries, 1.2 times the time, or 150 ms.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from bench import free_port  # noqa: E402

if TYPE_CHECKING:
    from accounts.models import User

FEW, MANY, OTHERS, OF_OTHERS = 10, 10_000, 200, 50
YEARS_OF_DAYS = 3650
STEPS = 3
MOST_RATIO = 1.2
MOST_MS = 150.0
ZONE = "Europe/Berlin"


def main() -> None:
    """Prepare, measure, print; exit 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60, help="looks at each page by each person")
    parser.add_argument("--postgres", action="store_true", help="on a throwaway PostgreSQL")
    options = parser.parse_args()
    if options.postgres:
        again = [sys.executable, str(Path(__file__)), "--rounds", str(options.rounds)]
        sys.exit(subprocess.run([sys.executable, "scripts/postgres.py", *again], cwd=ROOT, check=False).returncode)
    with tempfile.TemporaryDirectory(prefix="backcare-bench-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "backcare.settings"}
        env = {**os.environ, "PORT": str(free_port())}
        subprocess.run([sys.executable, "scripts/prepare.py"], cwd=ROOT, env=env, check=True)
        import django

        django.setup()
        if not bench(options.rounds):
            sys.exit(1)


def bench(rounds: int) -> bool:
    """Print the table; True when both goals are kept on every page."""
    from django.db import connection
    from django.test import Client

    from tracking.services import days

    now = datetime.now(UTC)
    people = {count: person(count, now) for count in (FEW, MANY)}
    for _ in range(OTHERS):
        person(OF_OTHERS, now)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    clients = {}
    for count, user in people.items():
        clients[count] = Client(HTTP_HOST="127.0.0.1")
        clients[count].force_login(user)
        clients[count].cookies["tz"] = ZONE
    yesterday = (now - timedelta(days=1)).date()
    pages = ("/history/", f"/history/{yesterday}/", "/")

    print(f"{connection.vendor}, {rounds} looks each, load {os.getloadavg()[0]:.1f}, times in ms")
    print(f"{'page':24}{'queries':>9}{'':>7}{'median':>9}{'':>9}{'p95':>9}{'':>9}{'ratio':>8}")
    print(f"{'sessions':24}" + f"{FEW:>9}{MANY:>7}{FEW:>9}{MANY:>9}{FEW:>9}{MANY:>9}")
    is_met = True
    for is_changed in (False, True):
        for page in pages:
            times: dict[int, list[float]] = {count: [] for count in people}
            queries: dict[int, int] = {}
            for number in range(rounds + 2):
                # In turn who comes first: whoever follows finds a warmer processor.
                for count in sorted(people, reverse=bool(number % 2)):
                    if is_changed:
                        days.changed(people[count])
                    queries[count], took = look(clients[count], page)
                    if number >= 2:
                        times[count].append(took)
            medians = {count: statistics.median(taken) for count, taken in times.items()}
            ratio = medians[MANY] / medians[FEW]
            title = ("/history/DAY/" if page == pages[1] else page) + (", changed" if is_changed else "")
            late = {count: statistics.quantiles(taken, n=20)[-1] for count, taken in times.items()}
            print(
                f"{title:24}{queries[FEW]:9}{queries[MANY]:7}{medians[FEW]:9.1f}{medians[MANY]:9.1f}"
                f"{late[FEW]:9.1f}{late[MANY]:9.1f}{ratio:8.2f}"
            )
            is_met &= queries[FEW] == queries[MANY] and medians[MANY] <= MOST_MS
            is_met &= is_changed or ratio <= MOST_RATIO
    print(
        f"{'ok  ' if is_met else 'MISS'} as many queries, at most {MOST_RATIO} times the time, under {MOST_MS:.0f} ms"
    )
    return is_met


def look(client: Any, page: str) -> tuple[int, float]:
    """Ask for a page: (queries, milliseconds)."""
    from django.db import connection

    count = 0

    def counted(execute: Any, *arguments: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*arguments)

    with connection.execute_wrapper(counted):
        started = time.perf_counter()
        response = client.get(page)
        took = (time.perf_counter() - started) * 1000
    if response.status_code != 200:
        sys.exit(f"{page} answered {response.status_code}")
    return count, took


def person(sessions: int, now: datetime) -> User:
    """Somebody with so many sessions, the last one today: several a day for who has thousands."""
    from accounts.models import User
    from stretches.models import Stretch
    from tracking.models import Outcome, Session, SessionStep, Status
    from tracking.services import days
    from tracking.streaks import practice_day

    user = User.objects.create_guest(time_zone=ZONE)
    stretches = list(Stretch.objects.offered().order_by("pk"))
    rows = []
    for number in range(sessions):
        back = number * YEARS_OF_DAYS // sessions if sessions == MANY else number
        began = now - timedelta(days=back, minutes=1 + number % 40)
        rows.append(
            Session(
                owner=user,
                name="Morning loosen-up",
                plan={"total_ms": 600_000, "segments": [], "steps": []},
                created_at=began,
                started_at=began,
                finished_at=began,
                time_zone=ZONE,
                utc_offset_s=3600,
                practice_day=practice_day(began, ZONE),
                status=Status.DONE,
                seconds=600,
                counts=True,
            )
        )
    Session.objects.bulk_create(rows, batch_size=1000)
    if sessions != OF_OTHERS:
        parts = [
            SessionStep(
                session=row,
                order=order,
                stretch=stretch,
                stretch_slug=stretch.slug,
                label=stretch.name,
                sides="none",
                planned_s=200,
                done_s=200,
                outcome=Outcome.DONE,
            )
            for number, row in enumerate(rows)
            for order, stretch in enumerate((stretches * 2)[number % len(stretches) :][:STEPS])
        ]
        SessionStep.objects.bulk_create(parts, batch_size=1000)
    days.rebuild(user)
    return user


if __name__ == "__main__":
    main()
