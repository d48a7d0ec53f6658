"""Which VAT rate applies to whom."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

STANDARD_RATE = Decimal("0.21")
REDUCED_RATE = Decimal("0.09")


@dataclass(frozen=True)
class Customer:
    name: str
    country: str
    in_union: bool = True
    vat_id: str | None = None


def is_reverse_charge(customer: Customer, home_country: str = "NL") -> bool:
    """Business customers in another member state account for the tax themselves."""
    return customer.in_union and customer.country != home_country and customer.vat_id is not None


def vat_rate(customer: Customer, reduced: bool = False) -> Decimal:
    """The rate for one invoice line."""
    if not customer.in_union or is_reverse_charge(customer):
        return Decimal("0")
    return REDUCED_RATE if reduced else STANDARD_RATE


# TODO(dario): validate VAT numbers before the first invoice, not after it
