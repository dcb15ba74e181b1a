"""The yardstick of `make bench`: a bare Django site of one file, with a page of thirty cards.

It does what any Django tutorial would do: the middleware of a new project, one query, one
template with a loop and hardly a filter. Nothing of Backcare is imported here, and nothing here is tuned.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any, ClassVar

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

sys.modules.setdefault("bench_bare", sys.modules[__name__])
FOLDER = Path(os.environ.get("BENCH_FOLDER") or tempfile.mkdtemp(prefix="backcare-bare-"))

settings.configure(
    DEBUG=False,
    SECRET_KEY="measured, never served",  # noqa: S106
    ALLOWED_HOSTS=["127.0.0.1"],
    SITE_URL="",  # the server's configuration prints it
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "bare.sqlite3",
            "CONN_MAX_AGE": None,
        }
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ],
)
django.setup()

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
  <nav>{% if user.is_authenticated %}{{ user }}{% else %}<a href="/sign-in/">Sign in</a>{% endif %}</nav>
  <h1>{{ title }}</h1>
  <p>{{ cards|length }} result{{ cards|length|pluralize }}</p>
  <ul>
  {% for card in cards %}
    <li id="card-{{ card.pk }}" data-slug="{{ card.slug }}">
      <article>
        <h2><a href="{% url "card" card.slug %}">{{ card.name }}</a></h2>
        <p>{{ card.summary }}</p>
        <ul>{% for area in card.areas %}<li><a href="?area={{ area }}">{{ area }}</a></li>{% endfor %}</ul>
        <dl>
          <dt>Position</dt><dd>{{ card.position }}</dd>
          <dt>Level</dt><dd>{{ card.level }}</dd>
          <dt>Time</dt><dd>{{ card.seconds }} seconds</dd>
        </dl>
        {% if card.edited %}<span class="badge">edited</span>{% endif %}
      </article>
    </li>
  {% empty %}
    <li>Nothing found.</li>
  {% endfor %}
  </ul>
</body>
</html>
"""


class Card(models.Model):
    """One card; about as many fields as a card of a catalogue shows."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    summary = models.TextField()
    areas: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    position = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    seconds = models.PositiveIntegerField()
    edited = models.BooleanField()

    objects: ClassVar[models.Manager[Card]] = models.Manager()

    class Meta:
        app_label = "auth"
        db_table = "bench_card"

    def __str__(self) -> str:
        return self.name


def cards(request: HttpRequest, **_: Any) -> HttpResponse:
    """The page of thirty cards: one query, one template from a string compiled once."""
    context = {"title": "Cards", "cards": list(Card.objects.order_by("name")[:30])}
    return HttpResponse(_template.render(context, request))


def fill() -> None:
    """Make the table and its thirty rows."""
    with connection.schema_editor() as editor:
        editor.create_model(Card)
    summary = (
        "Lie on your back, bring one knee towards your chest and hold it there with both hands while you breathe. "
    )
    Card.objects.bulk_create(
        Card(
            slug=f"card-number-{n}",
            name=f"Card number {n}",
            summary=summary,
            areas=["lower back", "hips", "hamstrings"][: 1 + n % 3],
            position="lying on the back",
            level=1 + n % 3,
            seconds=30 + n,
            edited=n % 4 == 0,
        )
        for n in range(30)
    )


_template = engines["django"].from_string(PAGE)
urlpatterns = [path("", cards), path("<slug:slug>/", cards, name="card")]
application = get_wsgi_application()

if __name__ == "__main__":
    fill()
