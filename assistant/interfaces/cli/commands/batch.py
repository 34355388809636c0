"""``nianbao batch``: the reports of many units, with one index, resumable."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError
from assistant.interfaces.cli.commands.shared_options import (
    WITH_REVIEW_HELP,
    EngineOption,
    LexiconOption,
    YearOption,
    Zeros,
    ZerosOption,
    lexicon_from,
)
from assistant.office.engine_names import Engine

if TYPE_CHECKING:
    from assistant.batch.options import BatchOptions
    from assistant.batch.run import BatchRun
    from assistant.batch.summary import Summary
    from assistant.batch.units import UnitResult

__all__ = ["register"]


class Runner(StrEnum):
    """Where the work is done."""

    LOCAL = "local"
    DASK = "dask"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "batch",
        epilog="""\b
示例：
  nianbao batch 各单位材料/ -o 各单位年报/ --year 2025
  nianbao batch 各单位材料/ -o 各单位年报/ --previous 去年年报/ --year 2025 --resume
  nianbao batch 汇总表.xlsx --dry-run

\b
退出状态：0 全部完成且没有错误，1 有年报存在错误，2 有单位未完成或用法有误，130 已中断。
""",
    )(batch)


def batch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="材料",
            help="文件夹（一个文件或子文件夹一个单位）、xlsx、csv（一行或一表一个单位）或 jsonl",
        ),
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="结果文件夹")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="续做：只做没做完和材料有变化的单位")] = False,
    jobs: Annotated[int, typer.Option("--jobs", help="并行的进程数；0 为处理器个数", min=0, max=256)] = 0,
    runner: Annotated[Runner, typer.Option("--runner", help="local 本机，dask 分布式")] = Runner.LOCAL,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出单位和找到的上年年报，不起草")] = False,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="上一年度年报的文件夹，按单位名称对应")
    ] = None,
    year: YearOption = None,
    zeros: ZerosOption = Zeros.ASK,
    engine: EngineOption = Engine.AUTO,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "-f",
            "--format",
            help=f"{WITH_REVIEW_HELP}；省略时为 json、docx、html",
        ),
    ] = None,
    lexicon: LexiconOption = None,
    profile: Annotated[
        Path | None, typer.Option("--profile", help="设置文件；默认用材料文件夹或当前目录的 nianbao.toml")
    ] = None,
) -> int:
    """批量起草多个单位的年报，生成一份总览。"""
    from assistant.batch import BatchOptions, draft_batch
    from assistant.drafting.pipeline import DraftOptions
    from assistant.office.profile import find_profile

    if output is None and not dry_run:
        raise UsageError("缺少结果文件夹；请用 -o 指定，或用 --dry-run 试运行")
    said = find_profile(_folder(Path(source)), profile)
    shared = DraftOptions(
        year=year, confirm_zeros=zeros is Zeros.CONFIRM, lexicon=lexicon_from(lexicon), engine=engine,
        settings=said.rules, unit=said.unit,
    )  # fmt: skip
    options = BatchOptions(
        output=output, draft=shared, formats=tuple(formats or BatchOptions().formats), previous=previous, resume=resume, jobs=jobs,
        runner=runner.value,
    )  # fmt: skip
    run = draft_batch(source, options)
    return _list(run) if dry_run else _work(run, options)


def _folder(source: Path) -> Path:
    """Where the settings of an office lie beside its units."""
    return source if source.is_dir() else source.parent


def _list(run: BatchRun) -> int:
    """The units as they would be drafted, nothing written."""
    bad = 0
    for number, unit in enumerate(run.plan(), 1):
        last = getattr(unit.previous, "name", "") if unit.previous else ""
        note = f"无法处理：{unit.problem}" if unit.problem else f"上年年报：{last or '未找到'}"
        bad += bool(unit.problem)
        print(f"{number}\t{unit.org}\t{unit.year or ''}\t{unit.origin}\t{note}")
    print(f"共 {run.count} 个单位，其中 {bad} 个的材料有问题；试运行，没有写出文件", file=sys.stderr)
    return 2 if bad else 0


def _work(run: BatchRun, options: BatchOptions) -> int:
    from assistant.batch.summary import Summary
    from assistant.interfaces.cli.progress import progress

    summary = Summary(run.count)
    try:
        with progress("起草", run.count) as step:
            for result in run:
                summary.add(result)
                step(_line(result))
    except KeyboardInterrupt:
        print(
            f"已中断：完成 {summary.done} 个单位，结果保存在 {options.output}；用 --resume 续做",
            file=sys.stderr,
        )
        return 130
    print(_total(summary), file=sys.stderr)
    for line in _beside(run):
        print(line, file=sys.stderr)
    print(f"总览：{options.output}/总览.html、{options.output}/总览.xlsx", file=sys.stderr)
    beside = any(finding.blocks for findings in run.together.values() for finding in findings)
    return 2 if summary.failed else int(summary.with_errors > 0 or beside)


def _beside(run: BatchRun) -> Iterator[str]:
    """What shows only between the units, each unit by its folder; it stands in the index too."""
    for key, findings in run.together.items():
        yield from (f"{key}：{finding.code}  {finding.message}" for finding in findings)
    if run.missing:
        yield f"应报单位中有 {len(run.missing)} 个没有材料：{'、'.join(run.missing)}；请催报，或者核对 roster"


def _line(result: UnitResult) -> str:
    """What is said while the work goes on; only a unit that failed deserves a line."""
    return f"{result.org}：{result.problem}" if result.problem else ""


def _total(summary: Summary) -> str:
    kept = f"（沿用 {summary.kept} 个）" if summary.kept else ""
    tokens = summary.input_tokens + summary.output_tokens
    cost = f"，模型用量 {tokens} 词元" if tokens else ""
    return (
        f"共 {summary.units} 个单位：完成 {summary.done} 个{kept}，未完成 {summary.failed} 个，有错误 {summary.with_errors} 个，"
        f"可定稿 {summary.ready} 个，待答问题 {summary.questions} 个{cost}"
    )
