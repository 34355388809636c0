"""The report as data: its unit, its figures, its words, the ledger it rests on, what was found, and the draft."""

from assistant.report.annual_report import AnnualReport, InfoFee, Tables, blank_tables
from assistant.report.printed import Printed, PrintedCell, PrintedHeading, PrintedLabel, PrintedRival
from assistant.report.unit import Contact, Level, Scope, UnitKind, UnitProfile

__all__ = [
    "AnnualReport",
    "Contact",
    "InfoFee",
    "Level",
    "Printed",
    "PrintedCell",
    "PrintedHeading",
    "PrintedLabel",
    "PrintedRival",
    "Scope",
    "Tables",
    "UnitKind",
    "UnitProfile",
    "blank_tables",
]
