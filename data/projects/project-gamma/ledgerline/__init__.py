"""Ledgerline: invoices, VAT and reminders."""

from .invoice import Invoice, InvoiceLine

__all__ = ["Invoice", "InvoiceLine"]
