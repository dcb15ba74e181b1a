"""How a day, the streak and the strength are explained, in whole sentences. Words only, no queries.

The facts come from `tracking.why` and `tracking.progress`; shorter words about days and sessions
are in `tracking.telling`.
"""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from accounts.models import WEEKDAYS
from tracking.models import PauseReason
from tracking.progress import Figures
from tracking.telling import full_date, place, span_of_days
from tracking.why import Why

_EVERY_DAY = 7
_TWO_WEEKS = 14


def reasons(why: Why) -> list[str]:
    """Say why a day counts, is neutral or open, and when it ended, a sentence for each."""
    said = [_counts(why), *_off(why), _open(why), _end(why)]
    return [sentence for sentence in said if sentence]


def streak_why(figures: Figures) -> str:
    """Say how the days in a row are counted, with the person's own numbers."""
    rule = gettext("rest days, pauses and days lost to travel do not interrupt a run")
    if not figures.current:
        return gettext("Days in a row are practised days one after another up to today: %(rule)s.") % {"rule": rule}
    run = ngettext(
        "You practised on %(count)s day",
        "You practised on %(count)s days one after another",
        figures.current,
    ) % {"count": figures.current}
    today = gettext("today is still open and breaks nothing") if figures.open_today else gettext("today among them")
    return gettext("%(run)s, %(today)s: %(rule)s.") % {"run": run, "today": today, "rule": rule}


def strength_why(figures: Figures, lately: int) -> str:
    """Say how the strength is made, with the person's own numbers; `lately` are days of the last 14."""
    if figures.per_week == _EVERY_DAY:
        return gettext(
            "Strength %(strength)s of 100: each practised day lifts it a little, each other day lowers it a little,"
            " measured against every day."
        ) % {"strength": figures.strength}
    return ngettext(
        "Strength %(strength)s of 100: each day it moves a little towards how well the last 14 days kept to your goal."
        " You practised on %(lately)s day of them, and your goal asks for %(asked)s. No lapse takes it all.",
        "Strength %(strength)s of 100: each day it moves a little towards how well the last 14 days kept to your goal."
        " You practised on %(lately)s days of them, and your goal asks for %(asked)s. No lapse takes it all.",
        lately,
    ) % {"strength": figures.strength, "lately": lately, "asked": 2 * figures.per_week}


def _counts(why: Why) -> str:
    count = why.total.counting
    if not count:
        return ""
    if count == 1:
        return gettext("One session that counts is enough for a day.")
    together = ngettext("%(count)s session counts.", "%(count)s sessions count, and together they make one day.", count)
    return together % {"count": count}


def _off(why: Why) -> list[str]:
    """Say what took the day off, also where somebody practised all the same."""
    said = []
    if why.pause:
        told = {
            "reason": PauseReason(why.pause.reason).label,
            "days": span_of_days(why.pause.first, why.pause.last),
        }
        said.append(gettext("It is in your pause (%(reason)s), %(days)s.") % told)
    if why.rest:
        since, weekdays = why.rest
        told = {"days": ", ".join(str(WEEKDAYS[day]) for day in sorted(weekdays)), "since": full_date(since)}
        said.append(gettext("Your rest days are %(days)s, as planned since %(since)s.") % told)
    if why.journey:
        told = {
            "left": place(why.journey.left),
            "reached": place(why.journey.reached),
            "hours": number_format(max(0, round(why.journey.hours, 1)), use_l10n=True).removesuffix(".0"),
        }
        said.append(gettext("Between %(left)s and %(reached)s only %(hours)s hours of it were there.") % told)
    if why.earned_by:
        earned = ngettext(
            "Each freeze is earned by %(count)s day in a row, and covers one day.",
            "Each freeze is earned by %(count)s days in a row, and covers one day.",
            why.earned_by,
        )
        said.append(earned % {"count": why.earned_by})
    if said and why.total.counting:
        said.append(gettext("Practice on such a day adds all the same."))
    return said


def _open(why: Why) -> str:
    if why.day.is_today and why.day.state in {"open", "short"}:
        return gettext("It counts once one of its sessions does, and until it ends it breaks nothing.")
    return ""


def _end(why: Why) -> str:
    """Say when the day ends or ended, where, and whether the clocks made it longer or shorter."""
    if why.ends is None:
        return ""
    told = {
        "day": date_format(why.day.date, "j F"),
        "time": date_format(why.ends, "H:i"),
        "on": date_format(why.ends, "jS"),
        "zone": why.zone,
    }
    if why.is_over:
        said = gettext("Your day of %(day)s ended at %(time)s on the %(on)s, %(zone)s.") % told
    else:
        said = gettext("Your day of %(day)s ends at %(time)s on the %(on)s, %(zone)s.") % told
    if why.hours == 24:
        return said
    hours = number_format(round(why.hours, 2), use_l10n=True).rstrip("0").rstrip(".")
    return f"{said} " + gettext("The clocks changed, so it has %(hours)s hours.") % {"hours": hours}
