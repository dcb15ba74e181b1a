"""The words of tracking.telling as template filters, and the rows of the year's calendar.

Nothing that decides anything belongs here.
"""

from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from tracking import telling
from tracking.calendar import Day, Month

register = template.Library()
register.filter("day_words", telling.day_words)
register.filter("step_seconds", telling.step_seconds)


@register.filter
def month_rows(month: Month) -> SafeString:
    """The rows of a month's table.

    Put together here and not by the template, in which 365 cells took three quarters of the page's
    time. Everything in it is a date, a number or one of our own words.
    """
    days = reverse("tracking:history")
    rows = ("".join(_cell(day, days) for day in week) for week in month.weeks)
    return mark_safe("".join(f"<tr>{row}</tr>" for row in rows))  # noqa: S308


def _cell(day: Day | None, days: str) -> str:
    """One place of the table: empty, a day, or a day with sessions, which leads to its page."""
    if day is None:
        return "<td></td>"
    words = telling.day_words(day)
    hidden = f'<span class="visually-hidden">, {escape(words)}</span>' if words else ""
    text = f"{day.date.day}{hidden}"
    inner = f'<a href="{days}{day.iso}/">{text}</a>' if day.sessions else f"<span>{text}</span>"
    current = ' aria-current="date"' if day.is_today else ""
    return (
        f'<td data-day="{day.iso}" data-minutes="{day.minutes}" data-state="{day.state}"'
        f' data-level="{day.level}"{current}>{inner}</td>'
    )
