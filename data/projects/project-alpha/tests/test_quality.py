"""Tests of the automatic quality control."""

import sys
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from tidebook.models import Flag, Reading
from tidebook.quality import despike, flag_flatline


def series(heights: list[float]) -> list[Reading]:
    start = datetime(2024, 1, 1, tzinfo=timezone.utc)
    return [
        Reading("HERON-02", start + timedelta(minutes=6 * index), height, 12.7)
        for index, height in enumerate(heights)
    ]


class DespikeTest(unittest.TestCase):
    def test_flags_a_single_spike(self) -> None:
        flags = [r.flag for r in despike(series([1.0, 1.1, 2.9, 1.2, 1.3]))]
        self.assertEqual(flags[2], Flag.BAD)
        self.assertEqual(flags.count(Flag.GOOD), 4)

    def test_leaves_a_calm_series_alone(self) -> None:
        self.assertTrue(all(r.flag is Flag.GOOD for r in despike(series([1.0, 1.1, 1.2]))))


class FlatlineTest(unittest.TestCase):
    def test_twelve_equal_heights_are_suspect(self) -> None:
        self.assertTrue(all(r.flag is Flag.SUSPECT for r in flag_flatline(series([1.5] * 12))))

    def test_eleven_are_not(self) -> None:
        self.assertTrue(all(r.flag is Flag.GOOD for r in flag_flatline(series([1.5] * 11))))

    # TODO: cover a flat line that crosses midnight


if __name__ == "__main__":
    unittest.main()
