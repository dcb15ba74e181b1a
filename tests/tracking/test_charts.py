"""The geometry of charts: within the box, true to the values, readable at any length."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking import charts, insights, trends
from tracking.calendar import Total
from tracking.charts import HEIGHT, WIDTH, Chart
from tracking.streaks import Settings

TODAY = date(2026, 3, 4)


def check(chart: Chart) -> None:
    """Everything within the box, and no label over another."""
    for bar in chart.bars:
        assert bar.x >= charts.LEFT
        assert bar.x + bar.width <= chart.right + 0.1
        assert 0 <= bar.y <= bar.y + bar.height <= chart.base + 0.1
        assert bar.goal_y is None or 0 <= bar.goal_y <= chart.base
    for line in chart.lines:
        assert all(charts.LEFT <= dot.x <= chart.right and 0 <= dot.y <= chart.base for dot in line.dots)
    for label in chart.labels:
        assert label.x - label.width / 2 >= -0.1
        assert label.x + label.width / 2 <= WIDTH + 0.1
    for one, other in pairwise(chart.labels):
        assert one.x + one.width / 2 < other.x - other.width / 2
    heights = [tick.y for tick in chart.ticks]
    assert heights == sorted(heights, reverse=True)
    assert all(upper + charts.FONT <= lower for lower, upper in pairwise(heights))
    assert all(charts.width_of(tick.text) <= chart.left - charts.TICK_GAP for tick in chart.ticks)
    assert len({tick.text for tick in chart.ticks}) == len(chart.ticks)


@pytest.mark.parametrize("length", [1, 7, 365, 3650])
@pytest.mark.parametrize("by", ["week", "month"])
def test_charts_hold_at_any_length_and_the_table_says_the_same(length, by):
    totals = {TODAY - timedelta(days=n): Total(60 * (n % 40), 1, 1) for n in range(length)}
    spans = insights.by_week(totals, Settings(), TODAY) if by == "week" else insights.by_month(totals, TODAY)
    panels = trends.practice(spans)
    for panel in panels:
        check(panel.chart)
        assert [f"{bar.value:g}" for bar in panel.chart.bars] == [row[1] for row in panel.rows]
        assert panel.chart.labels, "some time is always named"
    strength = trends.strength(spans, dict.fromkeys(totals, 0.5), TODAY)
    check(strength.chart)
    assert {row[1] for row in strength.rows} == {"50"}


def test_nothing_is_an_empty_chart_with_an_axis():
    check(charts.bars([], []))
    check(charts.lines([[]], [], top=10))


def test_one_small_value_is_no_tower():
    chart = charts.bars([1], ["2 Mar"], least_top=20)
    assert chart.bars[0].height < HEIGHT / 10
    assert [tick.text for tick in chart.ticks] == ["0", "5", "10", "15", "20"]


def test_a_gap_is_not_crossed():
    line = charts.lines([[1, None, 3, 4]], ["a", "b", "c", "d"], top=10).lines[0]
    assert line.path.count("M") == 2
    assert len(line.dots) == 3


# Up to the minutes of a month with four hours on each day.
VALUES = st.lists(st.integers(0, 8000), max_size=60)


@given(values=VALUES, goal=st.one_of(st.none(), st.integers(0, 7)))
def test_bars_are_as_high_as_their_values(values, goal):
    chart = charts.bars(values, [f"{n} Mar" for n in range(len(values))], goals=[goal] * len(values), least_top=4)
    check(chart)
    assert [bar.value for bar in chart.bars] == values
    pairs = sorted((bar.value, bar.height) for bar in chart.bars)
    assert [height for _, height in pairs] == sorted(height for _, height in pairs)


@given(values=st.lists(st.one_of(st.none(), st.floats(0, 10)), min_size=1, max_size=60))
def test_lines_lie_within(values):
    chart = charts.lines([values, values[::-1]], [f"{n} Sep" for n in range(len(values))], top=10)
    check(chart)
    assert [dot.value for dot in chart.lines[0].dots] == [value for value in values if value is not None]


@given(most=st.floats(0, 100_000))
def test_ticks_are_few_and_round(most):
    ticks = charts.ticks_for(most)
    assert 2 <= len(ticks) <= 5
    assert ticks[0] == 0
    assert ticks[-1] >= max(most, 1)
