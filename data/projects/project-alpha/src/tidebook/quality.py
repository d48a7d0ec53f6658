"""Automatic quality control of a series of readings."""

from __future__ import annotations

from statistics import median
from typing import Sequence

from .models import Flag, Reading

SPIKE_THRESHOLD_M = 0.45
FLATLINE_SAMPLES = 12


def despike(series: Sequence[Reading]) -> list[Reading]:
    """Flag every reading that jumps away from the median of its neighbours."""
    checked: list[Reading] = []
    for index, reading in enumerate(series):
        window = [r.height_m for r in series[max(0, index - 2) : index + 3]]
        if abs(reading.height_m - median(window)) > SPIKE_THRESHOLD_M:
            reading = reading.with_flag(Flag.BAD)
        checked.append(reading)
    return checked


def flag_flatline(series: Sequence[Reading]) -> list[Reading]:
    """Flag runs of identical heights: usually a stuck float or a frozen sensor."""
    checked = list(series)
    start = 0
    for index in range(1, len(checked) + 1):
        ended = index == len(checked) or checked[index].height_m != checked[start].height_m
        if not ended:
            continue
        if index - start >= FLATLINE_SAMPLES:
            for position in range(start, index):
                checked[position] = checked[position].with_flag(Flag.SUSPECT)
        start = index
    return checked


# FIXME: a spike inside a flat line is flagged twice and the first flag is lost
def run_all_checks(series: Sequence[Reading]) -> list[Reading]:
    """Every check, in the order in which the design notes list them."""
    return flag_flatline(despike(series))
