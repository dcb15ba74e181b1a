"""Devices without a browser: each plays sessions over plain HTTP as the page does, whatever becomes of the server.

For trials in which servers are killed and posts repeated. A device makes events, sends all that the
server has not acknowledged, and forgets one only when it is named in an answer. `audit` then
compares the database with what the devices know. No limits and no printing here.
"""

import http.client
import http.cookiejar
import json
import random
import sqlite3
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tests.e2e.server import DATABASE, Server
from tracking.playback import Event, Plan, State, StepResult, fold, step_results

STRETCHES = ("knee-to-chest", "childs-pose-rest", "neck-tilt")
# A server that dies comes back within seconds.
PATIENCE_S = 60
CHOICES = ("skip", "back", "mark", "more", "pace")
# What a device does when the server is gone, and what it does not take for an answer.
FAILURES = (urllib.error.URLError, OSError, http.client.HTTPException, ValueError)


class Device:
    """One person's browser: keeps cookies, plays session after session."""

    def __init__(self, server: Server, seed: int) -> None:
        self.server = server
        self.chance = random.Random(seed)
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )
        self.made: dict[str, list[dict[str, Any]]] = {}
        self.acknowledged: set[str] = set()
        self.refusals: list[str] = []

    def arrive(self) -> None:
        """Become a guest while the server still lives."""
        self.opener.open(f"{self.server.url}/account/sign-in/", timeout=10).close()
        self.begin()

    def begin(self) -> str:
        """Start a session under an id of our own, as often as it takes."""
        session = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        self.insist("/sessions/", id=session, stretch=self.chance.choice(STRETCHES))
        self.made[session] = []
        return session

    def story(self, length: int) -> list[dict[str, Any]]:
        """The events of one practice in the last hours, in order; some end it, some are never ended."""
        at = int(time.time() * 1000) - self.chance.randrange(600_000, 7_200_000)
        events: list[dict[str, Any]] = []
        is_running = False
        for seq in range(1, length + 1):
            if seq == 1:
                kind, is_running = "start", True
            elif seq == length:
                kind = self.chance.choice(["finish", "end", "mark"])
            elif self.chance.random() < 0.4:
                kind, is_running = ("pause", False) if is_running else ("resume", True)
            else:
                kind = self.chance.choice(CHOICES)
            data = {"more": {"ms": 15_000}, "pace": {"percent": 80}, "start": {"zone": "Europe/Berlin"}}.get(kind, {})
            at += self.chance.randrange(300, 20_000)
            made = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
            events.append({"id": made, "seq": seq, "kind": kind, "at": at, "data": data})
        return events

    def play(self, length: int, *, calm: float = 0.0) -> None:
        """Play one session to its end, sending after each event what is pending; `calm` seconds between events."""
        session = self.begin()
        for event in self.story(length):
            self.made[session].append(event)
            self.send(session)
            time.sleep(calm * self.chance.random())
        last = time.monotonic() + PATIENCE_S
        while self.pending(session):
            if time.monotonic() > last:
                raise TimeoutError(f"not acknowledged: {self.pending(session)} {self.refusals[-3:]}")
            self.send(session)

    def pending(self, session: str) -> list[dict[str, Any]]:
        return [event for event in self.made[session] if event["id"] not in self.acknowledged]

    def send(self, session: str) -> None:
        """Try once; what is acknowledged is forgotten."""
        try:
            self.acknowledged.update(self.post(session, self.pending(session)))
        except FAILURES as error:
            self.note(error)
            time.sleep(0.02 + 0.1 * self.chance.random())

    def post(self, session: str, events: list[dict[str, Any]]) -> list[str]:
        """Post events and return the ids that the server names."""
        told = json.dumps(events)
        acked: list[str] = json.loads(self._request(f"/sessions/{session}/events/", events=told, now=_now()))["acked"]
        return acked

    def insist(self, path: str, **values: str) -> None:
        last = time.monotonic() + PATIENCE_S
        while True:
            try:
                self._request(path, **values)
            except FAILURES as error:
                self.note(error)
                if time.monotonic() > last:
                    raise TimeoutError(f"{path} never worked: {error!r}") from error
                time.sleep(0.02 + 0.1 * self.chance.random())
            else:
                return

    def note(self, error: Exception) -> None:
        """A dead server answers nothing; an answer that refuses is a finding."""
        if isinstance(error, urllib.error.HTTPError):
            self.refusals.append(f"{error.code} {error.url}")

    def _request(self, path: str, **values: str) -> str:
        token = next(cookie.value or "" for cookie in self.cookies if cookie.name == "backcare_csrf")
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **values}).encode()
        with self.opener.open(f"{self.server.url}{path}", data=body, timeout=20) as answer:
            text: str = answer.read().decode()
            return text


@dataclass
class Audit:
    """What the database holds, against what the devices know. All but the counts must stay empty."""

    sessions: int = 0
    events: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    integrity: str = ""

    @property
    def is_clean(self) -> bool:
        return self.integrity == "ok" and not (self.lost or self.doubled or self.half)

    def __str__(self) -> str:
        return (
            f"{self.sessions} sessions, {self.events} events: {len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"{len(self.half)} half, integrity {self.integrity}"
        )


def audit(data: Path, *, acknowledged: Iterable[str], made: dict[str, list[str]]) -> Audit:
    """Look into the database itself: `made` names the events of each session, by id."""
    found = Audit()
    with closing(sqlite3.connect(data / DATABASE)) as database:
        database.row_factory = sqlite3.Row
        found.integrity = str(database.execute("PRAGMA integrity_check").fetchone()[0])
        rows = database.execute("SELECT * FROM tracking_sessionevent").fetchall()
        sessions = database.execute("SELECT * FROM tracking_session").fetchall()
        steps = database.execute('SELECT * FROM tracking_sessionstep ORDER BY session_id, "order"').fetchall()
    found.sessions, found.events = len(sessions), len(rows)
    home = {event: session for session, events in made.items() for event in events}
    ids = Counter(str(uuid.UUID(row["id"])) for row in rows)
    found.lost = sorted(set(acknowledged) - set(ids))
    found.doubled = sorted(one for one, times in ids.items() if times > 1 or one not in home)
    found.doubled += [
        row["id"] for row in rows if home.get(str(uuid.UUID(row["id"]))) != str(uuid.UUID(row["session_id"]))
    ]
    if len(sessions) != len(made):
        found.doubled.append(f"{len(sessions)} sessions of {len(made)}")
    by_session: dict[str, list[sqlite3.Row]] = {row["id"]: [] for row in sessions}
    for row in rows:
        by_session[row["session_id"]].append(row)
    for session in sessions:
        own_steps = [step for step in steps if step["session_id"] == session["id"]]
        found.half += _half(session, by_session[session["id"]], own_steps)
    return found


def _half(session: sqlite3.Row, rows: list[sqlite3.Row], steps: list[sqlite3.Row]) -> list[str]:
    """What a session's rows say, where a fresh fold of its events says something else."""
    plan = Plan.from_json(json.loads(session["plan"]))
    events = [Event(uuid.UUID(r["id"]), r["seq"], r["kind"], r["at"], json.loads(r["data"])) for r in rows]
    state = fold(plan, events)
    results = step_results(plan, state)
    wanted: dict[str, Any] = {"status": _status(state), "seconds": sum(result.done_s for result in results)}
    wrong = [
        f"{session['id']} {name}: {session[name]} for {value}"
        for name, value in wanted.items()
        if session[name] != value
    ]
    if len(steps) != len(results):
        return [*wrong, f"{session['id']}: {len(steps)} steps of {len(results)}"]
    names = [one.name for one in fields(StepResult) if steps and one.name in steps[0].keys()]  # noqa: SIM118
    for step, result in zip(steps, results, strict=True):
        wrong += [
            f"{session['id']} {n}: {step[n]} for {getattr(result, n)}" for n in names if step[n] != getattr(result, n)
        ]
    return wrong


def _status(state: State) -> str:
    if state.status == "done" and state.started_at is not None:
        return "ended" if state.how == "end" else "done"
    return "ready" if state.started_at is None else "running"


def _now() -> str:
    return str(int(time.time() * 1000))
