"""How days and sessions read on the history pages: times in their own zone, outcomes, reasons.

Words only. What counts and why was decided when a session was stored; figures come from
`progress.py`. No queries happen here: what a line needs was loaded by the view.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from routines import wording
from tracking.calendar import Day
from tracking.milestones import Milestone
from tracking.models import Session, SessionStep, Status


@dataclass(frozen=True)
class Line:
    """A session as lists show it; `began` and `ended` are wall-clock times where it happened."""

    session: Session
    began: datetime
    ended: datetime | None
    place: str

    @property
    def outcome(self) -> str:
        """How it ended, in words."""
        return str(Status(self.session.status).label)

    @property
    def length(self) -> str:
        """How long it was."""
        return length(self.session.seconds)

    @property
    def until(self) -> datetime | None:
        """When it ended, if the clock showed another minute by then."""
        same = self.ended and self.ended.replace(second=0, microsecond=0) <= self.began
        return None if same else self.ended

    @property
    def feelings(self) -> str:
        """What was said about the back, "" for nothing."""
        return feelings(self.session)

    @property
    def is_under_way(self) -> bool:
        """Whether it can still be gone on with."""
        return self.session.status == Status.RUNNING

    @property
    def is_left_out(self) -> bool:
        """Whether it is over and was too short to count."""
        return not self.session.counts and not self.is_under_way

    @property
    def is_of_night(self) -> bool:
        """Whether it began after midnight and counts for the day before."""
        return self.began.date() > self.session.practice_day

    @property
    def why(self) -> str:
        """Why it counts for its day, or why not."""
        if self.session.counts and self.session.seconds >= wording.MINUTE:
            return gettext("Counts, with at least a minute of practice.")
        if self.session.counts:
            return gettext("Counts, with at least half of its steps done.")
        if self.is_under_way:
            return gettext("Still under way. It counts after a minute of practice.")
        return gettext("Too short to count: less than a minute, and less than half of the steps.")


def line(session: Session) -> Line:
    """Tell a session in the zone it happened in, by the offset that was kept with it."""
    there = timezone(timedelta(seconds=session.utc_offset_s))
    ended = session.finished_at.astimezone(there).replace(tzinfo=None) if session.finished_at else None
    return Line(
        session=session,
        began=session.started_at.astimezone(there).replace(tzinfo=None),
        ended=ended,
        place=place(session.time_zone),
    )


def place(zone: str) -> str:
    """Say a zone by its town: "Europe/Berlin" is Berlin, "America/Argentina/Salta" is Salta."""
    return zone.rpartition("/")[2].replace("_", " ")


def step_seconds(step: SessionStep) -> str:
    """Say what was done of a step: "30 s left, 25 s right", "45 s", "" for nothing."""
    if not step.done_s:
        return ""
    if step.sides != "each":
        return wording.duration(step.done_s)
    sides = {"left": wording.duration(step.done_left_s), "right": wording.duration(step.done_right_s)}
    return gettext("%(left)s left, %(right)s right") % sides


def feelings(session: Session) -> str:
    """Say what was said about the back: "Pain 5 → 2, stiffness 6 → 3, next day: better", "" for nothing."""
    said = [
        _rated(gettext("pain"), session.pain_before, session.pain_after),
        _rated(gettext("stiffness"), session.stiffness_before, session.stiffness_after),
        str(_NEXT_DAY.get(session.next_day, "")),
    ]
    words = ", ".join(part for part in said if part)
    return words[:1].upper() + words[1:]


_NEXT_DAY = {"better": _("next day: better"), "same": _("next day: the same"), "worse": _("next day: worse")}


def _rated(what: str, before: int | None, after: int | None) -> str:
    """Say a rating of 0 to 10 before and after, or the one that was given."""
    words = {"what": what, "before": before, "after": after}
    if before is not None and after is not None:
        return gettext("%(what)s %(before)s → %(after)s") % words
    if before is not None:
        return gettext("%(what)s %(before)s before") % words
    return gettext("%(what)s %(after)s after") % words if after is not None else ""


def length(seconds: int) -> str:
    """Say how long a session was: whole minutes, and below one the seconds, so that nothing is rounded up."""
    return wording.duration(seconds) if seconds < wording.MINUTE else wording.minutes(seconds)


def length_in_words(seconds: int) -> str:
    """Say the same inside a sentence: "40 s", "12 minutes"."""
    return wording.duration(seconds) if seconds < wording.MINUTE else minutes(round(seconds / wording.MINUTE))


def span_of_days(first: date, last: date | None) -> str:
    """Say days off: "2 March 2026", "2 March to 5 April 2026", "since 2 March 2026"."""
    if last is None:
        return gettext("from %(day)s, still open") % {"day": full_date(first)}
    if last == first:
        return full_date(first)
    return gettext("%(first)s to %(last)s") % {
        "first": date_format(first, "j F") if first.year == last.year else full_date(first),
        "last": full_date(last),
    }


def full_date(day: date) -> str:
    """Say a date: "14 March 2026"."""
    return date_format(day, "j F Y")


def minutes(count: int) -> str:
    """Say whole minutes: "1 minute", "12 minutes"."""
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


def day_sentence(day: Day) -> str:
    """Say why a day counts, or what it is instead; never a reproach."""
    if day.is_today and day.state == "short":
        return gettext("Not enough to count yet, and today is still open.")
    if day.is_today and day.state == "rest":
        return gettext("Today is a planned rest day. It breaks nothing, and a session still counts.")
    if day.is_today and day.state == "paused":
        return gettext("Today is in your pause. It breaks nothing, and a session still counts.")
    return str(_SENTENCES[day.state])


_SENTENCES = {
    "done": _("This day counts."),
    "short": _("Something was begun here, but not enough for the day to count. That is all right."),
    "rest": _("A planned rest day: it neither adds to a streak nor breaks one."),
    "paused": _("A day of your pause: it neither adds to a streak nor breaks one."),
    "frozen": _("A freeze kept your run on this day."),
    "travel": _("Most of this day was lost over the date line, so it breaks nothing."),
    "open": _("Today is still open."),
    "future": _("This day is still to come."),
    "none": _("No session on this day. Backs need days off, too."),
}


def milestone(reached: Milestone) -> str:
    """Say what was reached."""
    if reached.kind == "week":
        return gettext("First week with its goal met")
    if reached.kind == "areas":
        return gettext("Every area stretched within one week")
    if reached.kind == "weeks":
        return ngettext("%(count)s week in a row", "%(count)s weeks in a row", reached.number) % {
            "count": reached.number
        }
    if reached.number == 1:
        return gettext("First session")
    return ngettext("%(count)s session", "%(count)s sessions", reached.number) % {"count": reached.number}


def mark(day: Day) -> str:
    """Say a day in the few letters that fit into its place of the month: "12 min", "rest", "" for nothing to say."""
    if day.state == "done":
        return gettext("%(count)s min") % {"count": day.minutes}
    return str(_MARKS[day.state])


_MARKS = {
    "short": _("short"),
    "rest": _("rest"),
    "paused": _("pause"),
    "frozen": _("freeze"),
    "travel": _("travel"),
    "open": _("open"),
    "future": "",
    "none": "–",  # noqa: RUF001
}


def day_words(day: Day) -> str:
    """Say what a day of the calendar holds, for whoever hears the page instead of seeing it."""
    words = _state_words(day)
    if not day.is_today:
        return words
    return gettext("today, %(state)s") % {"state": words} if words else gettext("today")


_PLAIN = {
    "rest": _("planned rest"),
    "paused": _("in a pause, so it breaks nothing"),
    "frozen": _("a freeze kept your run"),
    "travel": _("lost to travel, so it breaks nothing"),
    "open": _("still open"),
    "future": "",
    "none": _("no session"),
}


def _state_words(day: Day) -> str:
    if day.state == "done":
        return _practice(day)
    if day.state != "short":
        return str(_PLAIN[day.state])
    if day.is_today:
        return gettext("not enough to count yet")
    return gettext("too short to count")


def _practice(day: Day) -> str:
    if day.sessions == 1:
        return minutes(day.minutes)
    several = ngettext("%(count)s session", "%(count)s sessions", day.sessions) % {"count": day.sessions}
    return gettext("%(minutes)s in %(sessions)s") % {"minutes": minutes(day.minutes), "sessions": several}
