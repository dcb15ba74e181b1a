"""The catalogue's doses and totals as reviewed, for the pure parts: no database, no content files.

`catalogue_cases.json` is the expected result, written down once; it must not be
made from the code under test.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from routines.dose import Dose
from routines.timeline import PlanStep

CASES = json.loads((Path(__file__).parent / "catalogue_cases.json").read_text(encoding="utf-8"))
STRETCHES: list[dict[str, Any]] = CASES["stretches"]
ROUTINES: list[dict[str, Any]] = CASES["routines"]


@cache
def by_slug() -> dict[str, dict[str, Any]]:
    """Every stretch of the cases by its slug."""
    return {stretch["slug"]: stretch for stretch in STRETCHES}


def plan_step(step: dict[str, Any]) -> PlanStep:
    """One step of a ready-made routine as the timeline takes it."""
    stretch = by_slug()[step["slug"]]
    return PlanStep(
        stretch=step["slug"],
        label=stretch["name"],
        dose=Dose.from_json(step["dose"]),
        sides=stretch["sides"],
        position=step["position"],
        phase=step["phase"],
        form=step.get("form", ""),
    )
