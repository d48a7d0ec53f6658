"""Tests of totals, VAT and reminders."""

import sys
import unittest
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ledgerline.dunning import late_fee, reminder_level
from ledgerline.invoice import Invoice, InvoiceLine, round_cents
from ledgerline.tax import Customer

HARBOUR = Customer("Port of Nowhere", "NL")


class InvoiceTest(unittest.TestCase):
    def setUp(self) -> None:
        lines = [
            InvoiceLine("Live data, 12 months", Decimal(12), Decimal("49.50")),
            InvoiceLine("Printed tide tables", Decimal(3), Decimal("18.00"), reduced_rate=True),
        ]
        self.invoice = Invoice("2024-0311", HARBOUR, date(2024, 6, 1), lines)

    def test_totals(self) -> None:
        self.assertEqual(self.invoice.net_total(), Decimal("648.00"))
        self.assertEqual(self.invoice.vat_total(), Decimal("129.60"))

    def test_bankers_rounding(self) -> None:
        self.assertEqual(round_cents(Decimal("2.665")), Decimal("2.66"))

    def test_third_reminder_adds_the_fee(self) -> None:
        self.assertEqual(reminder_level(self.invoice, date(2024, 8, 12)), 3)
        self.assertEqual(late_fee(self.invoice, date(2024, 8, 12)), Decimal("11.66"))


if __name__ == "__main__":
    unittest.main()
