"""Reads a finished report of any format into an AnnualReport, and tells it from raw facts."""

from assistant.reading.finished import read_report

__all__ = ["read_report"]
