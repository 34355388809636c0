"""``nianbao check``: findings of finished reports, one or hundreds."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.outcome import CheckResult
    from assistant.report import AnnualReport

__all__ = ["register"]


class Output(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    XLSX = "xlsx"
    SARIF = "sarif"
    DOCX = "docx"


_FORMATS = "text 屏幕，json 数据，html 网页，xlsx 表格，sarif 供代码平台读取，docx 带批注的 Word；省略时看 -o 的扩展名"
_EXAMPLES = """\b
示例：
  nianbao check 年报.docx --previous 上年年报.docx
  nianbao check 年报.docx -f docx -o 年报-批注.docx
  nianbao check 各单位年报/ -o 核对结果.html
  nianbao check 各单位年报/ -o 退回清单.xlsx --ignore LENGTH
  nianbao check 各单位年报/ -f docx -o 批注稿/

\b
退出状态：0 没有错误，1 有错误，2 用法有误或有文件无法读取。
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check", epilog=_EXAMPLES)(check)


def check(
    paths: Annotated[list[str], typer.Argument(help="年报文件或文件夹，- 为标准输入")],
    previous: Annotated[Path | None, typer.Option("--previous", help="上一年度的年报，用于跨年核对")] = None,
    form: Annotated[Output | None, typer.Option("-f", "--format", help=_FORMATS)] = None,
    select: Annotated[str, typer.Option("--select", help="只用这些规则，逗号分隔")] = "",
    ignore: Annotated[str, typer.Option("--ignore", help="不用这些规则，逗号分隔")] = "",
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="输出文件或文件夹；省略时打印到屏幕")
    ] = None,
) -> int:
    """核对已成稿的年报，列出问题；核对多份时排出先退哪几份。"""
    from assistant.interfaces.check_output import check_all, deliver, format_of
    from assistant.interfaces.files import expand_paths
    from assistant.reviewed import review_of

    files = list(expand_paths(paths))
    earlier = _read(previous) if previous else None
    outcomes = check_all(files, lambda path: _check(path, earlier, _codes(select), _codes(ignore)))
    review = review_of(outcomes)
    for path in deliver(review, outcomes, format_of(form, output), output):
        print(f"已写出 {path}", file=sys.stderr)
    for unit in review.units:
        if unit.problem:
            print(f"nianbao：{unit.file}：{unit.problem}", file=sys.stderr)
    if review.has_unreadable:
        return 2
    return int(review.has_errors)


def _read(path: Path) -> AnnualReport:
    from assistant.interfaces.files import read_stdin
    from assistant.reading import read_report

    return read_report(read_stdin(), "标准输入") if str(path) == "-" else read_report(path)


def _check(
    path: Path, previous: AnnualReport | None, select: tuple[str, ...], ignore: tuple[str, ...]
) -> CheckResult:
    from assistant.review import check_report

    return check_report(_read(path), file=str(path), previous=previous, select=select, ignore=ignore)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip())
