"""The first page: one button that starts something fitting, and for those who come back, their week.

Reads only. Starting a session is in `sessions.py`; figures come from `tracking.progress`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.models import User
from accounts.time import current_zone
from routines import plans
from routines.models import Routine
from routines.querysets import RoutineQuerySet
from routines.timeline import build
from tracking import calendar, moment, progress, telling
from tracking.checkin import LAID_ASIDE, checkin
from tracking.views import gap

# Cards beside the start button; the list of all routines is one press away.
_OWN = 6
_CARDS = 6
# A session left longer ago than this is over in all but name: nobody is still on the mat.
_STILL_WARM = timedelta(hours=12)

_GREETINGS = {
    "morning": _("Good morning"),
    "day": _("Hello"),
    "evening": _("Good evening"),
    "night": _("Good evening"),
}
_TITLES = {
    moment.DESK: _("%(minutes)s minutes at your desk"),
    moment.MORNING: _("%(minutes)s minutes in the morning"),
    moment.WHOLE_BACK: _("%(minutes)s minutes for the whole back"),
    moment.EASE: _("%(minutes)s minutes for a stiff lower back"),
    moment.BED: _("%(minutes)s minutes before sleep"),
}


@dataclass(frozen=True)
class Offer:
    """A routine ready to start."""

    routine: Routine
    minutes: int
    stretches: int

    @property
    def title(self) -> str:
        """What it is in a few words; a person's own routine has its name."""
        words = _TITLES.get(self.routine.slug or "")
        return str(words) % {"minutes": self.minutes} if words else self.routine.name


@login_not_required
@require_safe
def today(request: Request) -> HttpResponse:
    """Welcome a newcomer, or show a person their week; one button starts either way."""
    now = timezone.now()
    zone = current_zone(request)
    wall = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    record = progress.record_of(request.user, zone=zone, now=now)
    greeting = _GREETINGS[moment.part_of_day(wall)]
    if isinstance(request.user, User) and record.totals:
        return _back_again(request, request.user, record, now=now, wall=wall, greeting=str(greeting))
    return _welcome(request, wall=wall, greeting=str(greeting))


def _welcome(request: Request, *, wall: datetime, greeting: str) -> HttpResponse:
    wanted = moment.choices(moment.fitting(wall))
    offers = sorted(_offers(_ready_made(*wanted)), key=lambda offer: _place(wanted, offer))
    own = _offers(_own(request.user)) if isinstance(request.user, User) else []
    context = {"greeting": greeting, "first": next(iter(offers), None), "others": offers[1:], "own": own}
    return TemplateResponse(request, "tracking/welcome.html", context)


def _back_again(
    request: Request, user: User, record: progress.Record, *, now: datetime, wall: datetime, greeting: str
) -> HttpResponse:
    latest = list(user.sessions.all().for_list()[:2])
    under_way = next((s for s in latest if not s.is_over and now - s.started_at < _STILL_WARM), None)
    last = next((s for s in latest if s != under_way), None)
    last_used = user.sessions.all().last_routine()
    wanted = moment.choices(moment.fitting(wall))
    check = checkin(user, today=record.today, laid_aside=request.session.get(LAID_ASIDE, ""))
    # Whoever is advised to do less is not offered more at the top of the page.
    gentle = check.gentle.pk if check.gentle else None
    used = Routine.objects.filter(pk__in=[pk for pk in (last_used, gentle) if pk])
    offers = _offers(_own(user) | _ready_made(*wanted) | used)
    # The last used one first, then one's own, then what suits the hour.
    offers.sort(
        key=lambda o: (
            o.routine.pk != (gentle or last_used),
            o.routine.pk != last_used,
            o.routine.is_ready_made,
            _place(wanted, o),
        )
    )
    first = None if under_way else next(iter(offers), None)
    context = {
        "greeting": greeting,
        "figures": record.figures(),
        "gap": gap.question(user, record),
        "week": record.week(),
        "under_way": under_way,
        "last": telling.line(last) if last else None,
        "first": first,
        "checkin": check,
        "others": _cards([offer for offer in offers if offer != first]),
    }
    return TemplateResponse(request, "tracking/today.html", context)


def _cards(offers: list[Offer]) -> list[Offer]:
    """Whole rows of three; the list of all routines is one press away."""
    return offers[: _CARDS if len(offers) >= _CARDS else _CARDS // 2]


def _place(wanted: tuple[str, ...], offer: Offer) -> int:
    slug = offer.routine.slug
    return wanted.index(slug) if slug in wanted else 0


def _own(user: User) -> RoutineQuerySet:
    """The person's own routines, those changed last."""
    newest = user.routines.kept().order_by("-updated_at", "pk")[:_OWN]
    return Routine.objects.filter(pk__in=newest.values("pk"))


def _ready_made(*slugs: str) -> RoutineQuerySet:
    return Routine.objects.ready_made().filter(slug__in=slugs)


def _offers(routines: RoutineQuerySet) -> list[Offer]:
    """Routines that can be started, with their totals: three queries, however many there are."""
    planned = [(routine, plans.plan(routine)) for routine in routines.for_list()]
    return [
        Offer(routine, calendar.minutes_of(build(steps).total_s), len(steps)) for routine, steps in planned if steps
    ]
