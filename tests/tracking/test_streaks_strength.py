"""The strength of the habit: known values, its definition said slowly, and what never happens."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.hypothesis_profiles  # noqa: F401
from tests.tracking.streaks_helpers import MONDAY, run
from tests.tracking.streaks_oracle import slow_strength
from tests.tracking.streaks_strategies import dates, day_sets, stretches_of_days
from tracking.streaks import strength

DAY = timedelta(days=1)
goals = st.integers(1, 7)


@pytest.mark.parametrize(("number", "score"), [(7, 0.311), (13, 0.5), (30, 0.798), (60, 0.959), (90, 0.992)])
def test_perfect_daily_practice(number: int, score: float) -> None:
    days = run(MONDAY, number)
    assert strength(days, days[-1], per_week=7) == pytest.approx(score, abs=5e-4)


@pytest.mark.parametrize(("missed", "score"), [(1, 0.948), (3, 0.852), (7, 0.689)])
def test_a_lapse_dents_a_firm_habit(missed: int, score: float) -> None:
    days = run(MONDAY, 1500)
    assert strength(days, days[-1], per_week=7) == pytest.approx(1)
    assert strength(days, days[-1] + missed * DAY, per_week=7) == pytest.approx(score, abs=1e-3)


@pytest.mark.parametrize(("per_week", "keeps"), [(7, 0.948078), (5, 0.955937), (3, 0.965697), (1, 0.980049)])
def test_what_a_day_without_practice_leaves(per_week: int, keeps: float) -> None:
    # After two idle weeks the window is empty, and each day keeps exactly its share.
    days = run(MONDAY, 60)
    idle = [strength(days, days[-1] + n * DAY, per_week=per_week) for n in (20, 21)]
    assert idle[1] / idle[0] == pytest.approx(keeps, abs=5e-7)


@pytest.mark.parametrize(("per_week", "after_30_days"), [(5, 0.741), (3, 0.649)])
def test_what_thirty_days_with_a_kept_goal_make_up(per_week: int, after_30_days: float) -> None:
    # The score nears 1 by the same share each day, so thirty days close that much of the distance.
    first = run(MONDAY, 14)
    before = strength(first, first[-1], per_week=per_week)
    days = run(MONDAY, 44)
    after = strength(days, days[-1], per_week=per_week)
    assert 1 - (1 - after) / (1 - before) == pytest.approx(after_30_days, abs=5e-4)


def test_three_days_a_week_are_perfect_wherever_in_the_week_they_fall() -> None:
    even = [MONDAY + (7 * week + day) * DAY for week in range(200) for day in (0, 2, 4)]
    wandering = [MONDAY + (7 * week + day + week % 2) * DAY for week in range(200) for day in (0, 2, 4)]
    for days in (even, wandering):
        assert strength(days, days[-1], per_week=3) > 0.97


def test_no_practice_is_no_strength() -> None:
    assert strength([], MONDAY, per_week=3) == 0


def test_today_is_never_before_the_last_day_logged() -> None:
    days = run(MONDAY, 5)
    assert strength(days, MONDAY, per_week=7) == strength(days, days[-1], per_week=7)


@pytest.mark.parametrize("per_week", [0, 8, -1])
def test_a_goal_is_one_to_seven_days(per_week: Any) -> None:
    with pytest.raises(ValueError, match="1 to 7"):
        strength([MONDAY], MONDAY, per_week=per_week)


def test_skipped_days_leave_the_score_as_it_was() -> None:
    days = run(MONDAY, 30)
    pause = frozenset(run(days[-1] + DAY, 10))
    before = strength(days, days[-1], per_week=7)
    assert strength(days, days[-1] + 10 * DAY, per_week=7, skipped=pause) == before
    assert strength(days, days[-1] + 11 * DAY, per_week=7, skipped=pause) < before


def test_practice_on_a_skipped_day_never_lowers_the_score() -> None:
    days = run(MONDAY, 200)
    pause = frozenset(run(days[-1] + DAY, 30))
    after = days[-1] + 25 * DAY
    before = strength(days, after, per_week=3, skipped=pause)
    assert strength([*days, after], after, per_week=3, skipped=pause) == before


def test_practice_on_a_skipped_day_may_lift_the_score() -> None:
    days = run(MONDAY, 5)
    last = days[-1]
    assert strength(days, last, per_week=7, skipped=[last]) > strength(days[:-1], last - DAY, per_week=7)


@given(days=day_sets(), today=dates, per_week=goals, skipped=stretches_of_days())
def test_it_is_what_its_definition_says(
    days: frozenset[date], today: date, per_week: int, skipped: frozenset[date]
) -> None:
    fast = strength(days, today, per_week=per_week, skipped=skipped)
    assert fast == pytest.approx(slow_strength(days, today, per_week, skipped), abs=1e-12)
    assert 0 <= fast <= 1


@given(days=day_sets(), today=dates, per_week=goals, skipped=stretches_of_days(), extra=dates)
def test_logging_a_day_never_lowers_it(
    days: frozenset[date], today: date, per_week: int, skipped: frozenset[date], extra: date
) -> None:
    now = max(days | {today, extra})
    before = strength(days, now, per_week=per_week, skipped=skipped)
    assert strength(days | {extra}, now, per_week=per_week, skipped=skipped) >= before - 1e-12


@given(days=day_sets(), today=dates, per_week=goals, skipped=stretches_of_days(), data=st.data())
def test_only_the_set_of_days_matters(
    days: frozenset[date],
    today: date,
    per_week: int,
    skipped: frozenset[date],
    data: st.DataObject,
) -> None:
    repeated = data.draw(st.permutations([*days, *sorted(days)[:3]]))
    again = strength(repeated, today, per_week=per_week, skipped=sorted(skipped))
    assert again == strength(days, today, per_week=per_week, skipped=skipped)
