"""Hypothesis strategies for doses and plans."""

from hypothesis import strategies as st

from routines.dose import ALL_SIDES, MODES, Dose, Sides
from routines.timeline import FLOOR, UPRIGHT, PlanStep

sides: st.SearchStrategy[Sides] = st.sampled_from(ALL_SIDES)
positions = st.sampled_from(sorted(FLOOR | UPRIGHT))
phases = st.sampled_from(["warm-up", "main", "cool-down"])


@st.composite
def doses(draw: st.DrawFn) -> Dose:
    """Any dose that makes sense: counts only where the mode counts, turns only for repetitions."""
    mode = draw(st.sampled_from(MODES))
    counted = mode in ("reps", "breaths")
    return Dose(
        mode=mode,
        seconds=draw(st.integers(1, 300)),
        repetitions=draw(st.integers(1, 30)) if counted else 1,
        sets=draw(st.integers(1, 6)),
        rest_s=draw(st.integers(0, 60)),
        switch_s=draw(st.integers(0, 10)),
        alternate=mode == "reps" and draw(st.booleans()),
    )


@st.composite
def plan_steps(draw: st.DrawFn) -> PlanStep:
    """Any step."""
    slug = draw(st.sampled_from(["cat-cow", "walking", "knee-to-chest"]))
    return PlanStep(slug, slug, draw(doses()), draw(sides), draw(positions), draw(phases))


plans = st.lists(plan_steps(), max_size=8)
