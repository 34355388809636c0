"""``nianbao check``: findings of finished reports, one or hundreds."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.outcome import CheckResult
    from assistant.report import AnnualReport

__all__ = ["register"]


class Output(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check", epilog="示例：nianbao check 各单位年报/ --ignore LENGTH -f json")(check)


def check(
    paths: Annotated[list[str], typer.Argument(help="年报文件或文件夹，- 为标准输入")],
    previous: Annotated[Path | None, typer.Option("--previous", help="上一年度的年报，用于跨年核对")] = None,
    form: Annotated[Output, typer.Option("-f", "--format", help="text 屏幕，json 数据")] = Output.TEXT,
    select: Annotated[str, typer.Option("--select", help="只用这些规则，逗号分隔")] = "",
    ignore: Annotated[str, typer.Option("--ignore", help="不用这些规则，逗号分隔")] = "",
    output: Annotated[str | None, typer.Option("-o", "--output", help="输出文件；省略时打印到屏幕")] = None,
) -> int:
    """核对已成稿的年报，列出问题。"""
    from assistant.interfaces.files import expand_paths, write_atomically

    files = list(expand_paths(paths))
    earlier = _read(previous) if previous else None
    results: list[CheckResult] = []
    failed: list[str] = []
    for path in files:
        try:
            results.append(_check(path, earlier, _codes(select), _codes(ignore)))
        except InputError as error:
            if len(files) == 1:
                raise
            failed.append(f"{path}：{error}")
    text = _json(results) if form is Output.JSON else _text(results)
    if output is None:
        print(text)
    else:
        write_atomically(Path(output), text)
    for line in failed:
        print(f"nianbao：{line}", file=sys.stderr)
    if failed:
        return 2
    return 1 if any(r.has_errors for r in results) else 0


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


def _json(results: list[CheckResult]) -> str:
    from assistant.interfaces.contract import check_contract

    data = [check_contract(r) for r in results]
    return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=1)


def _text(results: list[CheckResult]) -> str:
    from assistant.findings import Severity
    from assistant.interfaces.wording import finding_line

    lines = []
    for result in results:
        counts = {s: sum(f.severity is s for f in result.findings) for s in Severity}
        lines.append(f"{result.file}  {result.report.title}")
        lines += [f"  {finding_line(f)}" for f in result.findings]
        lines.append(
            f"  错误 {counts[Severity.ERROR]} 项，警告 {counts[Severity.WARNING]} 项，提示 {counts[Severity.INFO]} 项；"
            f"{len(result.not_assessable)} 条规则因缺少数据未能核对"
        )
    return "\n".join(lines)
