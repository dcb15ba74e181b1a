"""Doses and lists in words, translated. Says what it is given and computes no time.

How long a dose takes is computed where routines are planned; the phrases here
are the ones used there, so that a dose reads the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

MINUTE = 60


def span(seconds: int) -> str:
    """Say one length: "30 seconds", "5 minutes"."""
    if seconds and seconds % MINUTE == 0:
        count = seconds // MINUTE
        return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}
    return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}


def dose(prescribed: Mapping[str, Any], sides: str) -> str:
    """Say a dose as a person would: "2 × 30 seconds each side", "10 breaths of 6 seconds".

    Args:
        prescribed: mode, seconds, repetitions, sets and alternate, as `Stretch.dose` has them.
        sides: "each", "both" or "none".

    """  # noqa: RUF002
    words = _one_set(prescribed)
    if prescribed["sets"] > 1:
        words = gettext("%(sets)s × %(dose)s") % {"sets": prescribed["sets"], "dose": words}  # noqa: RUF001
    if sides != "each":
        return words
    if prescribed.get("alternate"):
        return gettext("%(dose)s each side, taking turns") % {"dose": words}
    return gettext("%(dose)s each side") % {"dose": words}


def _one_set(prescribed: Mapping[str, Any]) -> str:
    count = prescribed["repetitions"]
    values = {"count": count, "span": span(prescribed["seconds"])}
    match prescribed["mode"]:
        case "reps":
            one = ngettext("%(count)s repetition of %(span)s", "%(count)s repetitions of %(span)s", count)
        case "breaths":
            one = ngettext("%(count)s breath of %(span)s", "%(count)s breaths of %(span)s", count)
        case _:
            one = "%(span)s"
    return one % values


def dose_limits(mode: str, limits: Mapping[str, Sequence[int]]) -> str:
    """Say how far a dose may be changed: "5 to 60 seconds, 1 to 4 times"."""
    parts = [_between(limits["seconds"], gettext("%(low)s to %(high)s seconds"))]
    if mode == "reps":
        parts.insert(0, _between(limits["repetitions"], gettext("%(low)s to %(high)s repetitions")))
    elif mode == "breaths":
        parts.insert(0, _between(limits["repetitions"], gettext("%(low)s to %(high)s breaths")))
    parts.append(_between(limits["sets"], gettext("%(low)s to %(high)s times")))
    return ", ".join(part for part in parts if part)


def _between(limits: Sequence[int], phrase: str) -> str:
    low, high = limits
    return "" if low == high else phrase % {"low": low, "high": high}
