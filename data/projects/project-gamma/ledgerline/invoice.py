"""Invoices and their totals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from .tax import Customer, vat_rate

CENT = Decimal("0.01")
PAYMENT_TERM_DAYS = 30


def round_cents(amount: Decimal) -> Decimal:
    """Banker's rounding, the way the auditor does it."""
    return amount.quantize(CENT, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class InvoiceLine:
    description: str
    quantity: Decimal
    unit_price: Decimal
    reduced_rate: bool = False

    @property
    def net(self) -> Decimal:
        return round_cents(self.quantity * self.unit_price)


@dataclass(frozen=True)
class Invoice:
    number: str
    customer: Customer
    issued_on: date
    lines: list[InvoiceLine] = field(default_factory=list)

    @property
    def due_on(self) -> date:
        return self.issued_on + timedelta(days=PAYMENT_TERM_DAYS)

    def net_total(self) -> Decimal:
        return sum((line.net for line in self.lines), Decimal("0.00"))

    def vat_total(self) -> Decimal:
        # TODO(dario): group by rate, as the 2025 form wants one row per rate
        return sum(
            (round_cents(line.net * vat_rate(self.customer, line.reduced_rate)) for line in self.lines),
            Decimal("0.00"),
        )

    def gross_total(self) -> Decimal:
        return self.net_total() + self.vat_total()
