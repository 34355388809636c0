"""Reads tables of figures: statistics and comparison sheets, pivots, and the official tables typed or pasted."""

from assistant.extraction.tables.reader import read_tables

__all__ = ["read_tables"]
