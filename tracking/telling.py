"""How days and sessions read on the history pages: times in their own zone, outcomes, reasons.

Words only. What counts and why was decided when a session was stored; figures come from
`progress.py`. No queries happen here: what a line needs was loaded by the view.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from routines import wording
from tracking.calendar import Day
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


def length(seconds: int) -> str:
    """Say how long a session was: whole minutes, and below one the seconds, so that nothing is rounded up."""
    return wording.duration(seconds) if seconds < wording.MINUTE else wording.minutes(seconds)


def length_in_words(seconds: int) -> str:
    """Say the same inside a sentence: "40 s", "12 minutes"."""
    return wording.duration(seconds) if seconds < wording.MINUTE else minutes(round(seconds / wording.MINUTE))


def minutes(count: int) -> str:
    """Say whole minutes: "1 minute", "12 minutes"."""
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


def day_sentence(day: Day) -> str:
    """Say why a day counts, or what it is instead; never a reproach."""
    if day.is_today and day.state == "short":
        return gettext("Not enough to count yet, and today is still open.")
    if day.is_today and day.state == "rest":
        return gettext("Today is a planned rest day. It breaks nothing, and a session still counts.")
    return str(_SENTENCES[day.state])


_SENTENCES = {
    "done": _("This day counts."),
    "short": _("Something was begun here, but not enough for the day to count. That is all right."),
    "rest": _("A planned rest day: it neither adds to a streak nor breaks one."),
    "travel": _("Most of this day was lost over the date line, so it breaks nothing."),
    "open": _("Today is still open."),
    "future": _("This day is still to come."),
    "none": _("No session on this day. Backs need days off, too."),
}


def day_words(day: Day) -> str:
    """Say what a day of the calendar holds, for whoever hears the page instead of seeing it."""
    words = _state_words(day)
    if not day.is_today:
        return words
    return gettext("today, %(state)s") % {"state": words} if words else gettext("today")


_PLAIN = {
    "rest": _("planned rest"),
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
