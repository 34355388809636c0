"""Reads files of any kind: a finished report into AnnualReport, raw facts into text with offsets kept."""

from assistant.reading.opening import read_report, read_source

__all__ = ["read_report", "read_source"]
