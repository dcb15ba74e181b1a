"""Every address by every person: who gets the page, who is asked to sign in, who finds nothing.

A new URL that is not listed here fails the test. Rules of single pages are tested beside their app.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from accounts.models import User
from tests.routines.factories import ReadyMadeFactory, RoutineFactory, make_step

SIGN_IN = "sign-in"
METHODS = ("get", "post", "put", "patch", "delete", "head")


@dataclass(frozen=True)
class Row:
    """What one GET (or POST, where the page only takes that) answers to whom."""

    anonymous: int | str
    owner: int
    stranger: int
    kwargs: Callable[["Cast"], dict[str, Any]] = lambda _c: {}
    method: str = "get"
    data: Callable[["Cast"], dict[str, Any]] = lambda _c: {}


@dataclass(frozen=True)
class Cast:
    """The owner's things that addresses name."""

    routine: Any
    step: Any
    session: Any
    pause: Any


PUBLIC = Row(200, 200, 200)
ROUTINE = Row(SIGN_IN, 200, 404, lambda c: {"pk": c.routine.pk})
SESSION = Row(SIGN_IN, 200, 404, lambda c: {"pk": c.session.pk})


def own_post(thing: str, status: int = 302, **data: Any) -> Row:
    """A POST on the owner's thing: the owner is redirected, a stranger finds nothing."""
    return Row(SIGN_IN, status, 404, lambda c: {"pk": getattr(c, thing).pk}, "post", lambda _c: data)


def step_post(status: int = 302, **data: Any) -> Row:
    """The same for a step of the owner's routine."""
    return Row(SIGN_IN, status, 404, lambda c: {"pk": c.routine.pk, "step": c.step.pk}, "post", lambda _c: data)


MATRIX: dict[str, Row] = {
    "manifest": PUBLIC,
    "worker": PUBLIC,
    "offline": PUBLIC,
    "tracking:today": PUBLIC,
    "tracking:history": PUBLIC,
    "tracking:trends": PUBLIC,
    "tracking:body": PUBLIC,
    "tracking:gap-routine": Row(SIGN_IN, 302, 302, method="post"),
    "tracking:report": Row(SIGN_IN, 200, 200),
    "tracking:day": Row(200, 200, 200, lambda c: {"day": c.session.practice_day}),
    "tracking:start": Row(302, 302, 302, method="post", data=lambda _c: {"stretch": "cat-cow"}),
    "tracking:session": SESSION,
    "tracking:summary": Row(SIGN_IN, 302, 404, lambda c: {"pk": c.session.pk}),
    "tracking:events": Row(
        # The player keeps what it could not send, and needs no page in the answer.
        401,
        200,
        404,
        lambda c: {"pk": c.session.pk},
        "post",
        lambda _c: {"events": "[]"},
    ),
    "tracking:finish-by-hand": own_post("session"),
    "tracking:add": PUBLIC,
    "tracking:gap": Row(SIGN_IN, 302, 302, method="post", data=lambda _c: {"until": "2026-03-03", "later": "1"}),
    "tracking:pauses": PUBLIC,
    "tracking:pause": Row(SIGN_IN, 200, 404, lambda c: {"pk": c.pause.pk}),
    "tracking:pause-delete": own_post("pause"),
    "tracking:pause-undo": Row(SIGN_IN, 302, 302, method="post"),
    "tracking:change": Row(SIGN_IN, 302, 404, lambda c: {"pk": c.session.pk}),
    "tracking:change-undo": own_post("session"),
    "tracking:delete": own_post("session"),
    "tracking:restore": own_post("session"),
    "tracking:next-day": own_post("session", next_day="same"),
    "tracking:take-back-feelings": own_post("session"),
    "tracking:lay-aside": Row(SIGN_IN, 302, 302, method="post"),
    "tracking:forget-feelings": Row(SIGN_IN, 200, 200),
    "tracking:export": Row(SIGN_IN, 200, 200),
    "tracking:export-json": Row(SIGN_IN, 200, 200),
    "tracking:export-csv": Row(SIGN_IN, 200, 200),
    "tracking:export-ics": Row(SIGN_IN, 200, 200),
    "tracking:import": PUBLIC,
    "tracking:import-confirm": Row(SIGN_IN, 302, 302, method="post"),
    "stretches:list": PUBLIC,
    "stretches:detail": Row(200, 200, 200, lambda _c: {"slug": "cat-cow"}),
    "guide:home": PUBLIC,
    "guide:benefits": PUBLIC,
    "guide:types": PUBLIC,
    "guide:warm-up": PUBLIC,
    "guide:how-much": PUBLIC,
    "guide:safety": PUBLIC,
    "guide:cool-down": PUBLIC,
    "guide:questions": PUBLIC,
    "guide:about": PUBLIC,
    "routines:list": PUBLIC,
    "routines:ready": Row(200, 200, 200, lambda _c: {"slug": "desk-break"}),
    "routines:new": PUBLIC,
    "routines:detail": ROUTINE,
    "routines:edit": ROUTINE,
    "routines:print": ROUTINE,
    "routines:ready-print": Row(200, 200, 200, lambda _c: {"slug": "desk-break"}),
    "routines:add": Row(200, 200, 200, data=lambda _c: {"stretch": "cat-cow"}),
    "conditions:edit": PUBLIC,
    "pictures:edit": PUBLIC,
    "routines:copy": Row(302, 302, 302, method="post", data=lambda _c: {"ready": "desk-break"}),
    "routines:delete": own_post("routine"),
    "routines:restore": own_post("routine"),
    "routines:order": own_post("routine", 409),
    "routines:step-add": own_post("routine", version=1, stretch="cat-cow"),
    "routines:step-update": step_post(422),
    "routines:step-move": step_post(version=1, to="down"),
    "routines:step-swap": step_post(version=1, stretch="cat-cow"),
    "routines:step-remove": step_post(version=1),
    "routines:step-restore": step_post(),
    "accounts:account": PUBLIC,
    "accounts:sign-up": Row(200, 302, 302),
    "accounts:sign-in": Row(200, 302, 302),
    "accounts:token": PUBLIC,
    "accounts:sign-out": Row(SIGN_IN, 302, 302, method="post"),
    "accounts:cancel-goal": Row(SIGN_IN, 302, 302, method="post", data=lambda _c: {"starts_on": "2026-03-09"}),
    "accounts:delete": Row(SIGN_IN, 200, 200),
    "accounts:password-change": Row(SIGN_IN, 200, 200),
    "accounts:password-forgotten": PUBLIC,
    "accounts:password-new": Row(200, 200, 200, lambda _c: {"uidb64": "x", "token": "x"}),
}
# Django's own administration asks for staff by itself; its sign-in is ours.
ELSEWHERE = ("admin:",)


@pytest.fixture
def cast(user: User) -> Cast:
    """One routine of the owner, one ready-made, and a session just begun."""
    step = make_step(RoutineFactory.create(owner=user), "cat-cow")
    make_step(ReadyMadeFactory.create(slug="desk-break"), "shoulder-rolls")
    client = Client()
    client.force_login(user)
    client.post("/sessions/", {"stretch": "cat-cow"})
    return Cast(
        routine=step.routine,
        step=step,
        session=user.sessions.get(),
        pause=user.pauses.create(starts_on=date(2026, 3, 2)),
    )


def named_urls(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of every address, with its namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_urls(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def ours() -> set[str]:
    """Every named address but the administration's."""
    return {name for name in named_urls() if not name.startswith(ELSEWHERE)}


def test_the_matrix_lists_every_address():
    assert set(MATRIX) == ours()


def ask(client: Client, name: str, cast: Cast) -> Any:
    """Send the row's request."""
    row = MATRIX[name]
    return getattr(client, row.method)(reverse(name, kwargs=row.kwargs(cast)), row.data(cast))


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_anonymous(name, cast, client):
    wanted = MATRIX[name].anonymous
    response = ask(client, name, cast)
    if wanted == SIGN_IN:
        assert response.status_code == 302
        assert response.url.startswith("/account/sign-in/")
    else:
        assert response.status_code == wanted


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_owner(name, cast, client_as, user):
    assert ask(client_as(user), name, cast).status_code == MATRIX[name].owner


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_stranger(name, cast, client_as, stranger):
    assert ask(client_as(stranger), name, cast).status_code == MATRIX[name].stranger


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", sorted(n for n, row in MATRIX.items() if row.stranger == 404))
def test_no_method_tells_a_stranger_anything(name, method, cast, client_as, stranger):
    url = reverse(name, kwargs=MATRIX[name].kwargs(cast))
    assert getattr(client_as(stranger), method)(url).status_code in {404, 405}


@pytest.mark.parametrize("name", sorted(n for n, row in MATRIX.items() if row.method == "post"))
def test_writes_need_the_token(name, cast, user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert ask(client, name, cast).status_code == 403


@pytest.mark.parametrize("name", sorted(n for n, row in MATRIX.items() if row.method == "get"))
def test_reading_writes_nothing(name, cast, client_as, user):
    client = client_as(user)
    client.get("/account/")  # the session's weekly renewal is over after this
    before = snapshot()
    ask(client, name, cast)
    assert snapshot() == before


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that belongs to people."""
    from django.apps import apps

    models = [m for app in ("accounts", "routines", "tracking") for m in apps.get_app_config(app).get_models()]
    return {m.__name__: sorted(m._default_manager.values_list(), key=repr) for m in models}


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_private_pages_stay_out_of_caches(name, cast, client_as, user):
    response = ask(client_as(user), name, cast)
    control = response.headers.get("Cache-Control", "")
    assert "no-store" in control or ("no-cache" in control and "private" in control)
    assert "HX-Request" in response.headers["Vary"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"


def test_a_signed_out_htmx_request_leaves_the_page(db, client):
    response = client.get("/account/delete/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/x/"})
    assert response.headers["HX-Redirect"] == "/account/sign-in/?next=/x/"


def test_staff_sign_in_through_the_same_door(client, db):
    assert client.get("/admin/login/?next=/admin/").url == "/account/sign-in/?next=/admin/"
