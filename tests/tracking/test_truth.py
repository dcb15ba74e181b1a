"""Whatever a person does on the pages, in any order, the history page tells the truth afterwards.

Hypothesis presses the same buttons as a person does and moves the clock and the person about; after
every step the page is read and held against `tests.tracking.truth`, which knows no table.
"""

import os
import re
import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.factories import UserFactory
from tests.routines.factories import make_stretch
from tests.tracking.pages import value_of
from tests.tracking.session_helpers import as_json
from tests.tracking.streaks_oracle import DAY
from tests.tracking.truth import Practice, Truth, ranges
from tracking.models import Session, Upload
from tracking.playback import Event

# Across the clock changes of both sides of the Atlantic, the end of a year, and a leap day.
BEGINNINGS = [
    datetime(2026, 3, 5, 20, tzinfo=UTC),
    datetime(2026, 3, 26, 23, 30, tzinfo=UTC),
    datetime(2026, 10, 22, 4, tzinfo=UTC),
    datetime(2026, 12, 28, 12, tzinfo=UTC),
    datetime(2028, 2, 25, 1, tzinfo=UTC),
]
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Sydney",
    "Pacific/Kiritimati",
    "Asia/Tokyo",
]
IS_THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
HTMX = {"HX-Request": "true"}
ids = st.integers(0, 2**64).map(lambda n: uuid.UUID(int=n << 32 | 7, version=4))


class Person(RuleBasedStateMachine):
    """One person with a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.clock = time_machine.travel(BEGINNINGS[0], tick=False)
        self.traveller = self.clock.start()
        self.notes = 0
        self.running: dict[str, Event] = {}
        self.brought: set[tuple[date, int, int]] = set()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(begins=st.sampled_from(BEGINNINGS), zone=st.sampled_from(ZONES), home=st.sampled_from(["", *ZONES]))
    def arrive(self, begins: datetime, zone: str, home: str) -> None:
        self.traveller.move_to(begins)
        self.user = UserFactory.create(time_zone=home)
        make_stretch("knee-to-chest")
        self.truth = Truth(now=begins, created=begins, device=zone, time_zone=home)
        self.client = Client()
        self.client.force_login(self.user)
        self.client.cookies["tz"] = zone

    # --- the world ------------------------------------------------------------------------------

    @rule(by=st.sampled_from([timedelta(minutes=20), timedelta(hours=1), timedelta(hours=7), DAY, 2 * DAY, 9 * DAY]))
    def time_passes(self, by: timedelta) -> None:
        self.truth.now += by
        self.traveller.move_to(self.truth.now)

    @rule(zone=st.sampled_from(ZONES), hours=st.integers(1, 16))
    def fly(self, zone: str, hours: int) -> None:
        self.truth.device = zone
        self.client.cookies["tz"] = zone
        self.time_passes(timedelta(hours=hours))

    # --- sessions -------------------------------------------------------------------------------

    @rule(pk=ids, seconds=st.sampled_from([None, 15, 25, 45, 90]), ago=st.sampled_from([2, 30, 600]))
    def play(self, pk: uuid.UUID, seconds: int | None, ago: int) -> None:
        """Follow a session that began so many minutes ago; None leaves it running."""
        key = str(pk)
        if key in self.truth.practices:
            return
        self.post("/sessions/", {"stretch": "knee-to-chest", "id": key})
        began = self.truth.now - timedelta(minutes=ago)
        start = Event(uuid.uuid5(pk, "start"), 1, "start", int(began.timestamp() * 1000), {"zone": self.truth.device})
        self.truth.practices[key] = Practice(
            self.truth.day_of(began, self.truth.zone), self.truth.zone, 0, False, False
        )
        self.tell(key, start)
        if seconds is None:
            self.running[key] = start
        else:
            self.end(key, start, seconds)

    @precondition(lambda self: self.running)
    @rule(data=st.data(), seconds=st.sampled_from([15, 90]))
    def finish_what_runs(self, data: st.DataObject, seconds: int) -> None:
        key = data.draw(st.sampled_from(sorted(self.running)))
        self.end(key, self.running.pop(key), seconds)

    def end(self, key: str, start: Event, seconds: int) -> None:
        self.tell(key, Event(uuid.uuid5(start.id, "end"), 2, "end", start.at + seconds * 1000, {}))
        self.truth.practices[key].is_over = True

    def tell(self, key: str, event: Event) -> None:
        """Post as the player does. How many seconds that makes is the player's business, tested with it."""
        now = int(self.truth.now.timestamp() * 1000)
        response = self.client.post(f"/sessions/{key}/events/", {"events": as_json([event]), "now": now}, headers=HTMX)
        assert response.status_code == 200, response.content
        practice = self.truth.practices[key]
        practice.seconds = response.json()["seconds"]
        practice.counts = practice.seconds >= 60

    @rule(pk=ids, back=st.sampled_from([0, 0, 1, 1, 2, 3, 5, 8, 40, 365]), minutes=st.sampled_from([1, 10, 45]))
    def add_by_hand(self, pk: uuid.UUID, back: int, minutes: int) -> None:
        day = self.truth.clock_day - back * DAY
        if str(pk) in self.truth.practices:
            return
        self.post("/history/add/", {"id": str(pk), "day": str(day), "at": "", "minutes": minutes, "name": "Yoga"})
        self.truth.practices[str(pk)] = Practice(day, self.truth.zone, minutes * 60, counts=True)

    @precondition(lambda self: any(not one.is_deleted for one in self.truth.practices.values()))
    @rule(data=st.data(), back=st.integers(0, 12), minutes=st.sampled_from([None, 1, 20]))
    def change(self, data: st.DataObject, back: int, minutes: int | None) -> None:
        """Move a session, and where it is over give it another length."""
        key, practice = self.one_of(data, is_deleted=False)
        # The latest day that it may be moved to is the one where the session was.
        day = self.truth.day_of(self.truth.now, practice.zone) - back * DAY
        if not practice.is_over:
            minutes = None
        self.notes += 1
        shown = max(1, round(practice.seconds / 60))
        fields = {"day": str(day), "at": "", "minutes": minutes or shown, "name": "Yoga", "note": str(self.notes)}
        self.post(f"/sessions/{key}/change/", fields)
        self.truth.change(practice, day=day, minutes=minutes)

    @precondition(lambda self: any(one.former and not one.is_deleted for one in self.truth.practices.values()))
    @rule(data=st.data())
    def take_the_change_back(self, data: st.DataObject) -> None:
        key, practice = self.one_of(data, is_deleted=False)
        self.post(f"/sessions/{key}/change/undo/", {})
        self.truth.take_back(practice)

    @precondition(lambda self: any(not one.is_deleted for one in self.truth.practices.values()))
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        key, practice = self.one_of(data, is_deleted=False)
        self.post(f"/sessions/{key}/delete/", {})
        practice.is_deleted = True

    @precondition(lambda self: any(one.is_deleted for one in self.truth.practices.values()))
    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        key, practice = self.one_of(data, is_deleted=True)
        self.post(f"/sessions/{key}/restore/", {})
        practice.is_deleted = False

    def one_of(self, data: st.DataObject, *, is_deleted: bool) -> tuple[str, Practice]:
        # In the order in which they came: the ids of some are made anew in every run.
        found = [key for key, one in self.truth.practices.items() if one.is_deleted == is_deleted]
        key = data.draw(st.sampled_from(found))
        return key, self.truth.practices[key]

    # --- files and questions --------------------------------------------------------------------

    @rule(lines=st.lists(st.tuples(st.sampled_from([0, 1, 2, 4, 40, 700]), st.sampled_from([0, 1, 30])), max_size=3))
    def bring_a_table(self, lines: list[tuple[int, int]]) -> None:
        """A table of dates and minutes; the line that was brought before, or deleted since, brings nothing."""
        days = [(self.truth.clock_day - back * DAY, minutes) for back, minutes in lines]
        told = Counter[tuple[date, int]]()
        coming = []
        for day, minutes in days:
            told[day, minutes] += 1
            if minutes and (day, minutes, told[day, minutes]) not in self.brought:
                self.brought.add((day, minutes, told[day, minutes]))
                coming.append(Practice(day, self.truth.zone, minutes * 60, counts=True))
        self.bring("\n".join(["date,minutes", *(f"{day},{minutes}" for day, minutes in days)]))
        self.learn(coming)

    @rule()
    def bring_back_what_is_here(self) -> None:
        """Who takes everything along and brings it in again has what they had."""
        self.bring(self.client.get("/account/export/backcare.json").content.decode())

    def bring(self, text: str) -> None:
        self.post("/account/import/", {"file": SimpleUploadedFile("mine", text.encode())})
        self.post("/account/import/confirm/", {"upload": Upload.objects.get(owner=self.user).pk})

    @rule(data=st.data())
    def answer_the_question(self, data: st.DataObject) -> None:
        """Say what happened on the days left open, if there is a question, or not now."""
        html = self.page("/")
        days = [date.fromisoformat(day) for day in re.findall(r'<select name="day-([\d-]+)"', html)]
        if not days:
            return
        assert not self.truth.days & set(days), "a day with practice is asked about"
        answers = {day: data.draw(st.sampled_from(["nothing", "stretched", "ill"])) for day in days}
        fields = {"until": str(days[-1])} | {f"day-{day}": what for day, what in answers.items()}
        fields |= {f"minutes-{day}": "10" for day in days}
        if data.draw(st.booleans()):
            self.post("/today/open-days/", {**fields, "later": "1"})
            return
        self.post("/today/open-days/", fields)
        ill = [day for day, what in answers.items() if what == "ill"]
        self.truth.pauses += [(first, last) for first, last in ranges(ill) if (first, last) not in self.truth.pauses]
        stretched = [day for day, what in answers.items() if what == "stretched"]
        self.learn([Practice(day, self.truth.zone, 600, counts=True) for day in stretched])

    def learn(self, coming: list[Practice]) -> None:
        """Find the ids that were given to new sessions, so that later steps can name them."""
        found = Session.objects.filter(owner=self.user).exclude(pk__in=self.truth.practices).exclude(seconds=0)
        by_day = sorted(found, key=lambda row: (row.practice_day, row.seconds))
        coming = sorted(coming, key=lambda one: (one.day, one.seconds))
        assert [row.practice_day for row in by_day] == [one.day for one in coming]
        self.truth.practices |= {str(row.pk): one for row, one in zip(by_day, coming, strict=True)}

    # --- choices --------------------------------------------------------------------------------

    @precondition(lambda self: len(self.truth.goals) > 1)
    @rule()
    def drop_the_coming_goal(self) -> None:
        """What holds already stays."""
        last = max(self.truth.goals)
        self.post("/account/goals/cancel/", {"starts_on": str(last)})
        this_week = self.truth.clock_day
        while this_week.weekday() != self.truth.week_start:
            this_week -= DAY
        if last > this_week:
            del self.truth.goals[last]

    @rule(
        home=st.sampled_from(["", *ZONES]),
        follows=st.booleans(),
        starts=st.tuples(st.sampled_from([0, 3, 6]), st.sampled_from([0, 5, 6])),
        goal=st.integers(1, 7),
        rest=st.frozensets(st.integers(0, 6), max_size=3),
        freezes=st.tuples(st.integers(0, 3), st.integers(1, 7)),
    )
    def prefer(
        self,
        home: str,
        follows: bool,
        starts: tuple[int, int],
        goal: int,
        rest: frozenset[int],
        freezes: tuple[int, int],
    ) -> None:
        """Save preferences: zone, start of day and week, goal, rest days and freezes."""
        truth = self.truth
        follows = follows or not home
        fields: dict[str, Any] = {"time_zone": home, "day_start": starts[0], "week_start": starts[1], "goal": goal}
        fields |= {"rest_days": sorted(rest), **({"follow_device_zone": "on"} if follows else {})}
        # How preferences tell the day: in the zone just chosen, with the start of the day as it was.
        today = truth.day_of(truth.now, home or "UTC")
        self.post("/account/", {**fields, "freeze_cap": freezes[0], "freeze_every": freezes[1]})
        truth.time_zone, truth.follows_device = home, follows
        truth.day_start, truth.week_start = starts
        truth.freeze_cap, truth.freeze_every = freezes
        this_week = today
        while this_week.weekday() != truth.week_start:
            this_week -= DAY
        truth.choose_goal(goal, this_week=this_week)
        truth.choose_rest(rest, today=today)

    @rule(back=st.integers(-3, 12), length=st.none() | st.integers(0, 10))
    def pause(self, back: int, length: int | None) -> None:
        first = self.truth.clock_day - back * DAY
        last = None if length is None else first + length * DAY
        self.post("/history/pauses/", {"starts_on": str(first), "ends_on": str(last or ""), "reason": "ill"})
        if (first, last) not in self.truth.pauses:
            self.truth.pauses.append((first, last))

    @precondition(lambda self: self.truth.pauses)
    @rule(data=st.data(), is_regretted=st.booleans())
    def unpause(self, data: st.DataObject, is_regretted: bool) -> None:
        first, last = data.draw(st.sampled_from(self.truth.pauses))
        pk = self.user.pauses.get(starts_on=first, ends_on=last).pk
        self.post(f"/history/pauses/{pk}/delete/", {})
        if is_regretted:
            self.post("/history/pauses/undo/", {})
        else:
            self.truth.pauses.remove((first, last))

    # --- what has to hold -----------------------------------------------------------------------

    @invariant()
    def the_page_tells_the_truth(self) -> None:
        html = self.page("/history/")
        wanted = self.truth.numbers()
        assert {name: value_of(html, name) for name in wanted} == wanted
        assert abs(value_of(html, "strength") - self.truth.strength()) <= 0.5 + 1e-6
        for year in sorted({self.truth.today.year, *(day.year for day in self.truth.minutes())}):
            self.the_calendar_tells_the_truth(year)

    def the_calendar_tells_the_truth(self, year: int) -> None:
        html = self.page(f"/history/?year={year}")
        told = dict(re.findall(r'<td data-day="([\d-]+)" data-minutes="(\d+)"', html))
        wanted = {str(day): str(minutes) for day, minutes in self.truth.minutes().items() if day.year == year}
        assert {day: minutes for day, minutes in told.items() if minutes != "0" or day in wanted} == wanted

    def page(self, url: str) -> str:
        response = self.client.get(url)
        assert response.status_code == 200
        return response.content.decode()

    def post(self, url: str, fields: dict[str, Any]) -> None:
        response = self.client.post(url, fields)
        assert response.status_code == 302, re.findall(r'class="error[^>]*>(.*?)<', response.content.decode())


@pytest.mark.django_db
@pytest.mark.timeout(7200 if IS_THOROUGH else 300)
def test_the_history_page_tells_the_truth_whatever_happens() -> None:
    """Five walks of twenty steps; HYPOTHESIS_PROFILE=thorough walks two hundred of forty."""
    walks, steps = (200, 40) if IS_THOROUGH else (5, 20)
    run_state_machine_as_test(
        Person,
        settings=settings(
            max_examples=walks,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=not IS_THOROUGH,
        ),
    )
