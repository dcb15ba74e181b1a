"""How many examples property tests try; import it in every module that uses Hypothesis.

`make test` takes the quick profile. Before a change to a pure core goes in, and in the slower
checks, run with `HYPOTHESIS_PROFILE=thorough`.
"""

import os

from hypothesis import settings

# No deadline: a busy machine would fail a slow first example, which says nothing about the code.
settings.register_profile("quick", max_examples=200, deadline=None)
settings.register_profile("thorough", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
