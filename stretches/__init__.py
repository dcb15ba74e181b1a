"""The catalogue: what can be stretched, how, for how long, and who should take care.

Holds the stretches and the knowledge of the guide pages. Nothing here knows
about routines, sessions or streaks, and nothing here writes a row per person.
"""
