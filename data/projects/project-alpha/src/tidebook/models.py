"""Plain data types shared by every part of Tidebook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum


class Flag(IntEnum):
    """Quality flags, numbered like the ones oceanographers already know."""

    GOOD = 1
    SUSPECT = 3
    BAD = 4
    MISSING = 9


@dataclass(frozen=True)
class Station:
    """A tide gauge and where its zero lies."""

    code: str
    name: str
    latitude: float
    longitude: float
    datum_offset_m: float = 0.0

    def to_chart_datum(self, raw_m: float) -> float:
        """Convert a raw sensor height to a height above chart datum."""
        return round(raw_m - self.datum_offset_m, 3)


@dataclass(frozen=True)
class Reading:
    """One water level at one moment, always in UTC."""

    station: str
    taken_at: datetime
    height_m: float
    battery_v: float
    flag: Flag = Flag.GOOD

    def with_flag(self, flag: Flag) -> "Reading":
        return replace(self, flag=flag)
