"""Durations, doses, places and advice in words, translated. No arithmetic beyond formatting.

Durations are computed in `timeline.py` and `dose.py`; this module only says them.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from routines.advice import Advice
from routines.dose import Dose, DoseRange, Mode, Problem, Sides, problems

MINUTE = 60
HOUR = 3600

POSITIONS: Mapping[str, str | Promise] = {
    "standing": _("standing"),
    "seated": _("sitting"),
    "quadruped": _("on all fours"),
    "kneeling": _("kneeling"),
    "prone": _("lying face down"),
    "supine": _("lying on your back"),
}

LEVELS: Mapping[int, str | Promise] = {1: _("easy"), 2: _("moderate"), 3: _("advanced")}


def duration(seconds: int) -> str:
    """Say a total exactly: "45 s", "5 min", "9 min 53 s", "1 h 5 min"."""
    hours, rest = divmod(seconds, HOUR)
    minutes, left = divmod(rest, MINUTE)
    parts = []
    if hours:
        parts.append(gettext("%(hours)s h") % {"hours": hours})
    if minutes:
        parts.append(gettext("%(minutes)s min") % {"minutes": minutes})
    if left or not parts:
        parts.append(gettext("%(seconds)s s") % {"seconds": left})
    return " ".join(parts)


def minutes(seconds: int) -> str:
    """Say a total at a glance, rounded, never below one: "10 min"."""
    return gettext("%(minutes)s min") % {"minutes": max(1, round(seconds / MINUTE))}


def span(seconds: int) -> str:
    """Say one length inside a sentence: "30 seconds", "1 minute", "3 min 30 s"."""
    if seconds % MINUTE == 0 and seconds:
        count = seconds // MINUTE
        return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}
    if seconds < 2 * MINUTE:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    return duration(seconds)


def dose(prescribed: Dose, sides: Sides) -> str:
    """Say a dose as a person would: "30 seconds each side", "10 breaths of 6 seconds"."""
    values = {"count": prescribed.repetitions, "span": span(prescribed.seconds)}
    match prescribed.mode:
        case "reps":
            one = ngettext(
                "%(count)s repetition of %(span)s",
                "%(count)s repetitions of %(span)s",
                prescribed.repetitions,
            )
        case "breaths":
            one = ngettext("%(count)s breath of %(span)s", "%(count)s breaths of %(span)s", prescribed.repetitions)
        case _:
            one = "%(span)s"
    words = one % values
    if prescribed.sets > 1:
        words = gettext("%(sets)s × %(dose)s") % {"sets": prescribed.sets, "dose": words}  # noqa: RUF001
    if sides == "each" and prescribed.alternate:
        return gettext("%(dose)s each side, taking turns") % {"dose": words}
    if sides == "each":
        return gettext("%(dose)s each side") % {"dose": words}
    return words


def rest(prescribed: Dose) -> str:
    """Say the rest between sets ("10 s rest"), or "" where there is none."""
    if prescribed.sets == 1 or not prescribed.rest_s:
        return ""
    return gettext("%(duration)s rest") % {"duration": duration(prescribed.rest_s)}


# What the parts of a dose are called beside their fields; "seconds" depends on the mode.
SECONDS_LABELS: Mapping[Mode, str | Promise] = {
    "hold": _("Hold, in seconds"),
    "reps": _("Seconds for one repetition"),
    "breaths": _("Seconds for one breath"),
    "time": _("Time, in seconds"),
}
REPETITIONS_LABELS: Mapping[Mode, str | Promise] = {
    "reps": _("Repetitions"),
    "breaths": _("Breaths"),
}


def limits(field: str, low: int, high: int) -> str:
    """Say what a field may be: "5 to 60 seconds", "1 to 4"."""
    values = {"low": low, "high": high}
    if low == high:
        return gettext("always %(low)s") % values
    if field in ("seconds", "rest_s", "switch_s"):
        return gettext("%(low)s to %(high)s seconds") % values
    return gettext("%(low)s to %(high)s") % values


# What to choose instead, by field and mode, then by field alone.
_INSTEAD: Mapping[str, str | Promise] = {
    "seconds hold": _("Please hold this one for %(low)s to %(high)s seconds."),
    "seconds reps": _("Please take %(low)s to %(high)s seconds for one repetition."),
    "seconds breaths": _("Please take %(low)s to %(high)s seconds for one breath."),
    "seconds": _("Please choose %(low)s to %(high)s seconds."),
    "repetitions breaths": _("Please choose %(low)s to %(high)s breaths."),
    "repetitions": _("Please choose %(low)s to %(high)s repetitions."),
    "sets": _("Please choose %(low)s to %(high)s sets."),
    "rest_s": _("Please rest %(low)s to %(high)s seconds."),
    "switch_s": _("Please take %(low)s to %(high)s seconds to change sides."),
}


def problem(found: Problem, mode: Mode) -> str:
    """Say what to choose instead of a value outside its range, ready to stand beside the field."""
    if found.low == found.high:
        sentence = gettext("For this stretch this is always %(low)s.")
    else:
        sentence = str(_INSTEAD.get(f"{found.field} {mode}") or _INSTEAD[found.field])
    return sentence % {"low": found.low, "high": found.high}


def dose_problems(prescribed: Dose, within: DoseRange | None) -> dict[str, str]:
    """Return a sentence for every part of a dose outside its range, by field name."""
    return {found.field: problem(found, prescribed.mode) for found in problems(prescribed, within)}


def sentence(advice: Advice) -> str:
    """Say a remark in the reader's language."""
    values = {name: _value(name, value) for name, value in advice.values.items()}
    return gettext(advice.sentence) % values


def _value(name: str, value: str | int) -> str:
    if name.endswith("_s"):
        return span(int(value))
    if name == "position":
        return str(POSITIONS.get(str(value), value))
    return str(value)
