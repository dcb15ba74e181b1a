"""The plans and the sessions told by hand that the vectors are made of. No expectations: make.py has those."""

from typing import Any

Json = dict[str, Any]


def plan(*pieces: tuple[int, str, str, int], sides: tuple[str, ...] = (), modes: tuple[str, ...] = ()) -> Json:
    """A plan from (step, kind, side, ms)."""
    segments, clock = [], 0
    for index, (step, kind, side, lasts) in enumerate(pieces):
        segments.append(
            {"index": index, "step": step, "kind": kind, "side": side, "starts_ms": clock, "lasts_ms": lasts}
        )
        clock += lasts
    found: Json = {"total_ms": clock, "segments": segments}
    if sides:
        # What a browser gets beside it is which steps are counted in repetitions.
        found["steps"] = [
            {"sides": side, "dose": {"mode": mode}}
            for side, mode in zip(sides, modes or ["hold"] * len(sides), strict=True)
        ]
        found["reps"] = [number for number, mode in enumerate(modes) if mode == "reps"]
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
        modes=("reps", "hold", "reps", "time"),
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
    (
        "getting ready again before the hold goes on",
        "one hold",
        [("start", 0), ("pause", 20_000), ("resume", 30_000, {"lead": 3_000}), ("mark", 32_000), ("mark", 40_000)],
    ),
    (
        "paused again while getting ready",
        "one hold",
        [("start", 0), ("pause", 20_000), ("resume", 30_000, {"lead": 3_000}), ("pause", 31_000), ("resume", 40_000)],
    ),
    (
        "no getting ready where nothing is held",
        "one hold",
        [("start", 0), ("pause", 5_000), ("resume", 8_000, {"lead": 3_000})],
    ),
    ("back into a hold", "two sides", [("start", 0), ("back", 25_000, {"lead": 3_000}), ("mark", 30_000)]),
    ("fifteen seconds more", "two sides", [("start", 0), ("more", 20_000, {"ms": 15_000}), ("mark", 56_000)]),
    (
        "fifteen seconds more, let go as planned",
        "two sides",
        [("start", 0), ("more", 20_000, {"ms": 15_000}), ("skip", 40_000)],
    ),
    ("more before Start does nothing", "two sides", [("more", 0, {"ms": 15_000}), ("start", 10)]),
    ("slower from the start", "routine", [("pace", 0, {"percent": 150}), ("start", 0), ("mark", 100_000)]),
    ("faster from the next part on", "routine", [("start", 0), ("pace", 15_000, {"percent": 50}), ("mark", 400_000)]),
    (
        "slower and back to normal",
        "routine",
        [("start", 0), ("pace", 15_000, {"percent": 200}), ("pace", 40_000, {"percent": 100})],
    ),
    ("a pace beyond reason", "routine", [("start", 0), ("pace", 15_000, {"percent": 20}), ("mark", 50_000)]),
    ("straight to the third step", "routine", [("start", 0), ("seek", 15_000, {"segment": 10}), ("mark", 40_000)]),
    ("straight to a step before Start", "routine", [("seek", 0, {"segment": 10}), ("start", 5_000), ("mark", 40_000)]),
    ("to a segment that there is not", "routine", [("start", 0), ("seek", 15_000, {"segment": 99}), ("mark", 40_000)]),
    (
        "repetitions wait for a tap",
        "routine",
        [("taps", 0, {"on": "reps"}), ("start", 0), ("mark", 90_000), ("tap", 95_000), ("mark", 120_000)],
    ),
    (
        "repetitions done faster than planned",
        "routine",
        [("taps", 0, {"on": "reps"}), ("start", 0), ("tap", 22_000), ("mark", 50_000)],
    ),
    (
        "everything waits for a tap",
        "two sides",
        [
            ("taps", 0, {"on": "all"}),
            ("start", 0),
            ("mark", 60_000),
            ("tap", 65_000),
            ("mark", 90_000),
            ("tap", 120_000),
        ],
    ),
    (
        "no more waiting",
        "two sides",
        [("taps", 0, {"on": "all"}), ("start", 0), ("mark", 60_000), ("taps", 65_000, {"on": ""}), ("mark", 70_000)],
    ),
    (
        "back to what was tapped",
        "two sides",
        [
            ("taps", 0, {"on": "all"}),
            ("start", 0),
            ("tap", 30_000),
            ("seek", 31_000, {"segment": 1, "lead": 3_000}),
            ("mark", 90_000),
        ],
    ),
    ("a tap while nothing is held", "two sides", [("start", 0), ("tap", 5_000), ("mark", 6_000)]),
    ("skipped because it hurts", "routine", [("start", 0), ("skip", 50_000, {"why": "hurts"}), ("mark", 52_000)]),
    (
        "the last one skipped for lack of time",
        "routine",
        [("start", 0), ("seek", 5_000, {"segment": 13}), ("skip", 9_000, {"why": "no_time"})],
    ),
    (
        "skipped for a reason nobody knows",
        "routine",
        [("start", 0), ("skip", 50_000, {"why": "bored"}), ("mark", 52_000)],
    ),
    (
        "something easier instead",
        "routine",
        [
            ("start", 0),
            ("instead", 55_000, {"step": 1, "to": "cat-cow", "why": "hurts"}),
            ("mark", 80_000),
        ],
    ),
    (
        "something easier from the start",
        "routine",
        [("instead", 0, {"step": 1, "to": "cat-cow"}), ("start", 0), ("mark", 20_000)],
    ),
    (
        "handed over to another device",
        "two sides",
        [
            ("start", 0, {"device": "phone"}),
            ("take", 20_000, {"device": "tablet"}),
            ("skip", 25_000, {"device": "phone"}),
            ("pause", 30_000, {"device": "tablet"}),
            ("finish", 150_000, {"device": "phone"}),
            ("resume", 200_000, {"device": "tablet"}),
        ],
    ),
    (
        "taken back",
        "two sides",
        [
            ("start", 0, {"device": "phone"}),
            ("take", 20_000, {"device": "tablet"}),
            ("take", 30_000, {"device": "phone"}),
            ("skip", 32_000, {"device": "phone"}),
        ],
    ),
    ("begun on two devices", "one hold", [("start", 0, {"device": "phone"}), ("start", 4_000, {"device": "tablet"})]),
    ("taken before it began", "one hold", [("take", 0, {"device": "phone"}), ("start", 1_000, {"device": "tablet"})]),
    ("a plan without steps", "empty", [("start", 0), ("back", 10), ("mark", 20)]),
    ("a plan without steps, before Start", "empty", [("back", 0), ("skip", 10)]),
]
