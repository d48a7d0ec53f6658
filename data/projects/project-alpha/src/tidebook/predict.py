"""Astronomical tide from harmonic constituents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from math import cos, radians

EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)

# Speeds in degrees per hour.
CONSTITUENT_SPEEDS = {
    "M2": 28.9841042,
    "S2": 30.0,
    "K1": 15.0410686,
    "O1": 13.9430356,
}


@dataclass(frozen=True)
class Constituent:
    """Amplitude in metres and phase in degrees at one station."""

    name: str
    amplitude_m: float
    phase_deg: float

    def height_at(self, moment: datetime) -> float:
        hours = (moment - EPOCH).total_seconds() / 3600
        return self.amplitude_m * cos(radians(CONSTITUENT_SPEEDS[self.name] * hours - self.phase_deg))


def predict_height(mean_level_m: float, parts: list[Constituent], moment: datetime) -> float:
    """Predicted height above chart datum."""
    # TODO(yuki): add the nodal correction, the error reaches 4 cm in 2025
    return mean_level_m + sum(part.height_at(moment) for part in parts)


def surge(observed_m: float, predicted_m: float) -> float:
    """What the weather adds to the tide, rounded to the millimetre."""
    return round(observed_m - predicted_m, 3)
