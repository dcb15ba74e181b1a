"""The words of tracking.telling as template filters, and the rows of the year's calendar.

Nothing that decides anything belongs here.
"""

from collections.abc import Callable
from html import escape

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tracking import telling
from tracking.calendar import Day, Month

register = template.Library()
register.filter("day_words", telling.day_words)
register.filter("step_seconds", telling.step_seconds)


register.filter("milestone", telling.milestone)


@register.filter
def month_rows(month: Month) -> SafeString:
    """The rows of a small month's table.

    Put together here and not by the template, in which 365 cells took three quarters of the page's
    time. Everything in it is a date, a number or one of our own words.
    """
    return _rows(month, _small)


@register.filter
def large_month_rows(month: Month) -> SafeString:
    """The same for the month that is shown large: a word or the minutes in each place, and all days lead somewhere."""
    return _rows(month, _large)


def _rows(month: Month, inner: Callable[[Day, str], str]) -> SafeString:
    key = f"{get_language()} {inner.__name__}"
    if key not in month.drawn:
        days = reverse("tracking:history")
        rows = ("".join(_cell(day, days, inner) for day in week) for week in month.weeks)
        month.drawn[key] = "".join(f"<tr>{row}</tr>" for row in rows)
    return mark_safe(month.drawn[key])  # noqa: S308


def _cell(day: Day | None, days: str, inner: Callable[[Day, str], str]) -> str:
    if day is None:
        return "<td></td>"
    current = ' aria-current="date"' if day.is_today else ""
    return (
        f'<td data-day="{day.iso}" data-minutes="{day.minutes}" data-state="{day.state}"'
        f' data-level="{day.level}"{current}>{inner(day, days)}</td>'
    )


def _small(day: Day, days: str) -> str:
    """The number of a day; a day with sessions leads to its page."""
    words = telling.day_words(day)
    hidden = f'<span class="visually-hidden">, {escape(words)}</span>' if words else ""
    text = f"{day.date.day}{hidden}"
    return f'<a href="{days}{day.iso}/">{text}</a>' if day.sessions else f"<span>{text}</span>"


def _large(day: Day, days: str) -> str:
    """The number of a day and what was done, for the eye in short and for the ear in a sentence."""
    words = telling.day_words(day)
    mark = telling.mark(day)
    # The number stands first, alone, for the script that tells the day; "4 March: 12 minutes" is heard.
    hidden = f" {date_format(day.date, 'F')}{': ' if words else ''}{words}"
    text = f'{day.date.day}<span class="visually-hidden">{escape(hidden)}</span>'
    if mark:
        text += f'<span class="mark" aria-hidden="true">{escape(mark)}</span>'
    return f"<span>{text}</span>" if day.state == "future" else f'<a href="{days}{day.iso}/">{text}</a>'
