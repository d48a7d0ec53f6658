"""Reminders for unpaid invoices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .invoice import Invoice, round_cents

REMINDER_DAYS = (7, 21, 42)
LATE_FEE_RATE = Decimal("0.015")


def reminder_level(invoice: Invoice, today: date) -> int:
    """0 when nothing is late, otherwise the number of the reminder to send."""
    late_by = (today - invoice.due_on).days
    return sum(1 for days in REMINDER_DAYS if late_by >= days)


def late_fee(invoice: Invoice, today: date) -> Decimal:
    """The fee that comes with the third reminder."""
    if reminder_level(invoice, today) < len(REMINDER_DAYS):
        return Decimal("0.00")
    return round_cents(invoice.gross_total() * LATE_FEE_RATE)
