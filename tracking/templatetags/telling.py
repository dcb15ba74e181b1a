"""The words of tracking.telling as template filters. Nothing else belongs here."""

from django import template

from tracking import telling

register = template.Library()
register.filter("day_words", telling.day_words)
register.filter("step_seconds", telling.step_seconds)
