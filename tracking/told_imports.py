"""The sentences about a file that is brought in: what is wrong with it and where, what is left out and why.

Words only; what is wrong is found in `tracking.exchange`.
"""

from typing import Any

from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from tracking.exchange.reading import Place, Refused

_WRONG = {
    "size": _("This file is larger than %(most)s MB, which is the most we can take."),
    "zip": _("This is a packed file (zip). Please unpack it and choose the file inside."),
    "utf8": _("This file is no text in UTF-8. Please save it as UTF-8 and try again."),
    "empty": _("There is nothing in this file."),
    "kind": _(
        "This is no file that we know. Bring a Backcare backup, a table with dates and minutes, or Checkmarks.csv."
    ),
    "version": _("This backup comes from another version of Backcare, which this one cannot read."),
    "json": _("Line %(line)s: this is no valid JSON. The file may be cut off."),
    "deep": _("The values are nested too deeply."),
    "twice": _("The same key stands twice in one object."),
    "number": _("There is a number that is too long, or is none."),
    "rows": _("This file has more than %(most)s rows. Please bring it in parts."),
    "many": _("This list has more than %(most)s entries."),
    "characters": _("There is an invisible or broken character in a text."),
    "columns": _("The first line needs a column 'date' and a column 'minutes'."),
    "line": _("This line is no valid CSV."),
    "minutes": _("Minutes are a whole number from 0 to %(most)s."),
    "ambiguous": _("It is not clear which number is the month. Please write dates as 2026-03-31."),
    "day": _("This is no date. Please write dates as 2026-03-31."),
    "instant": _("This is no instant like 2026-03-31T07:00:00Z."),
    "when": _("This lies before 2000 or is still to come."),
    "order": _("The end lies before the start."),
    "far": _("The practice day is not near the start of the session."),
    "zone": _("We do not know this time zone."),
    "missing": _("This value is missing."),
    "object": _("This should be an object."),
    "list": _("This should be a list."),
    "text": _("This should be a text."),
    "length": _("This text is empty or has more than %(most)s characters."),
    "slug": _("This should be a short name of letters, digits and hyphens."),
    "choice": _("This is none of the words that can stand here."),
    "whole": _("This should be a whole number from %(least)s to %(most)s."),
    "flag": _("This should be true or false."),
    "id": _("This is no id."),
    "again": _("This stands twice in the file."),
    "weekdays": _("Rest days are up to six different numbers from 0 to 6."),
    "row": _("%(words)s"),
    "stored": _("Something went wrong while storing, so nothing was taken over. Please try again."),
}
_THINGS = {
    "sessions": _("Session %(number)s"),
    "routines": _("Routine %(number)s"),
    "pauses": _("Pause %(number)s"),
    "plans": _("Plan %(number)s"),
    "steps": _("step %(number)s"),
    "goals": _("goal %(number)s"),
    "rests": _("rest plan %(number)s"),
    "lines": _("Line %(number)s"),
}
_LEFT_OUT = {
    "full_day": ngettext_lazy(
        "%(count)s session of a day that is full", "%(count)s sessions of days that are full", "count"
    ),
    "deleted": ngettext_lazy(
        "%(count)s session that you deleted here", "%(count)s sessions that you deleted here", "count"
    ),
    "no_time": ngettext_lazy("%(count)s line with 0 minutes", "%(count)s lines with 0 minutes", "count"),
    "full_routines": ngettext_lazy(
        "%(count)s routine beyond the most you can have", "%(count)s routines beyond the most you can have", "count"
    ),
    "full_pauses": ngettext_lazy(
        "%(count)s pause beyond the most you can have", "%(count)s pauses beyond the most you can have", "count"
    ),
    "no_stretch": ngettext_lazy(
        "%(count)s step of a routine, whose stretch is not in this catalogue",
        "%(count)s steps of routines, whose stretches are not in this catalogue",
        "count",
    ),
    "deleted_routine": ngettext_lazy(
        "%(count)s routine that you deleted here", "%(count)s routines that you deleted here", "count"
    ),
}


def sentence(refused: Refused) -> str:
    """Return what is wrong and where, as in "Session 14, time_zone: We do not know this time zone."."""
    words = str(_WRONG[refused.code]) % refused.values
    place = where(refused.place)
    return f"{place}: {words}" if place else words


def where(place: Place) -> str:
    """Return a place in a file as a person counts, from 1."""
    parts: list[str] = []
    for index, part in enumerate(place):
        after: Any = place[index + 1] if index + 1 < len(place) else None
        if isinstance(part, int):
            if index == 0 or place[index - 1] not in _THINGS:
                parts.append(str(part + 1))
        elif isinstance(after, int) and part in _THINGS:
            parts.append(str(_THINGS[part]) % {"number": after + 1})
        else:
            # A key of the file itself: it may be anything, so it is kept short.
            parts.append(part[:40])
    return ", ".join(parts)


def left_out(why: str, count: int) -> str:
    """Return what is not taken over, and why."""
    return str(_LEFT_OUT[why] % {"count": count})


def taken(sessions: int, routines: int, pauses: int) -> str:
    """Return what was taken over, in a sentence."""
    if not (sessions or routines or pauses):
        return gettext("Everything in this file was here already.")
    parts = []
    if sessions:
        parts.append(ngettext("%(count)s session", "%(count)s sessions", sessions) % {"count": sessions})
    if routines:
        parts.append(ngettext("%(count)s routine", "%(count)s routines", routines) % {"count": routines})
    if pauses:
        parts.append(ngettext("%(count)s pause", "%(count)s pauses", pauses) % {"count": pauses})
    return gettext("Brought in: %(things)s.") % {"things": ", ".join(parts)}
