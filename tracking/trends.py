"""The trends page in words: each chart with a sentence that says what it shows, and a table of its numbers.

Takes sums from `tracking.insights`, geometry from `tracking.charts`, and puts words to both. No
queries and no rules here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from tracking import charts, telling
from tracking.charts import Chart
from tracking.insights import Feeling, Span

# Up to so many weeks each has its date below it; beyond, only the months are named.
_DATED = 8
_WORST = 10
_ALL = 100
NOTHING_TOLD = "–"  # noqa: RUF001


@dataclass(frozen=True)
class Panel:
    """One chart: `sentence` says what it shows, `legend` names its lines, `rows` has its numbers under `head`."""

    key: str
    title: str
    sentence: str
    chart: Chart
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    legend: Sequence[str] = ()


def practice(spans: Sequence[Span]) -> list[Panel]:
    """Return minutes, sessions and days by week or by month."""
    is_weekly = spans[0].goal is not None
    labels = _labels(spans)
    minutes = sum(span.minutes for span in spans)
    sessions = sum(span.sessions for span in spans)
    return [
        Panel(
            "minutes",
            gettext("Minutes a week") if is_weekly else gettext("Minutes a month"),
            _average_minutes(minutes, len(spans), is_weekly=is_weekly),
            charts.bars([span.minutes for span in spans], labels, least_top=20),
            _head(gettext("Minutes"), is_weekly=is_weekly),
            _rows(spans, lambda span: str(span.minutes)),
        ),
        Panel(
            "sessions",
            gettext("Sessions a week") if is_weekly else gettext("Sessions a month"),
            _all_sessions(sessions, len(spans), is_weekly=is_weekly),
            charts.bars([span.sessions for span in spans], labels, least_top=4),
            _head(gettext("Sessions"), is_weekly=is_weekly),
            _rows(spans, lambda span: str(span.sessions)),
        ),
        _days(spans, labels, is_weekly=is_weekly),
    ]


def _days(spans: Sequence[Span], labels: Sequence[str], *, is_weekly: bool) -> Panel:
    days = [span.days for span in spans]
    if not is_weekly:
        words = gettext("A session of a minute makes a day count, and several on a day count once.")
        chart = charts.bars(days, labels, least_top=8)
        head = _head(gettext("Days"), is_weekly=False)
        return Panel("days", gettext("Days a month"), words, chart, head, _rows(spans, lambda span: str(span.days)))
    # A week that is not over, or was wholly off, has not missed anything.
    judged = [span for span in spans if span.is_met or (span.goal and not span.is_open)]
    met = sum(span.is_met for span in judged)
    words = gettext("The line across is your goal.")
    if judged:
        words = ngettext(
            "%(met)s of %(count)s week met its goal, which is the line across; a week off and one still open are left out.",
            "%(met)s of %(count)s weeks met their goal, which is the line across; weeks off and one still open are left out.",
            len(judged),
        ) % {"met": met, "count": len(judged)}
    return Panel(
        "days",
        gettext("Days a week, and the goal"),
        words,
        charts.bars(days, labels, goals=[span.goal or None for span in spans], least_top=7),
        (gettext("Week from"), gettext("Days"), gettext("Goal")),
        [(_name(span), str(span.days), str(span.goal) if span.goal else gettext("off")) for span in spans],
    )


def strength(spans: Sequence[Span], scores: Mapping[date, float], today: date) -> Panel:
    """Return the strength at the end of each span, that of the open one today; scores are 0 to 1 by day."""
    values = [round(scores[day] * _ALL) if (day := min(span.last, today)) in scores else None for span in spans]
    now = values[-1] or 0
    return Panel(
        "strength",
        gettext("Strength of the habit"),
        gettext("It stands at %(count)s of 100 now. A missed day costs little, and no lapse takes it all.")
        % {"count": now},
        charts.lines([values], _labels(spans), top=_ALL),
        _head(gettext("Strength"), is_weekly=spans[0].goal is not None),
        [(_name(span), _told(value)) for span, value in zip(spans, values, strict=True)],
    )


def feelings(weeks: Sequence[Span], felt: Sequence[Feeling], whole: Feeling) -> list[Panel]:
    """Return pain and stiffness before and after by week, each with the days practised beside it in the table."""
    found = [
        _felt("pain", gettext("Pain, from 0 to 10"), whole.pain_before, whole.pain_after, weeks, felt),
        _felt(
            "stiffness", gettext("Stiffness, from 0 to 10"), whole.stiffness_before, whole.stiffness_after, weeks, felt
        ),
    ]
    return [panel for panel in found if panel]


def _felt(
    key: str, title: str, before: float | None, after: float | None, weeks: Sequence[Span], felt: Sequence[Feeling]
) -> Panel | None:
    if before is None and after is None:
        return None
    firsts: list[float | None] = [getattr(one, f"{key}_before") for one in felt]
    lasts: list[float | None] = [getattr(one, f"{key}_after") for one in felt]
    return Panel(
        key,
        title,
        gettext("On average %(before)s before a session and %(after)s after it.")
        % {"before": _told(before), "after": _told(after)},
        charts.lines([firsts, lasts], _labels(weeks), top=_WORST),
        (gettext("Week from"), gettext("Before"), gettext("After"), gettext("Days")),
        [
            (_name(week), _told(first), _told(then), str(week.days))
            for week, first, then in zip(weeks, firsts, lasts, strict=True)
        ],
        (gettext("before"), gettext("after")),
    )


def mornings(whole: Feeling) -> str:
    """Say how the next mornings were, "" where nobody was asked."""
    if not whole.better + whole.same + whole.worse:
        return ""
    return gettext("Next mornings: %(better)s better, %(same)s the same, %(worse)s worse.") % {
        "better": whole.better,
        "same": whole.same,
        "worse": whole.worse,
    }


def change(before: float | None, after: float | None) -> str:
    """Say an average before and after: "4.2 → 2.1"."""
    return "" if before is None and after is None else f"{_told(before)} → {_told(after)}"


def balance(left: int, right: int) -> Panel:
    """Return the seconds of each side in all."""
    less, more = sorted((left, right))
    if more - less <= max(more, 1) * 0.05:
        words = gettext("Left and right are even.")
    elif left < right:
        words = gettext("The left side had %(length)s less.") % {"length": telling.length_in_words(right - left)}
    else:
        words = gettext("The right side had %(length)s less.") % {"length": telling.length_in_words(left - right)}
    names = (gettext("Left"), gettext("Right"))
    minutes = [round(left / 60, 1), round(right / 60, 1)]
    return Panel(
        "balance",
        gettext("Left and right, in minutes"),
        words,
        charts.bars(minutes, names, least_top=4),
        (gettext("Side"), gettext("Minutes")),
        [(name, f"{value:g}") for name, value in zip(names, minutes, strict=True)],
    )


def _average_minutes(minutes: int, count: int, *, is_weekly: bool) -> str:
    words = {"minutes": telling.minutes(round(minutes / count)), "count": count}
    if is_weekly:
        return (
            ngettext("%(minutes)s in your first week.", "%(minutes)s a week on average, over %(count)s weeks.", count)
            % words
        )
    return (
        ngettext("%(minutes)s in your first month.", "%(minutes)s a month on average, over %(count)s months.", count)
        % words
    )


def _all_sessions(sessions: int, count: int, *, is_weekly: bool) -> str:
    several = ngettext("%(count)s session", "%(count)s sessions", sessions) % {"count": sessions}
    if is_weekly:
        words = ngettext("%(sessions)s in %(count)s week.", "%(sessions)s in %(count)s weeks.", count)
    else:
        words = ngettext("%(sessions)s in %(count)s month.", "%(sessions)s in %(count)s months.", count)
    return words % {"sessions": several, "count": count}


def _head(what: str, *, is_weekly: bool) -> Sequence[str]:
    return (gettext("Week from") if is_weekly else gettext("Month"), what)


def _rows(spans: Iterable[Span], value: Callable[[Span], str]) -> list[Sequence[str]]:
    return [(_name(span), value(span)) for span in spans]


def _name(span: Span) -> str:
    return date_format(span.first, "F Y" if span.goal is None else "j M Y")


def _labels(spans: Sequence[Span]) -> list[str]:
    """Dates for a few weeks, else the month where one begins."""
    if spans[0].goal is not None and len(spans) <= _DATED:
        return [date_format(span.first, "j M") for span in spans]
    months = [(span.first.year, span.first.month) for span in spans]
    return [
        date_format(span.first, "M") if n == 0 or months[n] != months[n - 1] else "" for n, span in enumerate(spans)
    ]


def _told(value: float | None) -> str:
    return NOTHING_TOLD if value is None else f"{value:g}"
