"""``nianbao read``: a report in any format as JSON."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from assistant.documents.readable import readable_kinds
from assistant.interfaces.cli.commands.shared_options import OverwriteOption

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "read", epilog="\b\n示例：\n  nianbao read 年报.docx -o 年报.json\n  nianbao read 年报.docx --printed"
    )(read)


def read(
    file: Annotated[
        str,
        typer.Argument(metavar="年报", help=f"年报文件（{readable_kinds()}），- 为标准输入"),
    ],
    printed: Annotated[
        bool, typer.Option("--printed", help="同时给出原文印制情况（标题、表头、未识别之处）")
    ] = False,
    output: Annotated[str | None, typer.Option("-o", "--output", help="输出文件；省略时打印到屏幕")] = None,
    overwrite: OverwriteOption = False,
) -> int:
    """把任何格式的年报读成 JSON 数据。"""
    from pathlib import Path

    from assistant.interfaces.cli.contract import report_contract
    from assistant.interfaces.cli.files import read_stdin
    from assistant.interfaces.cli.outputs import Guard, write_results
    from assistant.reading import read_report

    report = read_report(read_stdin(), "标准输入") if file == "-" else read_report(Path(file))
    data = json.dumps(report_contract(report, printed=printed), ensure_ascii=False, indent=1)
    if output is None:
        print(data)
    else:
        write_results([(Path(output), data)], Guard.of(file, overwrite=overwrite))
    return 0
