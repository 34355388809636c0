"""``nianbao accept``: lets findings stand as exceptions, with a reason and a name; lists and revokes them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.report.findings import Acceptance

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "accept",
        epilog="""\b
示例：
  nianbao accept 年报.docx T3_CROSS_YEAR --previous 去年年报.docx --reason 上年数据经审计调整 --person 张某
  nianbao accept 各单位年报/ --list
  nianbao accept 年报.docx T3_CROSS_YEAR --revoke
""",
    )(accept)


def accept(
    path: Annotated[
        Path | None, typer.Argument(metavar="年报", help="年报文件；--list 时也可以是文件夹")
    ] = None,
    code: Annotated[str | None, typer.Argument(metavar="规则代码", help="规则代码，见 nianbao rules")] = None,
    where: Annotated[
        str, typer.Option("--where", help="位置，如 table3.granted.total、s5；只有一处时可省略")
    ] = "",
    words: Annotated[str, typer.Option("--words", help="同一位置有几处时，用其中的文字指明是哪一处")] = "",
    everything: Annotated[bool, typer.Option("--all", help="符合条件的几处一并处理")] = False,
    reason: Annotated[str, typer.Option("--reason", help="接受的理由")] = "",
    person: Annotated[str, typer.Option("--person", help="由谁确认")] = "",
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="确认日期，如 2026-01-15；默认今天"),
    ] = None,
    shown: Annotated[bool, typer.Option("--list", help="列出已接受的问题")] = False,
    taken_back: Annotated[bool, typer.Option("--revoke", help="撤销，问题重新列出")] = False,
    previous: Annotated[Path | None, typer.Option("--previous", help="上一年度的年报，用于跨年核对")] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="存放的文件；默认为年报旁边的 已接受问题.toml")
    ] = None,
    profile: Annotated[
        Path | None, typer.Option("--profile", help="设置文件；默认用年报旁边或当前目录的 nianbao.toml")
    ] = None,
) -> int:
    """把核对出的问题登记为已接受的特殊情况，写明理由和姓名。"""
    from assistant.interfaces.cli.accepting import Wanted, listed, register, revoke
    from assistant.interfaces.cli.checking import CheckOptions, Previous, decisions_file, read

    if shown:
        place = path or Path()
        lines = listed(decisions or (place if place.is_dir() else decisions_file(place)))
    elif path is None or not code:
        raise UsageError(
            "请写明年报文件和规则代码；例如 nianbao accept 年报.docx LENGTH --reason 理由 --person 姓名"
        )
    else:
        file, wanted = decisions_file(path, decisions), Wanted(code.upper(), where, words, everything)
        options = CheckOptions(Previous.at(previous), profile=profile, decisions=decisions)
        report = read(path)
        if taken_back:
            lines = revoke(file, options.profile_of(path).unit.laid_over(report), path, wanted)
        else:
            lines = register(file, options.checker(path)(report), wanted, _why(reason, person, day))
    for line in lines:
        print(line)
    return 0


def _why(reason: str, person: str, day: datetime | None) -> Acceptance:
    from assistant.report.findings import Acceptance

    if not reason.strip() or not person.strip():
        raise UsageError("接受一个问题要写明理由和姓名；请加上 --reason 理由 --person 姓名")
    chosen = day if day is not None else datetime.now().astimezone()
    return Acceptance(reason=reason.strip(), person=person.strip(), date=chosen.date())
