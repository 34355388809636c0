"""What became of each figure of the material in the finished draft. Data only."""

from enum import StrEnum

from pydantic import Field

from assistant.report.facts import FactKind, Frozen, Value

__all__ = ["ACCOUNT_NAMES", "OF_FACTS", "Account", "FigureAccount"]


class Account(StrEnum):
    """Where a figure went; there is no sixth way."""

    CELL = "cell"
    """into cells of the report, or into a scope that is declared 0"""
    TOTAL = "total"
    """it checks a sum, or repeats what stands elsewhere"""
    FACT = "fact"
    """it counts something outside the tables (training, articles on the website)"""
    LEFT_OUT = "left_out"
    """a date, a serial, another year or unit, a quotation, a row of a register that was counted, corrected by a later one"""
    OPEN = "open"
    """nobody could place it: it is asked about, and keeps zeros and arithmetic away from where it may belong"""


ACCOUNT_NAMES: dict[Account, str] = {
    Account.CELL: "已填入表格",
    Account.TOTAL: "用于核对",
    Account.FACT: "表格以外的数",
    Account.LEFT_OUT: "不计入",
    Account.OPEN: "没有归属",
}
"""What a clerk calls them."""


class FigureAccount(Frozen):
    """One figure of a source: where it stands (characters of the source, end exclusive), what it is, and what became of it."""

    id: int = Field(ge=1)
    """counts from 1 through all sources"""
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    source: str
    kind: str
    """count, amount, unreadable (▢件), or what it is instead: date, year, telephone, percentage, ordinal …"""
    value: Value | None = None
    """None where nobody can read it"""
    account: Account
    why: str = ""
    """a few Chinese words for the clerk"""
    cells: tuple[str, ...] = ()
    """table.row.col of the cells it fills, or a scope that it declares 0"""


OF_FACTS: dict[FactKind, tuple[Account, str]] = {
    FactKind.CELL: (Account.CELL, ""),
    FactKind.FEE: (Account.CELL, ""),
    FactKind.ZERO: (Account.CELL, "说明为零"),
    FactKind.AGGREGATE: (Account.TOTAL, "合计数，与各项核对"),
    FactKind.TEXT: (Account.TOTAL, "正文中的数，与表格核对"),
    FactKind.PRIOR: (Account.LEFT_OUT, "上年数"),
}
"""The account of a figure that a fact of this kind was taken from, and why."""
