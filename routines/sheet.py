"""A routine as its pages show it: steps in words, parts, total, advice. Reads only.

Durations come from the timeline, sentences from `wording.py`, rules from
`advice.py`; this module only brings them together for one person.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from accounts.models import User
from routines import advice, plans, wording
from routines.experience import finished_sessions
from routines.models import Phase, Position, Routine, Step, sides_of
from routines.timeline import Timeline
from stretches.care import asking_first, tags_of
from stretches.models import Caution, Stretch
from stretches.shelf import Card, Shelf

# What can be done about a remark with one tap: put the suggestion in, or in the step's place.
_SWAP = frozenset({"avoid", "advanced"})
_IN_FRONT = frozenset({"warm-up"})


@dataclass(frozen=True)
class Remark:
    """One piece of advice in words. `place` is where the suggestion would go, if it is to be added."""

    code: str
    tone: str
    sentence: str
    suggestion: Card | None = None
    swaps: bool = False
    place: int | None = None


@dataclass(frozen=True)
class Row:
    """One step in words; `seconds` is the step without getting there."""

    step: Step
    number: int
    name: str
    dose: str
    rest: str
    seconds: int
    takes: str
    position: str
    remarks: tuple[Remark, ...] = ()

    @property
    def stretch(self) -> Stretch:
        """The stretch it is about."""
        return self.step.stretch


@dataclass(frozen=True)
class Part:
    """Steps in a row that belong to the same part of the routine."""

    phase: str
    label: str
    rows: tuple[Row, ...]


class Sheet:
    """One routine for one person (None for a visitor). The routine needs `with_steps()`.

    Everything is computed when it is asked for: a list asks for totals, not for advice.
    """

    def __init__(self, routine: Routine, person: User | None, shelf: Shelf) -> None:
        self.routine = routine
        self.person = person
        self.shelf = shelf
        self.steps: list[Step] = list(routine.steps.all())

    @cached_property
    def timeline(self) -> Timeline:
        """What happens when."""
        return plans.timeline(self.routine)

    @property
    def total_s(self) -> int:
        """The whole length in seconds."""
        return self.timeline.total_s

    @property
    def total(self) -> str:
        """The whole length in words, to the second."""
        return wording.duration(self.total_s)

    @property
    def minutes(self) -> str:
        """The whole length at a glance."""
        return wording.minutes(self.total_s)

    @property
    def level(self) -> str:
        """How demanding it is, in a word."""
        return str(wording.LEVELS[plans.routine_level(self.routine)])

    @cached_property
    def equipment(self) -> str:
        """What it needs, in words: "mat, wall"; "" for nothing."""
        things = plans.routine_equipment(self.routine)
        words = [self.shelf.label("equipment", thing) for thing in things if thing != "none"]
        return ", ".join(word[:1].lower() + word[1:] for word in words)

    @cached_property
    def _advice(self) -> tuple[advice.Advice, ...]:
        return advise(self.steps, context=self.routine.context, person=self.person)

    def _remark(self, item: advice.Advice) -> Remark:
        place = None
        if item.code in _IN_FRONT:
            place = 0
        elif item.step is not None:
            place = item.step + 1
        return Remark(
            code=item.code,
            tone=item.tone,
            sentence=wording.sentence(item),
            suggestion=self.shelf.cards.get(item.suggestion),
            swaps=item.code in _SWAP,
            place=place,
        )

    @cached_property
    def remarks(self) -> list[Remark]:
        """Advice about the routine as a whole."""
        return [self._remark(item) for item in self._advice if item.step is None]

    @property
    def cares(self) -> int:
        """How many remarks there are about the person's own conditions."""
        return sum(item.tone == "care" for item in self._advice)

    @cached_property
    def rows(self) -> list[Row]:
        """The steps in order, each with the advice about it."""
        about: dict[int, list[Remark]] = defaultdict(list)
        for item in self._advice:
            if item.step is not None:
                about[item.step].append(self._remark(item))
        return [
            row(step, number, self.timeline.step_s(number), tuple(about[number]))
            for number, step in enumerate(self.steps)
        ]

    @cached_property
    def parts(self) -> list[Part]:
        """The rows under the headings of the routine's parts."""
        return [
            Part(phase, str(Phase(phase).label), tuple(rows))
            for phase, rows in groupby(self.rows, lambda row: row.step.phase)
        ]


def row(step: Step, number: int, seconds: int, remarks: tuple[Remark, ...] = ()) -> Row:
    """Return one step in words; `number` counts from 0."""
    return Row(
        step=step,
        number=number + 1,
        name=plans.label(step.stretch, step.form),
        dose=wording.dose(step.dose, sides_of(step.stretch)),
        rest=wording.rest(step.dose),
        seconds=seconds,
        # One hold or walk takes what it says; saying it twice helps nobody.
        takes=wording.duration(seconds) if seconds != step.dose.seconds else "",
        position=str(Position(step.position).label),
        remarks=remarks,
    )


def advise(steps: Sequence[Step], *, context: str, person: User | None) -> tuple[advice.Advice, ...]:
    """Return the advice on steps for a person: one query, and two more for conditions."""
    tags = tags_of(person) if person else ()
    cautions: list[advice.Caution] = []
    clearances: list[advice.Clearance] = []
    if tags:
        rows = Caution.objects.for_conditions(list(tags)).select_related("stretch")
        cautions = [plans.plain_caution(caution) for caution in rows]
        clearances = [
            advice.Clearance(condition.label, condition.rule, frozenset(condition.exempt))
            for condition in asking_first().filter(tag__in=tags)
        ]
    return advice.advise(
        plans.advised(steps),
        context=context,
        finished_sessions=finished_sessions(person),
        cautions=cautions,
        clearances=clearances,
    )
