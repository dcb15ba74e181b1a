"""A length dealt out in proportion, to the second. Pure arithmetic, nothing else."""

from collections.abc import Sequence


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Deal `total` out by `weights`: whole numbers that add up to it, equal parts where all weigh nothing.

    Each differs from its exact share by less than one; what is left over goes to the largest
    remainders, the first of equal ones. No weights take nothing. Raises `ValueError` below zero.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("Nothing below zero can be dealt out.")
    weighed = list(weights) if sum(weights) else [1] * len(weights)
    whole = sum(weighed)
    parts = [total * weight // whole for weight in weighed]
    left = total - sum(parts) if parts else 0
    by_rest = sorted(range(len(parts)), key=lambda n: -(total * weighed[n] % whole))
    for n in by_rest[:left]:
        parts[n] += 1
    return parts
