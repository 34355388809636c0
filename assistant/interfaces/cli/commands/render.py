"""``nianbao render``: a report as JSON (or in any readable format) into other formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.interfaces.cli.commands.shared_options import FORMATS_HELP, OverwriteOption

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "render",
        epilog="\b\n示例：\n  nianbao render 年报.json\n  nianbao render 年报.json -f docx -f pdf -o 输出/",
    )(render)


def render(
    file: Annotated[
        str,
        typer.Argument(
            metavar="年报", help="年报数据（nianbao draft 或 read 产生的 JSON），也可以是其他支持的格式"
        ),
    ],
    formats: Annotated[list[str] | None, typer.Option("-f", "--format", help=FORMATS_HELP)] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="输出文件或文件夹；省略时文本格式打印到屏幕")
    ] = None,
    overwrite: OverwriteOption = False,
) -> int:
    """把年报数据排成正式文本、网页、Word、PDF 或 Excel。"""
    from assistant.interfaces.cli.files import names_of, printed_report, read_stdin
    from assistant.interfaces.cli.outputs import Guard, write_results
    from assistant.reading import read_report

    report = read_report(read_stdin(), "标准输入") if file == "-" else read_report(Path(file))
    files = printed_report(report, formats or [], output)
    guard = Guard.of(file, overwrite=overwrite)
    written = write_results([(path, content) for path, content in files if path is not None], guard)
    for path, content in files:
        if path is None:
            print(content if isinstance(content, str) else content.decode())
    if written:
        print(f"已写出：{names_of(written)}", file=sys.stderr)
    return 0
