"""The name of our own format, and how much a file may hold. Numbers only."""

from datetime import UTC, date, datetime, timedelta

FORMAT = "backcare"
VERSION = 1

MOST_BYTES = 2_000_000
MOST_ROWS = 20_000
MOST_DEPTH = 10
# Longer numbers mean nothing in any field, and cost more to read the longer they are.
MOST_DIGITS = 18

FIRST_DAY = date(2000, 1, 1)
FIRST_INSTANT = datetime(2000, 1, 1, tzinfo=UTC)
# What was done lies in the past; a day's grace for clocks and zones.
GRACE = timedelta(days=1)
# Pauses and goals may be planned ahead.
AHEAD = timedelta(days=5 * 366)

MOST_A_DAY = 50
