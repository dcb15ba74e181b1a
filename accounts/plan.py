"""Which goal and which rest days hold since when, in words, for the page about the person. Reads only."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from accounts.models import WEEKDAYS, User
from accounts.weeks import week_of

# Enough to see what was changed lately; all of it stands in the export.
_FORMER = 3


@dataclass(frozen=True)
class Line:
    """One goal or one set of rest days; `is_ahead` while it does not hold yet."""

    starts_on: date
    words: str
    is_ahead: bool = False


@dataclass(frozen=True)
class Plan:
    """What holds and held lately, newest first."""

    goals: list[Line]
    rests: list[Line]


def plan_of(user: User, *, today: date) -> Plan:
    """Return what a person chose, by date; `today` is their practice day. Two queries."""
    this_week = week_of(today, user.week_start)
    goals = [(change.starts_on, _goal(change.days_a_week)) for change in user.goal_changes.all()]
    rests = [(change.starts_on, _rest(change.weekdays)) for change in user.rest_changes.all()]
    # A goal judges whole weeks: it holds once a week has begun with it.
    return Plan(goals=_lines(goals, this_week), rests=_lines(rests, today))


def _lines(changes: list[tuple[date, str]], now: date) -> list[Line]:
    ahead = [change for change in changes if change[0] > now]
    past = [change for change in changes if change[0] <= now][-1 - _FORMER :]
    lines = [Line(day, _from(words, day), is_ahead=True) for day, words in ahead]
    for place, (day, words) in enumerate(past):
        text = _since(words, day) if place == len(past) - 1 else _from(words, day)
        lines.append(Line(day, text))
    return sorted(lines, key=lambda line: line.starts_on, reverse=True)


def _goal(days: int) -> str:
    return ngettext("%(count)s day a week", "%(count)s days a week", days) % {"count": days}


def _rest(weekdays: list[int]) -> str:
    if not weekdays:
        return gettext("No rest days")
    return gettext("Rest on %(days)s") % {"days": ", ".join(str(WEEKDAYS[day]) for day in weekdays)}


def _since(words: str, day: date) -> str:
    return gettext("%(what)s, since %(day)s") % {"what": words, "day": date_format(day, "j F Y")}


def _from(words: str, day: date) -> str:
    return gettext("%(what)s, from %(day)s") % {"what": words, "day": date_format(day, "j F Y")}
