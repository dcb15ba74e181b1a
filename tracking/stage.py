"""What the session page shows: every step in words, the signs to stop at, the player's sentences.

Reads and words only. The plan is the session's own, frozen at its start; pictures and cues come from
the catalogue of today, as far as it still has the stretch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from routines import wording
from routines.dose import Dose, work_seconds
from routines.plans import chosen_form
from stretches.care import asking_first, tags_of
from stretches.models import Caution, Condition, RedFlag, Stretch
from tracking.models import Reason, Session
from tracking.standins import StandIn, left_out_lately, standins

# What to do with the body before a step, and what the step's work is called on the timer.
GET_INTO: Mapping[str, str | Promise] = {
    "standing": _("Stand up"),
    "seated": _("Sit down"),
    "quadruped": _("Come onto all fours"),
    "kneeling": _("Kneel"),
    "prone": _("Lie on your front"),
    "supine": _("Lie on your back"),
}
WORK: Mapping[str, str | Promise] = {
    "hold": _("Hold"),
    "reps": _("Move"),
    "breaths": _("Breathe"),
    "time": _("Keep going"),
}


@dataclass(frozen=True)
class StageStep:
    """One step as the page shows it; `number` counts from 0, `seconds` is its work with switches and rests.

    `get_into` is how to come into its position, "" for somebody who is in it already.
    """

    number: int
    label: str
    dose: str
    rest: str
    seconds: int
    work: str
    get_into: str
    place: str
    note: str
    takes_turns: bool
    mode: str
    count: int
    form: str
    stretch: Stretch | None
    cautions: Sequence[Caution]
    others: "Sequence[OtherStep]" = ()
    left_out: Reason | None = None

    @property
    def length(self) -> str:
        """How long it takes, in words."""
        return wording.duration(self.seconds)

    @property
    def cues(self) -> list[str]:
        """How it is done, sentence by sentence."""
        return list(self.stretch.steps) if self.stretch else []

    @property
    def feel(self) -> str:
        """Where it is felt."""
        return self.stretch.feel if self.stretch else ""


@dataclass(frozen=True)
class OtherStep:
    """What could be done in a step's place, as the page shows it."""

    standin: StandIn
    get_into: str
    place: str

    @property
    def stretch(self) -> Stretch:
        """The stretch itself."""
        return self.standin.stretch


@dataclass(frozen=True)
class Stage:
    """All that the session page shows beside the timer."""

    session: Session
    steps: Sequence[StageStep]
    asking: Sequence[Condition]
    stop_signs: Sequence[RedFlag]
    emergency_signs: Sequence[RedFlag]

    @property
    def length(self) -> str:
        """The whole length in words."""
        return wording.duration(self.session.plan["total_ms"] // 1000)

    @property
    def timeline(self) -> dict[str, Any]:
        """What the player runs on: the segments, and which steps are counted in repetitions."""
        plan = self.session.plan
        reps = [number for number, step in enumerate(plan["steps"]) if step["dose"]["mode"] == "reps"]
        return {"total_ms": plan["total_ms"], "segments": plan["segments"], "reps": reps}

    @property
    def events(self) -> list[dict[str, Any]]:
        """What happened so far, as the player tells it."""
        return self.session.told()

    @property
    def careful_steps(self) -> list[StageStep]:
        """The steps that one of the person's conditions says something about, each stretch once."""
        found = {step.label: step for step in self.steps if step.cautions}
        return list(found.values())

    @property
    def left_out_steps(self) -> list[StageStep]:
        """The steps that the person lately left out for a lasting reason and that something could stand in for."""
        return [step for step in self.steps if step.left_out and step.others]


def stage(session: Session, *, now: datetime) -> Stage:
    """Gather the page of a session: at most twelve queries, however long it is."""
    plan = session.plan["steps"]
    slugs = {step["stretch"] for step in plan}
    tags = list(tags_of(session.owner))
    stretches = {stretch.slug: stretch for stretch in Stretch.objects.filter(slug__in=slugs).prefetch_related("easier")}
    cautions: dict[str, list[Caution]] = {}
    asking: list[Condition] = []
    if tags:
        for caution in Caution.objects.for_conditions(tags).filter(stretch__slug__in=slugs).select_related("stretch"):
            cautions.setdefault(caution.stretch.slug, []).append(caution)
        asking = [one for one in asking_first().filter(tag__in=tags) if slugs - set(one.exempt)]
    known = [caution for several in cautions.values() for caution in several]
    others = standins(session.owner, plan, stretches, known)
    left_out = left_out_lately(session.owner, slugs, now=now)
    flags = list(RedFlag.objects.offered().exclude(urgency=RedFlag.Urgency.URGENT))
    return Stage(
        session=session,
        steps=[
            replace(
                _step(number, plan, stretches.get(step["stretch"]), cautions.get(step["stretch"], [])),
                others=[_other(standin) for standin in others[number]],
                left_out=left_out.get(step["stretch"]),
            )
            for number, step in enumerate(plan)
        ],
        asking=asking,
        stop_signs=[flag for flag in flags if flag.urgency == RedFlag.Urgency.STOP],
        emergency_signs=[flag for flag in flags if flag.urgency == RedFlag.Urgency.NOW],
    )


def _step(
    number: int, plan: Sequence[Mapping[str, Any]], stretch: Stretch | None, cautions: Sequence[Caution]
) -> StageStep:
    frozen = plan[number]
    dose = Dose.from_json(frozen["dose"])
    stays = number > 0 and plan[number - 1]["position"] == frozen["position"]
    return StageStep(
        number=number,
        label=frozen["label"],
        dose=wording.dose(dose, frozen["sides"]),
        rest=wording.rest(dose),
        seconds=work_seconds(dose, frozen["sides"]),
        work=str(WORK[dose.mode]),
        get_into="" if stays else str(GET_INTO.get(frozen["position"], "")),
        place=str(wording.POSITIONS.get(frozen["position"], "")),
        note=frozen["note"],
        takes_turns=frozen["sides"] == "each" and dose.alternate,
        mode=dose.mode,
        count=dose.repetitions * (2 if frozen["sides"] == "each" and dose.alternate else 1),
        form=frozen.get("form", ""),
        stretch=stretch,
        cautions=cautions,
    )


def _other(standin: StandIn) -> OtherStep:
    form = chosen_form(standin.stretch, standin.form) or {}
    position = form.get("position", standin.stretch.position)
    return OtherStep(
        standin=standin,
        get_into=str(GET_INTO.get(position, "")),
        place=str(wording.POSITIONS.get(position, "")),
    )


def words() -> dict[str, str]:
    """Return the player's own sentences in the reader's language; {gaps} are filled in the browser."""
    return {
        "start": gettext("Start"),
        "pause": gettext("Pause"),
        "resume": gettext("Resume"),
        "prepare": gettext("Get ready"),
        "move": gettext("Change position"),
        "stay": gettext("Next one"),
        "switch": gettext("Switch sides"),
        "rest": gettext("Rest"),
        "paused": gettext("Paused"),
        "ready": gettext("Ready when you are"),
        "in_all": gettext("in all"),
        "left": gettext("Left side"),
        "right": gettext("Right side"),
        "turns": gettext("Left and right in turn"),
        "step_of": gettext("Step {step} of {steps}"),
        "set_of": gettext("Set {set} of {sets}"),
        "time_left": gettext("{time} left"),
        "then": gettext("Then {time}"),
        "next": gettext("Next: {name}"),
        "next_side": gettext("Next: {name}, {side}"),
        "last_one": gettext("This is the last one."),
        "waits": gettext("In your own time"),
        "lead": gettext("Back into it"),
        "waits_hint": gettext("Press Done when you are."),
        "rep": gettext("{number} of {count}"),
        "breathe_in": gettext("Breathe in"),
        "breathe_out": gettext("Breathe out"),
        "offer": gettext("Would you like something else in its place?"),
        "say_elsewhere": gettext("This session goes on on another device. Continue here, if you like."),
        "said_left": gettext("left side"),
        "said_right": gettext("right side"),
        "said_turns": gettext("left and right in turn"),
        "said_reps": gettext("{count} times"),
        "said_breaths": gettext("{count} breaths"),
        "say_first": gettext("Let's go. First: {name}."),
        "say_next": gettext("Next: {name}."),
        "say_switch_left": gettext("Switch sides, now left."),
        "say_switch_right": gettext("Switch sides, now right."),
        "say_waits": gettext("In your own time. Press Done when you are."),
        "say_more": gettext("15 seconds more."),
        "say_rest": gettext("Rest."),
        "say_rest_set": gettext("Rest. Then set {set} of {sets}."),
        "say_half": gettext("Half-way."),
        "say_try": gettext("This is how the session sounds."),
        "tried": gettext("Did you hear a tone and a voice?"),
        "tried_tone": gettext("Did you hear a tone? This device has no voice for it; every word can be read."),
        "any_voice": gettext("The usual one"),
        "say_paused": gettext("Paused."),
        "say_away": gettext("You were away, so the session waited for you. Press Resume to go on."),
        "say_done": gettext("Well done. That was everything."),
        "say_ended": gettext("Ended. What you did is kept."),
        "seconds": gettext("{count} seconds"),
        "minutes": gettext("{count} minutes"),
        "one_minute": gettext("1 minute"),
        "done": gettext("Well done"),
        "ended": gettext("Kept as it is"),
        "saving": gettext("Saving what you did…"),
        "awake": gettext("Your screen stays on."),
        "may_sleep": gettext("Your screen may go dark."),
        "sound_on": gettext("Sound on"),
        "sound_off": gettext("Sound off"),
        "offline": gettext("No connection just now. What you do is kept on this device and sent later."),
        "offline_ready": gettext("Ready for offline."),
        "done_offline": gettext("Done. It is kept on this device and will be saved when you are online."),
        "sign_in": gettext("You are signed out here. What you do is kept on this device until you sign in again."),
        "refused": gettext("This page and the server do not understand each other. Reload the page to go on."),
        "gone": gettext("This session is no longer there. It may have been deleted on another page."),
    }
