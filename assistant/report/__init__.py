"""The report as data: its unit, its figures, its words, the ledger it rests on, what was found, and the draft."""

from assistant.report.annual_report import (
    AnnualReport,
    Contact,
    InfoFee,
    Level,
    Printed,
    PrintedCell,
    PrintedHeading,
    PrintedLabel,
    PrintedRival,
    Scope,
    Tables,
    UnitKind,
    UnitProfile,
    blank_tables,
)

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
