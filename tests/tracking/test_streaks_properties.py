"""What holds for every history and every choice of settings, tried on random ones."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import process_time
from zoneinfo import available_timezones

from hypothesis import given
from hypothesis import strategies as st

import tests.hypothesis_profiles  # noqa: F401
from tests.tracking.streaks_helpers import as_json, figures, from_json, on
from tests.tracking.streaks_oracle import is_neutral, slow_daily, slow_freezes, slow_weekly
from tests.tracking.streaks_strategies import FIRST, History, dates, histories
from tracking.streaks import Settings, daily, practice_day, strength, travel_links, weekly

DAY = timedelta(days=1)
zones = st.sampled_from(sorted(available_timezones()))


# 1
@given(history=histories())
def test_figures_are_within_bounds(history: History) -> None:
    seen = figures(*history)
    assert 0 <= seen.current <= seen.longest <= len(history.days)
    assert 0 <= seen.week_current <= seen.week_longest <= len(history.days)
    assert 0 <= seen.week_done <= 7
    assert 0 <= seen.week_goal <= 7
    assert seen.open_today == (history.today not in history.days)


# 2
@given(history=histories(freezes=False))
def test_daily_equals_the_slow_oracle(history: History) -> None:
    result = daily(*history)
    assert (result.current, result.longest) == slow_daily(*history)
    assert result.frozen == frozenset()


@given(history=histories())
def test_daily_with_freezes_equals_the_walk_by_the_letter(history: History) -> None:
    result = daily(*history)
    assert (result.current, result.longest, result.frozen) == slow_freezes(*history)


@given(history=histories())
def test_weekly_equals_the_slow_oracle(history: History) -> None:
    result = weekly(*history)
    assert (result.done, result.goal, result.current, result.longest) == slow_weekly(*history)


# 3
@given(history=histories(), extra=dates)
def test_logging_a_day_never_lowers_any_figure(history: History, extra: date) -> None:
    days, settings, today = history
    now = max(today, extra)  # A day can be logged once it has come.
    before, after = figures(days, settings, now), figures(days | {extra}, settings, now)
    assert after.never_below(before)
    assert after.week_goal == before.week_goal


# 4, and with freezes as well: a neutral day costs nothing where a freeze was spent before.
@given(history=histories(), pause=dates)
def test_pausing_a_day_never_lowers_any_figure(history: History, pause: date) -> None:
    days, settings, today = history
    paused = replace(settings, paused=frozenset(settings.paused) | {pause})
    assert figures(days, paused, today).never_below(figures(*history))


@given(history=histories(), link=dates)
def test_a_travel_day_never_lowers_any_figure(history: History, link: date) -> None:
    days, settings, today = history
    linked = replace(settings, linked=frozenset(settings.linked) | {link})
    assert figures(days, linked, today).never_below(figures(*history))


# 5
@given(history=histories())
def test_time_changes_current_only_by_ending_a_missed_required_day(history: History) -> None:
    days, settings, today = history
    before, after = daily(*history), daily(days, settings, today + DAY)
    ended_a_missed_day = today not in days and not is_neutral(today, settings)
    if after.current != before.current:
        assert ended_a_missed_day
        assert after.current == 0
        assert after.frozen == before.frozen
    if ended_a_missed_day and settings.freeze_cap == 0:
        assert after.current == 0
    assert after.longest == before.longest


@given(history=histories(), later=st.integers(0, 60))
def test_time_never_changes_the_longest(history: History, later: int) -> None:
    days, settings, today = history
    now, then = figures(*history), figures(days, settings, today + later * DAY)
    assert (then.longest, then.week_longest) == (now.longest, now.week_longest)


# 6
@given(history=histories(), weeks=st.integers(-500, 500))
def test_shifting_everything_by_whole_weeks_changes_nothing(history: History, weeks: int) -> None:
    def moved(day: date) -> date:
        return day if day == date.min else day + timedelta(weeks=weeks)

    def all_moved(days: Iterable[date]) -> frozenset[date]:
        return frozenset(map(moved, days))

    days, settings, today = history
    shifted = replace(
        settings,
        goals=tuple((moved(day), goal) for day, goal in settings.goals),
        rests=tuple((moved(day), rest) for day, rest in settings.rests),
        paused=all_moved(settings.paused),
        linked=all_moved(settings.linked),
        started=settings.started and moved(settings.started),
    )
    assert figures(all_moved(days), shifted, moved(today)) == figures(*history)


@given(history=histories(), data=st.data())
def test_only_the_set_of_days_matters(history: History, data: st.DataObject) -> None:
    days, settings, today = history
    several = data.draw(st.lists(st.sampled_from(sorted(days)), max_size=9)) if days else []
    shuffled = data.draw(st.permutations([*days, *several]))
    assert figures(shuffled, settings, today) == figures(*history)
    assert daily(iter(shuffled), settings, today) == daily(*history)


# 8
@given(history=histories(), data=st.data())
def test_replaying_sessions_in_any_order_gives_the_same_figures(history: History, data: st.DataObject) -> None:
    days, settings, today = history
    sessions = [(f"{day}/{number}", day) for day in days for number in range(2)]
    repeated = data.draw(st.lists(st.sampled_from(sessions), max_size=9)) if sessions else []
    rows: dict[str, date] = {}
    for identity, day in data.draw(st.permutations([*sessions, *repeated])):
        rows.setdefault(identity, day)
    assert len(rows) == 2 * len(days)
    assert figures(rows.values(), settings, today) == figures(*history)


# 9
@given(
    history=histories(),
    hours=st.integers(0, 48),
    here=st.tuples(zones, st.integers(0, 6)),
    there=st.tuples(zones, st.integers(0, 6)),
)
def test_another_zone_or_day_start_leaves_the_longest_alone(
    history: History, hours: int, here: tuple[str, int], there: tuple[str, int]
) -> None:
    days, settings, today = history
    now = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(hours=hours)
    one = figures(days, settings, practice_day(now, *here))
    other = figures(days, settings, practice_day(now, *there))
    assert (one.longest, one.week_longest) == (other.longest, other.week_longest)


@given(history=histories())
def test_an_export_and_import_leaves_all_numbers_unchanged(history: History) -> None:
    days, settings, today = history
    text = json.dumps({"days": sorted(map(str, days)), "settings": as_json(settings)})
    back = json.loads(text)
    restored = from_json(back["settings"])
    assert restored == settings
    assert figures(map(on, back["days"]), restored, today) == figures(*history)


@given(history=histories(), extra=dates, zone=zones)
def test_logging_the_day_lost_to_travel_never_lowers_any_figure(history: History, extra: date, zone: str) -> None:
    # The links are derived as well, so the new day changes them; that must not undo its worth.
    days, settings, today = history
    now = max(today, extra)
    entries = [(day, zone if day.day % 3 else "Pacific/Kiritimati") for day in days]
    before = travel_links(entries, now, zone)
    after = travel_links([*entries, (extra, zone)], now, zone)
    assert before - after <= {extra}
    seen = figures(days | {extra}, replace(settings, linked=after), now)
    assert seen.never_below(figures(days, replace(settings, linked=before), now))


def processor_seconds(work: Callable[[], object]) -> float:
    """Return the least of three measurements; other programs on the machine do not count."""

    def once() -> float:
        began = process_time()
        work()
        return process_time() - began

    return min(once() for _ in range(3))


def test_thirty_years_take_milliseconds() -> None:
    days = [FIRST + n * DAY for n in range(14_000) if n % 7 not in {2, 6}]
    settings = Settings(freeze_cap=2, paused=frozenset(days[5000:5100]))
    today = days[-1]

    def everything() -> None:
        daily(days, settings, today)
        weekly(days, settings, today)
        strength(days, today, per_week=5)
        travel_links([(day, "Europe/Berlin") for day in days], today, "Europe/Berlin")

    # About 40 ms, and several times that under coverage; one quadratic step would take a minute.
    assert processor_seconds(everything) < 3


def test_a_session_dated_by_mistake_long_ago_costs_no_time() -> None:
    days = [date.min, FIRST]
    assert daily(days, Settings(), FIRST).current == 1
    assert processor_seconds(lambda: daily(days, Settings(), FIRST)) < 0.05
