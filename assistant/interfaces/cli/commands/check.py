"""``nianbao check``: findings of finished reports, one or hundreds."""

# no `from __future__ import annotations`: as text, the annotation of every option is compiled four times by typer
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.printing.findings import FORMATS

__all__ = ["register"]


class Output(StrEnum):
    """How findings are printed: the formats of the registry, as choices that the shell can complete."""

    _ignore_ = "members name"
    members = vars()
    for name in FORMATS:
        members[name.upper()] = name


_FORMATS = "，".join(f"{f.name} {f.label}" for f in FORMATS.values()) + "；省略时看 -o 的扩展名"
_EXAMPLES = """\b
示例：
  nianbao check 年报.docx --previous 上年年报.docx
  nianbao check 年报.docx -f docx -o 年报-批注.docx
  nianbao check 各单位年报/ -o 核对结果.html
  nianbao check 各单位年报/ --previous 各单位上年年报/ -o 核对结果.html
  nianbao check 各单位年报/ -o 退回清单.xlsx --ignore LENGTH
  nianbao check 各单位年报/ -f docx -o 批注稿/
  nianbao check 年报.docx --diff

\b
退出状态：0 没有错误，1 有错误，2 用法有误或有文件无法读取。
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check", epilog=_EXAMPLES)(check)


def check(
    paths: Annotated[list[str], typer.Argument(metavar="年报", help="年报文件或文件夹，- 为标准输入")],
    previous: Annotated[
        Path | None,
        typer.Option("--previous", help="上一年度的年报，用于跨年核对；也可以是文件夹，按单位名称对应"),
    ] = None,
    form: Annotated[Output | None, typer.Option("-f", "--format", help=_FORMATS)] = None,
    select: Annotated[str, typer.Option("--select", help="只用这些规则，逗号分隔")] = "",
    ignore: Annotated[str, typer.Option("--ignore", help="不用这些规则，逗号分隔")] = "",
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="输出文件或文件夹；省略时打印到屏幕")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="修正可以确定的问题，另写一份，原文件不动")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="只显示会怎样修正，不写文件")] = False,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="与 --fix 同用：直接修正原文件，旧内容另存为 .bak")
    ] = False,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="已接受的问题；默认用年报旁边的 已接受问题.toml")
    ] = None,
    profile: Annotated[
        Path | None, typer.Option("--profile", help="设置文件；默认用年报旁边或当前目录的 nianbao.toml")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", help="并行的进程数；0 为自动", min=0, max=256)] = 0,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="覆盖已有的同名文件；年报本身在任何情况下都不会被覆盖")
    ] = False,
) -> int:
    """核对已成稿的年报，列出问题；核对多份时排出先退哪几份。"""
    from assistant.interfaces.cli.check_output import deliver, format_of
    from assistant.interfaces.cli.checking import CheckOptions, Previous, check_files, notes
    from assistant.interfaces.cli.files import expand_paths, is_folder
    from assistant.interfaces.cli.outputs import Guard
    from assistant.printing.findings import review_of

    files = list(expand_paths(paths))
    last = [previous] if previous is None or not previous.is_dir() else expand_paths([str(previous)])
    guard = Guard.of(files, last, profile, decisions, overwrite=overwrite)
    if output is not None and not is_folder(output):
        # before the work, not after it
        guard.check(Path(output))
    options = CheckOptions(Previous.at(previous, jobs), _codes(select), _codes(ignore), profile, decisions)
    chosen = format_of(form, output)
    if fix or diff or in_place:
        from assistant.interfaces.cli.fixing import fix_files, writing_of

        writing = writing_of(fix=fix, diff=diff, in_place=in_place)
        outcomes = fix_files(files, options, writing, aside=chosen != "text")
    else:
        outcomes = check_files(files, options, jobs)
    review = review_of(outcomes)
    for path in deliver(review, chosen, output, guard):
        print(f"已写出 {path}", file=sys.stderr)
    for line in notes(outcomes, options):
        print(f"nianbao：{line}", file=sys.stderr)
    for unit in review.units:
        if unit.problem:
            print(f"nianbao：{unit.file}：{unit.problem}", file=sys.stderr)
    if review.has_unreadable:
        return 2
    return int(review.has_errors)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip())
