"""Makes playback.json: sessions and what they add up to, for the JavaScript and the Python fold alike.

The expectations come from neither of the two. A deliberately simple third one walks through time
cell by cell, so that a mistake in the shared arithmetic cannot hide. Run `python -m tests.vectors.make`
after a change to the rules; a test fails while the file is stale.
"""

import json
import random
from pathlib import Path

from tests.vectors.stories import PLANS, TOLD, Json

PATH = Path(__file__).with_name("playback.json")
CELL = 50
START = 1_772_625_600_000
BACK_GRACE = 2000


class Walk:
    """Walks through a session cell by cell, as somebody with a very coarse watch would."""

    def __init__(self, timeline: Json) -> None:
        self.segments = timeline["segments"]
        self.planned = [s["lasts_ms"] for s in self.segments]
        self.lasts = list(self.planned)
        self.reps = {
            n for n, step in enumerate(timeline.get("steps", [])) if step.get("dose", {}).get("mode") == "reps"
        }
        self.status, self.how, self.cell, self.part, self.lead = "ready", "", 0, 0, 0
        self.taps, self.ticked = "", set[int]()
        self.reasons: dict[int, str] = {}
        self.instead: dict[int, str] = {}
        self.device = ""
        self.started_at: int | None = None
        self.over_at: int | None = None
        self.spent = [0] * len(self.segments)
        self.clock = 0

    @property
    def cells(self) -> list[int]:
        """The segment of each cell."""
        return [n for n, lasts in enumerate(self.lasts) for _ in range(lasts // CELL)]

    @property
    def here(self) -> int:
        """The segment under way, or their number once all are over."""
        cells = self.cells
        return cells[self.cell] if self.cell < len(cells) else len(self.segments)

    def waits(self, index: int) -> bool:
        """Whether somebody has to tap before this segment ends."""
        segment = self.segments[index]
        asked = self.taps == "all" or (self.taps == "reps" and segment["step"] in self.reps)
        return segment["kind"] == "work" and asked and index not in self.ticked

    def until(self, instant: int) -> None:
        """Let the watch run to an instant; one that lies in the past only sets the watch."""
        cells = self.cells
        if self.status == "running" and self.cell >= len(cells):
            self.over("finish", self.clock)
        while self.status == "running" and self.clock < instant:
            if self.lead > 0:
                self.lead -= CELL
                self.clock += CELL
                continue
            index = cells[self.cell]
            if self.waits(index) and self.first_cell(index + 1) == self.cell + 1:
                # The last millisecond is the tap's.
                self.spent[index] += CELL - 1 - self.part
                self.part = CELL - 1
                break
            step = min(CELL - self.part, instant - self.clock)
            self.spent[index] += step
            self.part += step
            self.clock += step
            if self.part == CELL:
                self.part = 0
                self.cell += 1
            if self.cell == len(cells):
                self.over("finish", self.clock)
        self.clock = instant

    def over(self, how: str, instant: int) -> None:
        """Nothing moves any more."""
        self.status, self.how, self.over_at = "done", how, instant

    def jump(self, cell: int) -> None:
        """Go elsewhere; past the last cell everything is over."""
        self.cell, self.part, self.lead = cell, 0, 0
        if self.status != "done" and cell >= len(self.cells):
            self.over("finish", self.clock)

    def first_cell(self, index: int) -> int:
        """The first cell of a segment, of the first one for anything below."""
        return sum(lasts // CELL for lasts in self.lasts[: max(0, index)])

    def land(self, index: int, data: Json) -> None:
        """Go back or ahead to the beginning of a segment; what lies there is still to be done."""
        self.cell, self.part, self.lead = self.first_cell(index), 0, 0
        self.ticked = {n for n in self.ticked if n < index}
        self.get_ready(data)

    def get_ready(self, data: Json) -> None:
        """Some time before the hold goes on."""
        if self.status == "running" and self.segments[self.here]["kind"] == "work":
            self.lead = data.get("lead", 0)

    def do(self, event: Json) -> None:
        """Let one thing happen."""
        kind, data = event["kind"], event.get("data", {})
        by = data.get("device", "")
        if by and self.device not in {"", by} and kind != "take":
            return
        self.until(event["at"])
        if self.status == "done":
            return
        if kind in {"end", "finish"}:
            self.over("end", event["at"])
        elif kind == "hand":
            for index, segment in enumerate(self.segments):
                ticked = segment["kind"] == "work" and segment["step"] in data["steps"]
                self.spent[index] = segment["lasts_ms"] if ticked else 0
            self.over("hand", event["at"])
        elif kind == "start" and self.status == "ready":
            self.status, self.started_at, self.device = "running", event["at"], by
        elif kind in {"seek", "taps", "pace", "instead"}:
            self.choose(kind, data)
        elif self.status != "ready":
            self.press(kind, data)

    def choose(self, kind: str, data: Json) -> None:
        """Choose what can be chosen before the start, too."""
        if kind == "seek" and 0 <= data["segment"] < len(self.segments):
            self.land(data["segment"], data)
        elif kind == "taps":
            self.taps = data["on"]
        elif kind == "pace" and 50 <= data["percent"] <= 300:
            first = self.here + (self.status != "ready")
            for index in range(first, len(self.segments)):
                self.lasts[index] = self.planned[index] * data["percent"] // 100
        elif kind == "instead":
            self.instead[data["step"]] = data["to"]
            if "why" in data:
                self.reasons[data["step"]] = data["why"]
            if self.status != "ready":
                self.land(next(s["index"] for s in self.segments if s["step"] == data["step"]), {})

    def press(self, kind: str, data: Json) -> None:
        """Press one of the buttons of a session that has begun."""
        here = self.here
        if kind == "take":
            self.device = data["device"]
        elif kind == "pause":
            self.status, self.lead = "paused", 0
        elif kind == "resume" and self.status == "paused":
            self.status = "running"
            self.get_ready(data)
        elif kind == "skip" and data.get("why") in {"hurts", "cant_reach", "no_time"}:
            step = self.segments[here]["step"]
            self.reasons[step] = data["why"]
            self.jump(self.first_cell(max(s["index"] for s in self.segments if s["step"] == step) + 1))
        elif kind == "skip":
            self.jump(self.first_cell(here + 1))
        elif kind == "tap" and self.status == "running" and self.segments[here]["kind"] == "work":
            self.ticked.add(here)
            self.jump(self.first_cell(here + 1))
        elif kind == "more":
            self.lasts[here] += data["ms"]
        elif kind == "back":
            into = (self.cell - self.first_cell(here)) * CELL
            self.land(here if into > BACK_GRACE else max(0, here - 1), data)

    def told(self) -> Json:
        """The state as the vectors spell it."""
        here = self.here
        end = self.first_cell(here + 1) if here < len(self.segments) else self.cell
        return {
            "status": self.status,
            "how": self.how,
            "position": self.cell * CELL + self.part,
            "segment": here,
            "remaining": (end - self.cell) * CELL - self.part,
            "lead": self.lead,
            "device": self.device,
            "lasts": list(self.lasts),
            "spent": list(self.spent),
            "started_at": self.started_at,
            "over_at": self.over_at,
        }


def results(timeline: Json, walk: Walk) -> list[Json]:
    """What was done of each step, in the words of the rule rather than of the code."""
    found = []
    for step in range(max((s["step"] for s in timeline["segments"]), default=-1) + 1):
        windows = [
            (s, walk.spent[s["index"]]) for s in timeline["segments"] if s["step"] == step and s["kind"] == "work"
        ]
        total = sum(ran for _, ran in windows)
        left = sum(ran for s, ran in windows if s["side"] == "left")
        right = sum(ran for s, ran in windows if s["side"] == "right")
        sides = timeline.get("steps", [])
        if sides and sides[step]["sides"] == "each" and all(s["side"] == "both" for s, _ in windows):
            left = right = total / 2
        asked = [min(s["lasts_ms"], walk.lasts[s["index"]]) for s, _ in windows]
        enough = [
            (s["index"] in walk.ticked and ran >= min(1000, wanted))
            or wanted - ran <= min(max(1000, wanted / 10), wanted / 2)
            for (s, ran), wanted in zip(windows, asked, strict=True)
        ]
        done = total > 0 and all(enough)
        found.append(
            {
                "planned_s": sum(s["lasts_ms"] for s, _ in windows) // 1000,
                "done_s": total // 1000,
                "done_left_s": int(left // 1000),
                "done_right_s": int(right // 1000),
                "outcome": "done" if done else "part" if total >= 1000 else "skipped",
                "reason": walk.reasons.get(step, ""),
                "instead": walk.instead.get(step, ""),
            }
        )
    return found


def case(name: str, plan_name: str, events: list[Json], probes: list[int]) -> Json:
    """One session with every expectation about it."""
    timeline = PLANS[plan_name]
    walk = Walk(timeline)
    for event in sorted(events, key=lambda e: (e["seq"], e["at"], e["id"])):
        walk.do(event)
    at_last, steps = walk.told(), results(timeline, walk)
    looked = []
    last = max([START, *(e["at"] for e in events)])
    for ahead in probes:
        walk.until(last + ahead)
        looked.append({"now": last + ahead, **walk.told()})
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


def _chosen(chance: random.Random, kind: str) -> Json | None:
    lead: Json = chance.choice([{}, {"lead": 3_000}])
    choices: dict[str, Json] = {
        "resume": lead,
        "back": lead,
        "skip": chance.choice([{}, {}, {"why": "hurts"}]),
        "more": {"ms": 15_000},
        # Half and one and a half times whole seconds are whole cells.
        "pace": {"percent": chance.choice([50, 100, 150])},
        "seek": {"segment": chance.randint(0, 3), **lead},
        "taps": {"on": chance.choice(["", "reps", "all"])},
    }
    return choices.get(kind)


def random_cases(count: int) -> list[Json]:
    """Sessions in which anybody presses anything, the clock is set back now and then, and two devices
    use the same number; always the same ones.
    """
    chance = random.Random(20_260_304)
    kinds = ["pause", "resume", "skip", "back", "mark", "mark", "mark", "more", "seek", "pace", "tap", "taps"]
    found = []
    for number in range(count):
        clock, seq, events = START, 1, [event(1, "start", START)]
        for n in range(2, chance.randint(4, 14)):
            jump = chance.choice([0, 50, 1_000, 2_000, 7_450, 30_000, 61_000]) + CELL * chance.randint(0, 40)
            clock += jump if chance.random() > 0.05 else -jump
            seq += chance.random() > 0.1
            kind = chance.choice(kinds) if chance.random() > 0.04 else chance.choice(["end", "finish", "start"])
            events.append(event(n, kind, clock, _chosen(chance, kind), seq=seq))
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
