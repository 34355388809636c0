"""Prints the index of a batch as a workbook: units, findings, questions, sources and cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO
from urllib.parse import quote

from assistant.batch.index_page import LEVELS, STATES, standing
from assistant.batch.long_sheet import Columns, LongSheet
from assistant.batch.summary import Summary
from assistant.batch.units import UnitResult
from assistant.forms import CellKey, Form, form_for_year
from assistant.report.findings import SEVERITY_NAMES, Finding, Severity

__all__ = ["workbook"]

_UNITS: Columns = (
    ("序号", 6), ("单位", 30), ("层级", 10), ("年度", 7), ("状态", 9), ("错误", 6), ("警告", 6), ("待确认", 8), ("提示", 6),
    ("待答问题", 10), ("已填单元格", 12), ("全部单元格", 12), ("说明", 36),
)  # fmt: skip
_FINDINGS: Columns = (
    ("序号", 6), ("单位", 28), ("程度", 8), ("内容", 58), ("位置", 26), ("应为", 18), ("现为", 18), ("规则", 18),
)  # fmt: skip
_QUESTIONS: Columns = (("序号", 6), ("单位", 28), ("问题", 60), ("可选答复", 34), ("答复", 34))
_SOURCES: Columns = (
    ("序号", 6), ("单位", 30), ("材料来源", 34), ("上年年报", 30), ("文件夹", 28), ("读取方式", 11), ("输入词元", 10), ("输出词元", 10),
    ("用时（秒）", 11),
)  # fmt: skip
_ORG, _STATE = 1, 4
_FILLS = {"failed": "FFF6D5D2", "error": "FFFBE3E0", "open": "FFFFF3D6", "ready": "FFDFF2E4"}


def workbook(results: Iterable[UnitResult], summary: Summary, file: BinaryIO) -> None:
    """Write the workbook into a file. It is written row by row, so thousands of units need no more memory than one."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    units, findings = LongSheet(book, "单位", _UNITS), LongSheet(book, "核对发现", _FINDINGS)
    questions, sources = LongSheet(book, "待答问题", _QUESTIONS), LongSheet(book, "来源与用量", _SOURCES)
    for result in results:
        row = units.cells(_unit_row(result))
        _dress(row, result)
        units.append(row)
        for finding in result.findings:
            findings.append(findings.cells(_finding_row(result, finding)))
        for question in result.questions:
            line = [result.number, result.org, question.text, "；".join(question.choices), ""]
            questions.append(questions.cells(line))
        sources.append(sources.cells(_source_row(result)))
    last = f"共 {summary.units} 个单位：完成 {summary.done} 个，未完成 {summary.failed + summary.missing} 个"
    units.append(units.cells(["", last]))
    book.save(file)


def _best(files: Sequence[str]) -> str:
    """The file that a click opens: Word before the page before whatever there is."""
    return next((name for suffix in (".docx", ".html") for name in files if name.endswith(suffix)), files[0])


def _unit_row(result: UnitResult) -> list[object]:
    filled, cells = result.cells
    note = result.problem or ("文件在生成后被改动过，已保留" if result.edited else "")
    severities = (Severity.ERROR, Severity.WARNING, Severity.ASK, Severity.INFO)
    return [
        result.number, result.org, LEVELS[result.level] if result.level else "", result.year, STATES[standing(result)],
        *(result.count(severity) for severity in severities), len(result.questions), filled, cells, note,
    ]  # fmt: skip


def _dress(row: list[Any], result: UnitResult) -> None:
    """The state in its colour; a click on the name opens the report."""
    from openpyxl.styles import Font, PatternFill

    row[_STATE].fill = PatternFill("solid", fgColor=_FILLS[standing(result)])
    if result.files:
        row[_ORG].hyperlink = quote(f"{result.key}/{_best(result.files)}")
        row[_ORG].font = Font(color="FF1F5FA8", underline="single")


def _finding_row(result: UnitResult, f: Finding) -> list[object]:
    place = _place(f.where, form_for_year(result.year))
    return [
        result.number,
        result.org,
        SEVERITY_NAMES[f.severity],
        f.message,
        place,
        f.expected,
        f.got,
        f.code,
    ]


def _place(where: str, form: Form) -> str:
    """A place of the report in the words of the form: a cell, a section, the preamble; else as it is."""
    if where.count(".") == 2 and form.has(key := CellKey.parse(where)):
        return form.label(key)
    titles = {"preamble": "前言", "title": "标题", **{part.key: part.title for part in form.sections}}
    return titles.get(where.partition(".")[0], where)


def _source_row(result: UnitResult) -> list[object]:
    model = result.model
    return [
        result.number, result.org, result.origin, result.previous, result.key if result.files else "",
        "离线" if model.engine == "offline" else model.name or model.engine, model.input_tokens, model.output_tokens,
        result.seconds,
    ]  # fmt: skip
