"""What weeks, feelings and areas come to: sums that add up, in whatever order the rows come."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracking import insights
from tracking.calendar import Total
from tracking.insights import Candidate, Felt, Stretched, amount_of, choose
from tracking.streaks import Settings, strength, strengths, weekly

TODAY = date(2026, 3, 4)
DAYS = st.dates(TODAY - timedelta(days=400), TODAY)
TOTALS = st.dictionaries(
    DAYS, st.builds(Total, st.integers(0, 200).map(lambda n: 60 * n), st.just(2), st.integers(0, 2))
)


def test_nothing_comes_to_nothing():
    assert insights.by_week({}, Settings(), TODAY) == insights.by_month({}, TODAY) == ()
    assert insights.feeling([]).times == 0


@given(totals=TOTALS, week_start=st.integers(0, 6))
def test_weeks_add_up_to_their_days(totals, week_start):
    settings = Settings(week_start=week_start)
    weeks = insights.by_week(totals, settings, TODAY)
    assert len(weeks) <= insights.WEEKS
    if not weeks:
        return
    inside = {day: total for day, total in totals.items() if weeks[0].first <= day}
    assert sum(week.sessions for week in weeks) == sum(total.sessions for total in inside.values())
    assert sum(week.minutes for week in weeks) == sum(total.seconds for total in inside.values()) // 60
    assert sum(week.days for week in weeks) == sum(bool(total.counting) for total in inside.values())
    assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(weeks))
    assert [week.is_open for week in weeks] == [False] * (len(weeks) - 1) + [True]
    figures = weekly([day for day, total in totals.items() if total.counting], settings, TODAY)
    assert (weeks[-1].days, weeks[-1].goal) == (figures.done, figures.goal)


@given(totals=TOTALS)
def test_months_add_up_to_their_days(totals):
    months = insights.by_month(totals, TODAY)
    assert sum(month.sessions for month in months) == sum(total.sessions for total in totals.values())
    assert all(month.first.day == 1 for month in months)


@given(days=st.sets(DAYS, max_size=40), per_week=st.integers(1, 7))
def test_the_strength_of_each_day_is_what_it_was_on_that_day(days, per_week):
    found = strengths(days, TODAY, per_week=per_week)
    assert found[-1] == (TODAY, strength(days, TODAY, per_week=per_week))
    for day, score in found[::37]:
        assert score == strength([one for one in days if one <= day], day, per_week=per_week)


RATING = st.one_of(st.none(), st.integers(0, 10))
FELT = st.builds(
    Felt,
    DAYS,
    RATING,
    RATING,
    RATING,
    RATING,
    st.sampled_from(["", "better", "same", "worse", "passed"]),
    st.sampled_from(["", "neck", "hips"]),
)


@given(rows=st.lists(FELT, max_size=20), data=st.data())
def test_feelings_are_within_their_scale_in_any_order(rows, data):
    whole = insights.feeling(rows)
    assert whole == insights.feeling(data.draw(st.permutations(rows)))
    for average in (whole.pain_before, whole.pain_after, whole.stiffness_before, whole.stiffness_after):
        assert average is None or 0 <= average <= 10
    assert whole.better + whole.same + whole.worse <= whole.times <= len(rows)
    named = insights.feelings_by_area(rows)
    assert "" not in named
    assert sum(felt.times for felt in named.values()) <= whole.times


STRETCHED = st.builds(
    Stretched,
    DAYS,
    st.sets(st.sampled_from(["neck", "hips", "calves"]), min_size=1),
    st.integers(0, 300),
    st.just(0),
    st.just(0),
)


@given(rows=st.lists(STRETCHED, max_size=30), data=st.data())
def test_areas_get_what_their_stretches_got(rows, data):
    slugs = ["neck", "hips", "calves", "chest"]
    found = insights.areas(rows, slugs, TODAY)
    assert found == insights.areas(data.draw(st.permutations(rows)), slugs, TODAY)
    assert [area.slug for area in found] == slugs
    for area in found:
        lately = [row for row in rows if area.slug in row.areas and (TODAY - row.day).days < 7]
        assert area.now == sum(row.seconds for row in lately)
        assert not (area.now and area.is_left_out)
        assert area.now <= 4 * area.usual + 3
    assert found[-1].is_left_out


def test_both_sides_count_once():
    row = Stretched(TODAY, ["hips"], 120, 60, 60)
    assert insights.areas([row], ["hips"], TODAY)[0].now == 60


def test_the_words_follow_the_evidence():
    assert [amount_of(s) for s in (0, 1, 119, 120, 599, 600)] == [
        "nothing",
        "little",
        "little",
        "enough",
        "enough",
        "plenty",
    ]


def test_fourteen_days_without_a_hold_are_left_out():
    ages = {
        n: insights.areas([Stretched(TODAY - timedelta(days=n), ["neck"], 30, 0, 0)], ["neck"], TODAY)[0]
        for n in (13, 14)
    }
    assert (ages[13].is_left_out, ages[14].is_left_out) == (False, True)


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.uuids().map(str),
        st.sets(st.sampled_from("abcdefg"), min_size=1, max_size=3),
        st.integers(1, 2),
        st.integers(0, 5),
    ),
    max_size=12,
)


@given(candidates=CANDIDATES, missing=st.sets(st.sampled_from("abcdefg")))
def test_a_routine_for_the_missing_is_short_and_to_the_point(candidates, missing):
    chosen = choose(candidates, missing)
    by_slug = {one.slug: one for one in candidates}
    useful = [one for one in candidates if one.areas & missing]
    assert len(chosen) == len(set(chosen)) <= 5
    assert len(chosen) >= min(3, len(useful))
    assert all(by_slug[slug].areas & missing for slug in chosen)
    assert [by_slug[slug].order for slug in chosen] == sorted(by_slug[slug].order for slug in chosen)
    assert chosen == choose(candidates[::-1], missing)
