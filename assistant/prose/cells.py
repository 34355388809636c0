"""Names the cells that a sentence may speak of, as plain lists for the templates; the form data gives the labels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.forms import CellKey, Column, Row
from assistant.report import AnnualReport
from assistant.report.facts import Value

__all__ = [
    "DocumentLine",
    "Named",
    "applicants",
    "decisions",
    "documents",
    "fees",
    "outcomes",
    "review_results",
]

_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．])")


@dataclass(frozen=True)
class Named:
    """A cell (or sum of cells) with the words that stand before its figure."""

    words: str
    where: str


@dataclass(frozen=True)
class DocumentLine:
    """A row of the block on 规章 and 规范性文件: what was done in the year, and what is in force at its end."""

    name: str
    flows: tuple[Named, ...]
    stocks: tuple[Named, ...]
    idle: bool
    """every flow is confirmed to be 0"""


def applicants(report: AnnualReport) -> tuple[Named, ...]:
    """Who asked: the applicant columns of the newly received requests that are not 0.

    Empty when the parts exceed the total, for then the figures contradict each other and a finding says so.
    """
    row = "new_received"
    identity = next(i for i in report.layout.identities_of("T3_ROW_SUM") if i.line == row)
    known = _positive(report, identity.right)
    total = report.value(identity.left[0])
    if total is None or sum(value for _, value in known) > total:
        return ()
    columns = {c.key: c for c in report.layout.table("table3").columns}
    return tuple(Named(_applicant(columns[key.col]), str(key)) for key, _ in known)


def _applicant(column: Column) -> str:
    # “其他” under 法人或其他组织 reads 其他组织 outside the table
    return column.group.rpartition("或")[2] if column.label == "其他" else column.label


def outcomes(report: AnnualReport) -> tuple[Named, ...]:
    """Results of handling that are not 0, one entry a category; a category with several reasons is summed up."""
    identity = next(i for i in report.layout.identities_of("T3_RESULT_SUM") if i.line == "total")
    table = report.layout.table("table3")
    groups: dict[str, list[tuple[Row, str]]] = {}
    for key, _ in _positive(report, identity.right):
        row = table.row(key.row)
        groups.setdefault(row.subtotal or row.key, []).append((row, str(key)))
    found: list[Named] = []
    for group, members in groups.items():
        if len(members) > 1 and all(report.value(k) is not None for k in _parts(report, group)):
            found.append(Named(_bare(members[0][0].path[-1]), f"{group}.total"))
        else:
            found += [Named(_outcome(row), where) for row, where in members]
    return tuple(found)


def _parts(report: AnnualReport, group: str) -> tuple[CellKey, ...]:
    aggregate = report.layout.aggregate(group)
    return () if aggregate is None else aggregate.cells("total")


def _outcome(row: Row) -> str:
    label = _bare(row.label)
    if not row.subtotal:
        return label
    category = _bare(row.path[-1])
    if label == "其他":
        return f"其他情形的{category}"
    return f"因{label.partition('、行政机关')[0]}{category if category.startswith(('不', '无')) else '作' + category}"


def review_results(report: AnnualReport, row: str) -> tuple[Named, ...]:
    """How the cases of one block of table 4 ended, the results that are not 0."""
    identity = next(i for i in report.layout.identities_of("T4_SUM") if i.line == row)
    columns = {c.key: c for c in report.layout.table("table4").columns}
    return tuple(Named(columns[key.col].label, str(key)) for key, _ in _positive(report, identity.right))


def decisions(report: AnnualReport) -> tuple[Named, ...]:
    """Decisions made in the year that are not 0 (行政许可、行政处罚、行政强制)."""
    return tuple(
        Named(row.label, str(key))
        for key, row, column in _table2(report)
        if column.label.endswith("处理决定数量")
        and row.label.startswith("行政")
        and _is_positive(report, key)
    )


def fees(report: AnnualReport) -> tuple[Named, ...]:
    """行政事业性收费 in 万元, where the form asks for the amount and it is not 0."""
    return tuple(
        Named(row.label, str(key))
        for key, row, column in _table2(report)
        if column.kind == "amount" and column.unit == "万元" and _is_positive(report, key)
    )


def documents(report: AnnualReport) -> tuple[DocumentLine, ...]:
    """规章 and 规范性文件 with at least one known figure.

    Zeros of 规章 are left to the table where the body has no power to make 规章 (立法法): the sentence would suggest it.
    """
    block = report.layout.table2.blocks[0]
    lines: list[DocumentLine] = []
    for row in block.rows:
        known = [(c, CellKey(report.layout.table2.key, row.key, c.key)) for c in block.columns]
        known = [(c, key) for c, key in known if report.value(key) is not None]
        empty = not any(_is_positive(report, key) for _, key in known)
        if not known or (empty and row is block.rows[0] and not report.org.may_make_rules):
            continue
        flows = [(c, key) for c, key in known if c.label.startswith("本年")]
        lines.append(
            DocumentLine(
                name=row.label,
                flows=tuple(Named(_verb(c), str(key)) for c, key in flows),
                stocks=tuple(Named(_verb(c), str(key)) for c, key in known if (c, key) not in flows),
                idle=bool(flows) and not any(_is_positive(report, key) for _, key in flows),
            )
        )
    return tuple(lines)


def _verb(column: Column) -> str:
    return re.sub(r"^本年|(?<!总)数量$|件数$|量$", "", column.label)


def _bare(label: str) -> str:
    return re.sub(r"（[^）]*，[^）]*）$", "", _ORDINAL.sub("", label))


def _table2(report: AnnualReport) -> list[tuple[CellKey, Row, Column]]:
    table = report.layout.table2
    return [
        (CellKey(table.key, row.key, column.key), row, column)
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    ]


def _positive(report: AnnualReport, keys: tuple[CellKey, ...]) -> list[tuple[CellKey, Value]]:
    found = ((key, report.value(key)) for key in keys)
    return [(key, value) for key, value in found if value is not None and value > 0]


def _is_positive(report: AnnualReport, key: CellKey) -> bool:
    return bool(_positive(report, (key,)))
