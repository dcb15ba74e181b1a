"""Makes playback.json: sessions and what they add up to, for the JavaScript and the Python fold alike.

The expectations come from neither of the two. A deliberately simple third one walks through time
cell by cell, so that a mistake in the shared arithmetic cannot hide. Run `python -m tests.vectors.make`
after a change to the rules; a test fails while the file is stale.
"""

import json
import random
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("playback.json")
CELL = 50
START = 1_772_625_600_000
BACK_GRACE = 2000

Json = dict[str, Any]


def plan(*pieces: tuple[int, str, str, int], sides: tuple[str, ...] = ()) -> Json:
    """A plan from (step, kind, side, ms)."""
    segments, clock = [], 0
    for index, (step, kind, side, lasts) in enumerate(pieces):
        segments.append(
            {"index": index, "step": step, "kind": kind, "side": side, "starts_ms": clock, "lasts_ms": lasts}
        )
        clock += lasts
    found: Json = {"total_ms": clock, "segments": segments}
    if sides:
        found["steps"] = [{"sides": side} for side in sides]
    return found


PLANS: dict[str, Json] = {
    "one hold": plan((0, "prepare", "none", 10_000), (0, "work", "none", 30_000)),
    "two sides": plan(
        (0, "prepare", "left", 10_000),
        (0, "work", "left", 30_000),
        (0, "switch", "right", 5_000),
        (0, "work", "right", 30_000),
        sides=("each",),
    ),
    "routine": plan(
        (0, "prepare", "both", 10_000),
        (0, "work", "both", 20_000),
        (1, "move", "left", 15_000),
        (1, "work", "left", 30_000),
        (1, "switch", "right", 5_000),
        (1, "work", "right", 30_000),
        (1, "rest", "left", 10_000),
        (1, "work", "left", 30_000),
        (1, "switch", "right", 5_000),
        (1, "work", "right", 30_000),
        (2, "move", "both", 20_000),
        (2, "work", "both", 40_000),
        (3, "move", "none", 10_000),
        (3, "work", "none", 60_000),
        sides=("both", "each", "each", "none"),
    ),
    "tiny": plan(
        (0, "prepare", "none", 500), (0, "work", "none", 1_000), (1, "move", "none", 50), (1, "work", "none", 50)
    ),
    "empty": plan(),
}

# Told by hand: (name, plan, [(kind, ms since the start of all, data)]).
TOLD: list[tuple[str, str, list[tuple[str, int] | tuple[str, int, Json]]]] = [
    ("nothing happened", "routine", []),
    ("pressing anything before Start does nothing", "routine", [("skip", 0), ("back", 5), ("pause", 9), ("resume", 9)]),
    ("ended before it began", "routine", [("end", 100)]),
    ("begun and left running", "routine", [("start", 0)]),
    ("from end to end", "one hold", [("start", 0), ("finish", 40_000)]),
    ("over without a finish event", "one hold", [("start", 0), ("mark", 41_000)]),
    ("finish told too early is an end", "one hold", [("start", 0), ("finish", 25_000)]),
    ("a pause is not practised", "one hold", [("start", 0), ("pause", 20_000), ("resume", 620_000), ("mark", 630_000)]),
    (
        "two pauses, one resume",
        "one hold",
        [("start", 0), ("pause", 20_000), ("pause", 30_000), ("resume", 40_000), ("mark", 45_000)],
    ),
    ("resumed without a pause", "one hold", [("start", 0), ("resume", 5_000), ("mark", 12_000)]),
    ("started twice", "one hold", [("start", 0), ("start", 20_000), ("mark", 30_000)]),
    (
        "a pause told late, of an instant long past",
        "routine",
        [("start", 0), ("mark", 30_000), ("pause", 42_000), ("resume", 900_000), ("mark", 905_000)],
    ),
    ("skipping is not practising", "routine", [("start", 0), ("skip", 1_000), ("skip", 2_000), ("mark", 9_000)]),
    ("skipped to the very end", "one hold", [("start", 0), ("skip", 500), ("skip", 700)]),
    (
        "skipped while paused",
        "routine",
        [("start", 0), ("pause", 12_000), ("skip", 20_000), ("resume", 30_000), ("mark", 35_000)],
    ),
    ("back restarts a segment", "two sides", [("start", 0), ("back", 25_000), ("mark", 30_000)]),
    ("back soon after a boundary goes one further", "two sides", [("start", 0), ("back", 41_000), ("mark", 42_000)]),
    ("back exactly at the grace goes one further", "two sides", [("start", 0), ("back", 12_000), ("mark", 13_000)]),
    ("back a millisecond after the grace restarts", "two sides", [("start", 0), ("back", 12_050), ("mark", 13_000)]),
    ("back at the very beginning", "two sides", [("start", 0), ("back", 1_000), ("mark", 2_000)]),
    ("a hold done twice is counted twice", "two sides", [("start", 0), ("back", 39_000), ("mark", 70_000)]),
    ("let go a second early", "two sides", [("start", 0), ("skip", 37_000), ("skip", 38_000), ("skip", 67_000)]),
    ("let go far too early", "two sides", [("start", 0), ("skip", 30_000), ("skip", 31_000), ("skip", 61_000)]),
    ("sides taking turns", "routine", [("start", 0), ("mark", 400_000)]),
    ("ended early keeps what was done", "routine", [("start", 0), ("end", 65_000)]),
    (
        "nothing counts after the end",
        "routine",
        [("start", 0), ("end", 65_000), ("resume", 70_000), ("mark", 90_000), ("back", 91_000)],
    ),
    ("exactly at a boundary", "two sides", [("start", 0), ("mark", 40_000)]),
    (
        "the clock was set back an hour",
        "routine",
        [("start", 0), ("mark", 30_000), ("mark", -3_570_000), ("mark", -3_560_000)],
    ),
    ("an hour without a word", "routine", [("start", 0), ("mark", 3_600_000)]),
    ("ticked off by hand", "routine", [("hand", 0, {"steps": [0, 2]})]),
    ("ticked off half-way", "routine", [("start", 0), ("pause", 50_000), ("hand", 60_000, {"steps": [0, 1, 2, 3]})]),
    ("ticked off with nothing done", "routine", [("hand", 0, {"steps": []})]),
    ("a kind nobody knows yet", "one hold", [("start", 0), ("later", 15_000), ("mark", 20_000)]),
    ("tiny pieces", "tiny", [("start", 0), ("mark", 1_550), ("mark", 1_600)]),
    ("half of a tiny piece", "tiny", [("start", 0), ("end", 1_000)]),
    ("a plan without steps", "empty", [("start", 0), ("back", 10), ("mark", 20)]),
    ("a plan without steps, before Start", "empty", [("back", 0), ("skip", 10)]),
]


class Walk:
    """Walks through a session cell by cell, as somebody with a very coarse watch would."""

    def __init__(self, timeline: Json) -> None:
        self.segments = timeline["segments"]
        self.cells = [s["index"] for s in self.segments for _ in range(s["lasts_ms"] // CELL)]
        self.status, self.how, self.cell = "ready", "", 0
        self.started_at: int | None = None
        self.over_at: int | None = None
        self.spent = [0] * len(self.segments)
        self.clock = 0

    def until(self, instant: int) -> None:
        """Let the watch run to an instant; one that lies in the past only sets the watch."""
        if self.status == "running" and self.cell >= len(self.cells):
            self.over("finish", self.clock)
        while self.status == "running" and self.clock < instant:
            self.spent[self.cells[self.cell]] += CELL
            self.cell += 1
            self.clock += CELL
            if self.cell == len(self.cells):
                self.over("finish", self.clock)
        self.clock = instant

    def over(self, how: str, instant: int) -> None:
        """Nothing moves any more."""
        self.status, self.how, self.over_at = "done", how, instant

    def jump(self, cell: int) -> None:
        """Go elsewhere; past the last cell everything is over."""
        self.cell = cell
        if self.status != "done" and cell >= len(self.cells):
            self.over("finish", self.clock)

    def first_cell(self, index: int) -> int:
        """The first cell of a segment, of the first one for anything below."""
        return sum(s["lasts_ms"] // CELL for s in self.segments[: max(0, index)])

    def do(self, event: Json) -> None:  # noqa: C901  (one line per thing that can happen)
        """Let one thing happen."""
        self.until(event["at"])
        kind = event["kind"]
        if self.status == "done":
            return
        if kind in {"end", "finish"}:
            self.over("end", event["at"])
        elif kind == "hand":
            for index, segment in enumerate(self.segments):
                ticked = segment["kind"] == "work" and segment["step"] in event["data"]["steps"]
                self.spent[index] = segment["lasts_ms"] if ticked else 0
            self.over("hand", event["at"])
        elif kind == "start" and self.status == "ready":
            self.status, self.started_at = "running", event["at"]
        elif self.status == "ready":
            return
        elif kind == "pause":
            self.status = "paused"
        elif kind == "resume":
            self.status = "running"
        elif kind == "skip":
            here = self.cells[self.cell]
            self.jump(self.first_cell(here + 1))
        elif kind == "back":
            here = self.cells[self.cell]
            into = (self.cell - self.first_cell(here)) * CELL
            self.jump(self.first_cell(here if into > BACK_GRACE else here - 1))

    def told(self) -> Json:
        """The state as the vectors spell it."""
        here = self.cells[self.cell] if self.cell < len(self.cells) else len(self.segments)
        end = self.first_cell(here + 1) if here < len(self.segments) else self.cell
        return {
            "status": self.status,
            "how": self.how,
            "position": self.cell * CELL,
            "segment": here,
            "remaining": (end - self.cell) * CELL,
            "spent": list(self.spent),
            "started_at": self.started_at,
            "over_at": self.over_at,
        }


def results(timeline: Json, spent: list[int]) -> list[Json]:
    """What was done of each step, in the words of the rule rather than of the code."""
    found = []
    for step in range(max((s["step"] for s in timeline["segments"]), default=-1) + 1):
        windows = [(s, spent[s["index"]]) for s in timeline["segments"] if s["step"] == step and s["kind"] == "work"]
        total = sum(ran for _, ran in windows)
        left = sum(ran for s, ran in windows if s["side"] == "left")
        right = sum(ran for s, ran in windows if s["side"] == "right")
        sides = timeline.get("steps", [])
        if sides and sides[step]["sides"] == "each" and all(s["side"] == "both" for s, _ in windows):
            left = right = total / 2
        missing = [s["lasts_ms"] - ran for s, ran in windows]
        allowed = [min(max(1000, s["lasts_ms"] / 10), s["lasts_ms"] / 2) for s, _ in windows]
        done = total > 0 and all(lack <= grace for lack, grace in zip(missing, allowed, strict=True))
        found.append(
            {
                "planned_s": sum(s["lasts_ms"] for s, _ in windows) // 1000,
                "done_s": total // 1000,
                "done_left_s": int(left // 1000),
                "done_right_s": int(right // 1000),
                "outcome": "done" if done else "part" if total >= 1000 else "skipped",
            }
        )
    return found


def case(name: str, plan_name: str, events: list[Json], probes: list[int]) -> Json:
    """One session with every expectation about it."""
    timeline = PLANS[plan_name]
    walk = Walk(timeline)
    for event in sorted(events, key=lambda e: (e["seq"], e["at"], e["id"])):
        walk.do(event)
    at_last = walk.told()
    looked = []
    last = max([START, *(e["at"] for e in events)])
    for ahead in probes:
        walk.until(last + ahead)
        looked.append({"now": last + ahead, **walk.told()})
    steps = results(timeline, at_last["spent"])
    practised = sum(step["done_s"] for step in steps)
    done = sum(step["outcome"] == "done" for step in steps)
    return {
        "name": name,
        "plan": plan_name,
        "events": events,
        "state": at_last,
        "probes": looked,
        "steps": steps,
        "counts": practised >= 60 or (done > 0 and done >= len(steps) / 2),
    }


def event(number: int, kind: str, at: int, data: Json | None = None, seq: int | None = None) -> Json:
    """One event with an id that depends on nothing but its number."""
    found = {"id": f"0196e000-0000-7000-8000-{number:012x}", "seq": seq or number, "kind": kind, "at": at}
    return found | ({"data": data} if data is not None else {})


def told_cases() -> list[Json]:
    """The sessions spelled out above."""
    return [
        case(
            name,
            plan_name,
            [event(n, e[0], START + e[1], e[2] if len(e) > 2 else None) for n, e in enumerate(events, 1)],
            [0, 50, 2_000, 14_950, 600_000],
        )
        for name, plan_name, events in TOLD
    ]


def random_cases(count: int) -> list[Json]:
    """Sessions in which anybody presses anything, the clock is set back now and then, and two devices
    use the same number; always the same ones.
    """
    chance = random.Random(20_260_304)
    kinds = ["pause", "resume", "skip", "back", "mark", "mark", "mark"]
    found = []
    for number in range(count):
        clock, seq, events = START, 1, [event(1, "start", START)]
        for n in range(2, chance.randint(4, 14)):
            jump = chance.choice([0, 50, 1_000, 2_000, 7_450, 30_000, 61_000]) + CELL * chance.randint(0, 40)
            clock += jump if chance.random() > 0.05 else -jump
            seq += chance.random() > 0.1
            kind = chance.choice(kinds) if chance.random() > 0.04 else chance.choice(["end", "finish", "start"])
            events.append(event(n, kind, clock, seq=seq))
        plan_name = chance.choice(["two sides", "routine", "routine", "routine"])
        shuffled = [*events, *chance.sample(events, k=min(2, len(events)))]
        chance.shuffle(shuffled)
        unique = list({e["id"]: e for e in shuffled}.values())
        made = case(f"random {number}", plan_name, unique, [0, 1_000, 33_350])
        found.append({**made, "events": shuffled})
    return found


def made() -> str:
    """The whole file."""
    cases = [*told_cases(), *random_cases(60)]
    body = ",\n".join(json.dumps(one, separators=(",", ":")) for one in cases)
    plans = json.dumps(PLANS, separators=(",", ":"))
    return f'{{"plans":{plans},\n"cases":[\n{body}\n]}}\n'


if __name__ == "__main__":
    PATH.write_text(made(), encoding="utf-8")
