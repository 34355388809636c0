"""Options that several commands share, each worded once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.office.engine_names import Engine
from assistant.printing.reports import FORMATS
from assistant.printing.sources import REVIEW, REVIEW_LABEL

if TYPE_CHECKING:
    from assistant.extraction.lexicon import Lexicon

__all__ = [
    "FORMATS_HELP",
    "WITH_REVIEW_HELP",
    "EngineOption",
    "LexiconOption",
    "OverwriteOption",
    "ProfileOption",
    "YearOption",
    "Zeros",
    "ZerosOption",
    "lexicon_from",
]


class Zeros(StrEnum):
    """What to do with cells nobody spoke of."""

    ASK = "ask"
    CONFIRM = "confirm"


FORMATS_HELP = f"{'、'.join(FORMATS)}，可多次"
WITH_REVIEW_HELP = (
    f"{'、'.join(FORMATS)}、{REVIEW}（{REVIEW_LABEL}），可多次；写出 html 时一并写出{REVIEW_LABEL}"
)
YearOption = Annotated[int | None, typer.Option("--year", help="报告年度，如 2025", min=2008, max=2099)]
ZerosOption = Annotated[
    Zeros, typer.Option("--zeros", help="未提到的单元格：ask 逐项询问，confirm 确认其余为 0")
]
EngineOption = Annotated[
    Engine,
    typer.Option("--engine", help="读取方式：offline 离线；llm 离线加模型；auto 有可用的模型就用，否则离线"),
]
LexiconOption = Annotated[
    Path | None, typer.Option("--lexicon", help="本单位的用词表（TOML，格式见 docs/reading.md）")
]
ProfileOption = Annotated[
    Path | None, typer.Option("--profile", help="设置文件；默认用当前目录的 nianbao.toml")
]
OverwriteOption = Annotated[
    bool,
    typer.Option("--overwrite", help="覆盖已有的同名文件；给出的材料和年报在任何情况下都不会被覆盖"),
]


def lexicon_from(path: Path | None) -> Lexicon | None:
    """The built-in lexicon with the unit's own words; None when there are none."""
    if path is None:
        return None
    from assistant.extraction.lexicon import default_lexicon, load_extension

    return load_extension(path, default_lexicon())
