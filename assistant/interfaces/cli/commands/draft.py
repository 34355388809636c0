"""``nianbao draft``: raw facts in, the best draft out, with findings and questions."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.documents.readable import readable_kinds
from assistant.interfaces.cli.commands.shared_options import (
    WITH_REVIEW_HELP,
    EngineOption,
    LexiconOption,
    OverwriteOption,
    ProfileOption,
    YearOption,
    Zeros,
    ZerosOption,
    lexicon_from,
)
from assistant.office.engine_names import Engine
from assistant.printing.sources import REVIEW, REVIEW_SUFFIX
from assistant.report import Level, Scope

if TYPE_CHECKING:
    from assistant.interfaces.cli.outputs import Guard
    from assistant.report import AnnualReport
    from assistant.report.draft import Draft

__all__ = ["register"]


_EXAMPLES = """\b
示例：
  nianbao draft 数据.txt --org 某县水利局 --year 2025 -f docx -f html -o 输出/年报
  nianbao draft 数据.txt 台账.xlsx --previous 上年年报.docx --year 2025 -o 年报.docx
  nianbao draft - -f json < 数据.txt

\b
退出状态：0 没有错误，1 草稿存在错误（草稿照常写出），2 用法有误或材料无法读取。
"""


_WAY_OUT = "它们可能属于的格子留空；请在材料中写明各是哪一项的数，与年报无关的注明“不计入”"


class Prose(StrEnum):
    """Who words the prose."""

    AUTO = "auto"
    TEMPLATE = "template"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "draft",
        epilog=_EXAMPLES,
    )(draft)


def draft(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="材料", help=f"原始数据文件（{readable_kinds()}），- 为标准输入"),
    ] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="上一年度的年报，任何支持的格式")
    ] = None,
    org: Annotated[str, typer.Option("--org", help="单位全称，如 某县水利局")] = "",
    level: Annotated[Level | None, typer.Option("--level", help="单位层级")] = None,
    scope: Annotated[
        Scope | None, typer.Option("--scope", help="organ 本机关年报，government 本级政府汇总年报")
    ] = None,
    year: YearOption = None,
    engine: EngineOption = Engine.AUTO,
    prose: Annotated[
        Prose, typer.Option("--prose", help="文字：auto 按设置，template 只用模板，不让模型润色")
    ] = Prose.AUTO,
    lock: Annotated[list[str] | None, typer.Option("--lock", help="不许模型改动的原句，可多次")] = None,
    zeros: ZerosOption = Zeros.ASK,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "-f",
            "--format",
            help=WITH_REVIEW_HELP,
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="输出文件或文件夹；省略时文本格式打印到屏幕")
    ] = None,
    lexicon: LexiconOption = None,
    profile: ProfileOption = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="已接受的问题；默认用当前目录的 已接受问题.toml")
    ] = None,
    overwrite: OverwriteOption = False,
) -> int:
    """由原始数据起草年报，列出待确认的问题。"""
    from assistant.drafting.pipeline import DraftOptions, draft_texts
    from assistant.interfaces.cli.files import read_materials
    from assistant.interfaces.cli.outputs import Guard
    from assistant.office.profile import find_profile

    guard = Guard.of(files or [], previous, lexicon, profile, decisions, overwrite=overwrite)
    _refuse_early(guard, formats or [], output)
    said = find_profile(None, profile)
    materials = read_materials(files or [])
    options = DraftOptions(
        org=org,
        level=level,
        scope=scope,
        year=year,
        previous=_previous(previous),
        confirm_zeros=zeros is Zeros.CONFIRM,
        lexicon=lexicon_from(lexicon),
        engine=engine,
        rewrite=prose is Prose.AUTO,
        locked=tuple(lock or ()),
        settings=said.rules,
        unit=said.unit,
    )
    result = _judged(draft_texts(materials, options), decisions)
    _write(result, formats or [], output, guard)
    return 1 if result.has_errors else 0


def _judged(result: Draft, given: Path | None) -> Draft:
    """The draft with the findings marked that a person has accepted."""
    from assistant.interfaces.cli.checking import decisions_file

    file = decisions_file(Path("-"), given)
    if not file.is_file():
        return result
    from assistant.office.decisions import judged
    from assistant.office.decisions_file import read_decisions

    findings = judged(result.findings, result.report, read_decisions(file))
    return result.model_copy(update={"findings": findings})


def _previous(path: Path | None) -> AnnualReport | None:
    if path is None:
        return None
    from assistant.reading import read_report

    return read_report(path)


def _refuse_early(guard: Guard, formats: list[str], output: str | None) -> None:
    """Refuse a place that is known before the work, so that nobody waits, or pays a model, for nothing."""
    from assistant.interfaces.cli.files import is_folder, output_paths

    if output is not None and not is_folder(output):
        for _, path in output_paths([f for f in _plain(formats) if f != REVIEW], output, ""):
            assert path is not None, "a target always is a path"
            guard.check(path)


def _plain(formats: list[str]) -> list[str]:
    return [name.lower().lstrip(".") for name in formats]


def _write(result: Draft, formats: list[str], output: str | None, guard: Guard) -> None:
    from assistant.interfaces.cli.files import names_of, printed_report
    from assistant.interfaces.cli.outputs import write_results
    from assistant.printing.drafts import unconfirmed_marks

    named = _plain(formats)
    plain = [f for f in named if f not in ("json", REVIEW)]
    files: list[tuple[Path | None, str | bytes]] = []
    if "json" in named:
        files.append(_contract(result, plain, output))
    if plain or not formats:
        files += printed_report(result.report, plain, output, unconfirmed_marks(result))
    pages = [path for path, _ in files if path is not None and path.suffix == ".html"]
    if pages or REVIEW in named:
        files.append(_review(result, pages, output))
    written = write_results([(path, content) for path, content in files if path is not None], guard)
    for path, content in files:
        if path is None:
            print(content if isinstance(content, str) else content.decode())
    if formats != ["json"] or output is not None:
        _summary(result, written, names_of(written))


def _contract(result: Draft, plain: list[str], output: str | None) -> tuple[Path | None, str]:
    """The draft's JSON, which is the whole contract object, not only the report; and where it goes."""
    from assistant.interfaces.cli.contract import draft_contract
    from assistant.interfaces.cli.files import output_paths

    data = json.dumps(draft_contract(result), ensure_ascii=False, indent=1)
    if output is None and not plain:
        return None, data
    target = output_paths(["json"], output, result.report.title)[0][1]
    if target is not None and plain:
        bare = target.suffix in (".json", "")
        target = target.with_suffix(".json") if bare else target.with_name(target.stem + ".json")
    return target, data


def _review(result: Draft, pages: list[Path], output: str | None) -> tuple[Path, str]:
    """The page that shows where every figure comes from, beside the report: 年报.review.html beside 年报.html."""
    from assistant.interfaces.cli.files import output_paths
    from assistant.printing.sources.page import render_review

    beside = pages[0] if pages else output_paths(["html", "txt"], output, result.report.title)[0][1]
    assert beside is not None, "several formats always go to files"
    return beside.with_name(f"{beside.stem}{REVIEW_SUFFIX}"), render_review(result)


def _summary(result: Draft, written: list[Path], names: str) -> None:
    """What the clerk must still look at, on stderr, so that the report itself can be piped on."""
    from assistant.drafting.unread import open_line
    from assistant.interfaces.cli.wording import accepted_line, finding_line, question_lines, reader_of

    out = sys.stderr
    if written:
        print(f"已写出：{names}", file=out)
    print(f"读取：{reader_of(result.model)}", file=out)
    if line := open_line(result, "材料中有 {} 个数没有归属，没有计入", _WAY_OUT):
        print(line, file=out)
    for finding in result.findings:
        print(accepted_line(finding) if finding.accepted else finding_line(finding), file=out)
    if result.questions:
        print(f"还有 {len(result.questions)} 个问题需要确认：", file=out)
        for line in question_lines(result.questions):
            print(f"  {line}", file=out)
