"""Turns telegrams into readings.

A telegram is one line of ASCII:

    GULL-07;2024-11-18T06:12:00Z;2.413;12.6*34

The two hexadecimal digits after the star are the XOR of all bytes before it.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import reduce

from .models import Reading

MAX_CLOCK_SKEW = timedelta(minutes=4)
LOW_BATTERY_V = 11.4


class TelegramError(ValueError):
    """A telegram that cannot be trusted; `code` is one of the ERR codes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


def checksum(payload: str) -> int:
    """XOR of every byte of the payload."""
    return reduce(lambda total, byte: total ^ byte, payload.encode("ascii"), 0)


def parse_telegram(line: str, now: datetime | None = None) -> Reading:
    """Parse one telegram, or raise TelegramError saying what is wrong with it."""
    payload, star, digits = line.strip().rpartition("*")
    if not star:
        raise TelegramError("ERR-2201", "no checksum")
    if checksum(payload) != int(digits, 16):
        raise TelegramError("ERR-2207", "checksum mismatch")
    fields = payload.split(";")
    if len(fields) != 4:
        raise TelegramError("ERR-2210", f"expected 4 fields, got {len(fields)}")
    station, stamp, height, battery = fields
    taken_at = datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    if now is not None and taken_at - now > MAX_CLOCK_SKEW:
        raise TelegramError("ERR-3310", f"clock of {station} runs ahead")
    # TODO(tomas): accept the five-field telegrams of the new solar gauges
    return Reading(station, taken_at, float(height), float(battery))


def needs_battery_visit(reading: Reading) -> bool:
    """True when a technician should bring a fresh battery."""
    return reading.battery_v < LOW_BATTERY_V
