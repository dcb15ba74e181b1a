"""What happens when in a routine, second by second.

Pure: ordered steps in, a flat list of segments out, no Django and no clock. Every
total anywhere (builder, list, player, print, log) is the sum of these segments.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from routines.dose import Dose, Side, Sides, Window, windows

Kind = Literal["prepare", "move", "work", "switch", "rest"]

FLOOR = frozenset({"kneeling", "quadruped", "supine", "prone"})
UPRIGHT = frozenset({"standing", "seated"})

# Rule P10. Coming up from the floor, or going down, takes the longest.
GET_READY_S = 10
SAME_POSITION_S = 10
SAME_LEVEL_S = 15
FLOOR_UPRIGHT_S = 20


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step as the timeline needs it; `stretch` is the stretch's slug."""

    stretch: str
    label: str
    dose: Dose
    sides: Sides
    position: str
    phase: str
    form: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of time. What comes before work carries the side and set of that work."""

    index: int
    step: int
    stretch: str
    label: str
    kind: Kind
    phase: str
    side: Side
    set: int
    of_sets: int
    starts_ms: int
    lasts_ms: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """All segments of a routine, without gap or overlap, from 0 to `total_ms`."""

    total_ms: int
    segments: tuple[Segment, ...]

    @property
    def total_s(self) -> int:
        """The whole length in seconds."""
        return self.total_ms // 1000

    def phase_s(self, phase: str) -> int:
        """Return the seconds spent in one phase, changes of position included."""
        return sum(s.lasts_ms for s in self.segments if s.phase == phase) // 1000

    def step_s(self, step: int) -> int:
        """Return the seconds of one step from first work to last, without its transition."""
        return sum(s.lasts_ms for s in self.segments if s.step == step and s.kind not in ("prepare", "move")) // 1000

    def as_json(self) -> dict[str, Any]:
        """Return the form that the session page embeds and a session stores."""
        return {"total_ms": self.total_ms, "segments": [asdict(s) for s in self.segments]}


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: Kind
    side: Side
    set: int
    seconds: int


def build(steps: Sequence[PlanStep]) -> Timeline:
    """Lay the steps out one after the other. No steps make an empty timeline of 0 ms."""
    segments: list[Segment] = []
    clock = 0
    before: PlanStep | None = None
    for number, step in enumerate(steps):
        for piece in _pieces(before, step):
            lasts = piece.seconds * 1000
            segments.append(
                Segment(
                    index=len(segments),
                    step=number,
                    stretch=step.stretch,
                    label=step.label,
                    kind=piece.kind,
                    phase=step.phase,
                    side=piece.side,
                    set=piece.set,
                    of_sets=step.dose.sets,
                    starts_ms=clock,
                    lasts_ms=lasts,
                )
            )
            clock += lasts
        before = step
    return Timeline(clock, tuple(segments))


def transition_s(before: str | None, after: str) -> int:
    """Return the seconds to get from one position to the next; `before` is None at the start."""
    if before is None:
        return GET_READY_S
    if before == after:
        return SAME_POSITION_S
    if (before in FLOOR) == (after in FLOOR):
        return SAME_LEVEL_S
    return FLOOR_UPRIGHT_S


def _pieces(before: PlanStep | None, step: PlanStep) -> Iterator[_Piece]:
    """Yield the pieces of one step: getting there, then work with switches and rests.

    A switch or rest of no length is left out: nothing happens in it.
    """
    one_set = windows(step.dose, step.sides)
    yield _Piece(
        "move" if before else "prepare",
        one_set[0].side,
        1,
        transition_s(before.position if before else None, step.position),
    )
    for number in range(1, step.dose.sets + 1):
        if number > 1 and step.dose.rest_s:
            yield _Piece("rest", one_set[0].side, number, step.dose.rest_s)
        yield from _set(one_set, number, step.dose.switch_s)


def _set(one_set: tuple[Window, ...], number: int, switch_s: int) -> Iterator[_Piece]:
    for window in one_set:
        if window is not one_set[0] and switch_s:
            yield _Piece("switch", window.side, number, switch_s)
        yield _Piece("work", window.side, number, window.seconds)
