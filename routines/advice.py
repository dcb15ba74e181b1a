"""Kind words about a plan: what could be arranged better, and what is not for everybody.

Pure: plain values in, plain values out, no Django. Advice never blocks anything
and never scolds. The rules are those of the guide (P02 to P05, P12, P13, P16);
the sentences are English originals with named values, which `wording.py`
translates and fills in.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Literal

from routines.timeline import FLOOR, PlanStep, build

Action = Literal["avoid", "modify"]
Tone = Literal["care", "tip"]

# P02: a session of ten minutes or more starts with five minutes of easy movement.
LONG_SESSION_S = 600
WARM_UP_S = 300
# P03: what a muscle may be held for before activity, and the number of moves that follow.
BEFORE_ACTIVITY_S = 30
BEFORE_ACTIVITY_MOST_S = 60
MOVES_AFTER_HOLD = 2
# P05: a floor part of one stretch needs no closing position.
FLOOR_PART = 2
# P12
SESSIONS_BEFORE_LEVEL_3 = 6
ADVANCED = 3
# P16
LONGEST_HOLD_S = 60
LONGEST_NECK_HOLD_S = 30
LONGER_HOLDS_S: Mapping[str, int] = {"childs-pose-reach": 120, "childs-pose-rest": 90}

BACK_BENDS = frozenset({"upward-facing-dog"})
BENT_FORWARD = frozenset({"childs-pose-reach", "childs-pose-rest", "knee-to-chest"})
MOVING = frozenset({"dynamic", "aerobic"})
LYING = frozenset({"supine", "prone"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step with what the rules need to know; `level` is that of the chosen form."""

    plan: PlanStep
    type: str
    section: str
    areas: tuple[str, ...]
    level: int

    @property
    def name(self) -> str:
        """What the step is called on the page."""
        return self.plan.label

    @property
    def on_floor(self) -> bool:
        """Whether it is done down on the floor."""
        return self.plan.position in FLOOR


@dataclass(frozen=True, slots=True)
class Caution:
    """What one of the person's conditions says about a stretch; slugs, and "" for no substitute."""

    stretch: str
    condition: str
    action: Action
    text: str
    substitute: str = ""


@dataclass(frozen=True, slots=True)
class Clearance:
    """A condition with which all but the exempt stretches wait for a clinician's yes."""

    condition: str
    text: str
    exempt: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Advice:
    """One remark: a stable code, its rule, the sentence with `values`, the step it is about.

    `suggestion` is the slug of a stretch that would help, or "". Values whose name
    ends in `_s` are seconds, `position` is a position's slug.
    """

    code: str
    rule: str
    sentence: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    step: int | None = None
    suggestion: str = ""
    tone: Tone = "tip"


def _(sentence: str) -> str:
    """Mark a sentence for translation; `wording.py` looks it up."""
    return sentence


def advise(
    steps: Sequence[Step],
    *,
    context: str,
    finished_sessions: int,
    cautions: Sequence[Caution] = (),
    clearances: Sequence[Clearance] = (),
) -> tuple[Advice, ...]:
    """Return every remark about a plan: care first, then in the order of the rules.

    `context` is the routine's (`before-activity`, `after-activity`, `desk`, `bed`,
    `any`); `cautions` and `clearances` are those of the person's own conditions.
    """
    found = (
        *_ask_first(steps, clearances),
        *_avoid(steps, cautions),
        *_adapt(steps, cautions),
        *_warm_up(steps, context, cautions),
        *_before_activity(steps, context),
        *_up_and_down(steps),
        *_floor_part(steps, cautions),
        *_level(steps, finished_sessions, cautions),
        *_long_holds(steps),
    )
    return tuple(_cleared(advice, clearances) for advice in found)


def _cleared(advice: Advice, clearances: Sequence[Clearance]) -> Advice:
    """Take back a suggestion that itself waits for a clinician's yes."""
    if all(advice.suggestion in clearance.exempt for clearance in clearances):
        return advice
    return replace(advice, suggestion="")


def avoided(cautions: Sequence[Caution]) -> frozenset[str]:
    """Return the slugs to leave out."""
    return frozenset(caution.stretch for caution in cautions if caution.action == "avoid")


def _about(steps: Sequence[Step], cautions: Sequence[Caution], action: Action) -> Iterator[tuple[int, Step, Caution]]:
    for number, step in enumerate(steps):
        for caution in cautions:
            if caution.stretch == step.plan.stretch and caution.action == action:
                yield number, step, caution


def _ask_first(steps: Sequence[Step], clearances: Sequence[Clearance]) -> Iterator[Advice]:
    for clearance in clearances:
        if any(step.plan.stretch not in clearance.exempt for step in steps):
            yield Advice(
                "ask-first",
                "P13",
                _("%(condition)s: %(text)s"),
                {"condition": clearance.condition, "text": clearance.text},
                tone="care",
            )


def _avoid(steps: Sequence[Step], cautions: Sequence[Caution]) -> Iterator[Advice]:
    for number, step, caution in _about(steps, cautions, "avoid"):
        yield Advice(
            "avoid",
            "P13",
            _("One to leave out for now. %(condition)s: %(text)s"),
            {"name": step.name, "text": caution.text, "condition": caution.condition},
            step=number,
            suggestion=_usable((caution.substitute,), cautions),
            tone="care",
        )


def _adapt(steps: Sequence[Step], cautions: Sequence[Caution]) -> Iterator[Advice]:
    for number, step, caution in _about(steps, cautions, "modify"):
        yield Advice(
            "adapt",
            "P13",
            _("%(condition)s: %(text)s"),
            {"name": step.name, "text": caution.text, "condition": caution.condition},
            step=number,
            tone="care",
        )


def _warm_up(steps: Sequence[Step], context: str, cautions: Sequence[Caution]) -> Iterator[Advice]:
    timeline = build([step.plan for step in steps])
    have = timeline.phase_s("warm-up")
    holds = any(step.type == "static" for step in steps)
    if context == "after-activity" or timeline.total_s < LONG_SESSION_S or have >= WARM_UP_S or not holds:
        return
    sentence = (
        _(
            "Your warm-up is %(have_s)s. For a routine of this length about %(want_s)s of easy movement"
            " first makes the holds more comfortable."
        )
        if have
        else _(
            "There is no warm-up yet. For a routine of this length about %(want_s)s of easy movement"
            " first makes the holds more comfortable."
        )
    )
    values = {"have_s": have, "want_s": WARM_UP_S}
    suggestion = _usable(("walking",), cautions)
    yield Advice("warm-up", "P02", sentence, values, suggestion=suggestion)


def _before_activity(steps: Sequence[Step], context: str) -> Iterator[Advice]:
    if context != "before-activity":
        return
    held: dict[str, int] = defaultdict(int)
    last = None
    for number, step in enumerate(steps):
        if step.type != "static":
            continue
        last = number
        # The first area named is the one the stretch is for; the others only take part.
        held[step.areas[0]] += step.plan.dose.side_seconds
        total = held[step.areas[0]]
        if total > BEFORE_ACTIVITY_MOST_S:
            sentence = _(
                "%(name)s adds up to %(total_s)s for one area. Before activity, more than %(most_s)s"
                " is better kept for afterwards."
            )
        elif total > BEFORE_ACTIVITY_S:
            sentence = _(
                "%(name)s adds up to %(total_s)s for one area. Before activity, moving works better"
                " than holding: %(limit_s)s is enough."
            )
        else:
            continue
        yield Advice(
            "hold-before-activity",
            "P03",
            sentence,
            {
                "name": step.name,
                "total_s": total,
                "limit_s": BEFORE_ACTIVITY_S,
                "most_s": BEFORE_ACTIVITY_MOST_S,
            },
            step=number,
        )
    if last is not None and sum(step.type in MOVING for step in steps[last + 1 :]) < MOVES_AFTER_HOLD:
        yield Advice(
            "move-after-holding",
            "P03",
            _("After %(name)s, two moving stretches wake the muscles up again before you start."),
            {"name": steps[last].name},
            step=last,
        )


def _up_and_down(steps: Sequence[Step]) -> Iterator[Advice]:
    levels = [(on_floor, list(run)) for on_floor, run in groupby(enumerate(steps), lambda s: s[1].on_floor)]
    parts = sum(on_floor for on_floor, _run in levels)
    if parts > 1:
        yield Advice(
            "up-and-down",
            "P04",
            _(
                "This takes you down to the floor %(times)s times. Putting the floor stretches next to"
                " each other saves the getting up."
            ),
            {"times": parts},
        )
    for _on_floor, run in levels:
        left: set[str] = set()
        for (_before_number, before), (number, step) in pairwise(run):
            if before.plan.position != step.plan.position:
                left.add(before.plan.position)
                if step.plan.position in left:
                    yield Advice(
                        "position-again",
                        "P04",
                        _(
                            "%(name)s comes back to a position you had left (%(position)s). It could go beside the others there."
                        ),
                        {"name": step.name, "position": step.plan.position},
                        step=number,
                    )


def _floor_part(steps: Sequence[Step], cautions: Sequence[Caution]) -> Iterator[Advice]:
    for on_floor, run in groupby(enumerate(steps), lambda pair: pair[1].on_floor):
        if on_floor:
            part = list(run)
            yield from _movement_first(part)
            yield from _after_back_bend(part, cautions)
            yield from _finish_lying(part, cautions)


def _movement_first(part: Sequence[tuple[int, Step]]) -> Iterator[Advice]:
    still = False
    for number, step in part:
        if still and step.type in MOVING:
            yield Advice(
                "movement-first",
                "P05",
                _("%(name)s keeps you moving. On the floor it feels best before the still stretches."),
                {"name": step.name},
                step=number,
            )
        still = still or step.type == "static"


def _after_back_bend(part: Sequence[tuple[int, Step]], cautions: Sequence[Caution]) -> Iterator[Advice]:
    for place, (number, step) in enumerate(part):
        if step.plan.stretch not in BACK_BENDS:
            continue
        after = part[place + 1][1] if place + 1 < len(part) else None
        if after and (after.plan.stretch in BENT_FORWARD | BACK_BENDS or after.plan.position == "supine"):
            continue
        yield Advice(
            "bend-forward-after",
            "P05",
            _("After %(name)s, a moment curled forward or on your back lets the back settle."),
            {"name": step.name},
            step=number,
            suggestion=_usable(("childs-pose-reach", "knee-to-chest"), cautions),
        )


def _finish_lying(part: Sequence[tuple[int, Step]], cautions: Sequence[Caution]) -> Iterator[Advice]:
    number, last = part[-1]
    # A back-bend at the end already has its own remark.
    if len(part) < FLOOR_PART or last.plan.position in LYING or last.plan.stretch in BACK_BENDS:
        return
    yield Advice(
        "finish-lying",
        "P05",
        _("The floor part ends most calmly lying down, after %(name)s."),
        {"name": last.name},
        step=number,
        suggestion=_usable(("diaphragmatic-breathing",), cautions),
    )


def _level(steps: Sequence[Step], finished_sessions: int, cautions: Sequence[Caution]) -> Iterator[Advice]:
    if finished_sessions >= SESSIONS_BEFORE_LEVEL_3:
        return
    for number, step in enumerate(steps):
        if step.level < ADVANCED or step.plan.stretch in avoided(cautions):
            continue
        yield Advice(
            "advanced",
            "P12",
            _(
                "%(name)s is an advanced stretch. It will feel kinder once you have finished %(sessions)s"
                " sessions; an easier version does the same work until then."
            ),
            {"name": step.name, "sessions": SESSIONS_BEFORE_LEVEL_3},
            step=number,
            suggestion=_usable((EASIER.get(step.plan.stretch, ""),), cautions),
        )


# P12: what to do instead of an advanced stretch; the back-bend has an easier form of its own.
EASIER: Mapping[str, str] = {"pigeon-pose": "piriformis-figure-4"}


def _long_holds(steps: Sequence[Step]) -> Iterator[Advice]:
    for number, step in enumerate(steps):
        limit = hold_limit_s(step.plan.stretch, step.section)
        if step.type == "static" and step.plan.dose.mode == "hold" and step.plan.dose.seconds > limit:
            yield Advice(
                "long-hold",
                "P16",
                _("%(name)s needs no more than %(limit_s)s at a time. A second round does more than a longer hold."),
                {"name": step.name, "limit_s": limit},
                step=number,
            )


def hold_limit_s(stretch: str, section: str) -> int:
    """Return the longest single hold of a still stretch, in seconds."""
    if section == "neck":
        return LONGEST_NECK_HOLD_S
    return LONGER_HOLDS_S.get(stretch, LONGEST_HOLD_S)


def _usable(candidates: Sequence[str], cautions: Sequence[Caution]) -> str:
    """Return the first candidate that none of the person's conditions rules out, or ""."""
    out = avoided(cautions)
    return next((slug for slug in candidates if slug and slug not in out), "")
