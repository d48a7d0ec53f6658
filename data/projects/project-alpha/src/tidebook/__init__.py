"""Tidebook: tide gauge readings, from telegram to published series."""

__version__ = "2.7.1"
