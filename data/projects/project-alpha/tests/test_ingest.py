"""Tests of the telegram parser."""

import sys
import unittest
from datetime import datetime, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from tidebook.ingest import TelegramError, checksum, needs_battery_visit, parse_telegram


def telegram(payload: str) -> str:
    return f"{payload}*{checksum(payload):02X}"


class ParseTelegramTest(unittest.TestCase):
    PAYLOAD = "GULL-07;2024-11-18T06:12:00Z;2.413;12.6"

    def test_reads_all_four_fields(self) -> None:
        reading = parse_telegram(telegram(self.PAYLOAD))
        self.assertEqual(reading.station, "GULL-07")
        self.assertEqual(reading.height_m, 2.413)
        self.assertFalse(needs_battery_visit(reading))

    def test_rejects_a_damaged_telegram(self) -> None:
        damaged = telegram(self.PAYLOAD).replace("2.413", "2.473")
        with self.assertRaises(TelegramError) as caught:
            parse_telegram(damaged)
        self.assertEqual(caught.exception.code, "ERR-2207")

    def test_rejects_a_clock_that_runs_ahead(self) -> None:
        now = datetime(2024, 11, 18, 6, 0, tzinfo=timezone.utc)
        with self.assertRaises(TelegramError) as caught:
            parse_telegram(telegram(self.PAYLOAD), now)
        self.assertEqual(caught.exception.code, "ERR-3310")


if __name__ == "__main__":
    unittest.main()
