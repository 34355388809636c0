"""``nianbao eval``: runs the offline evals of the checkout in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import UsageError

__all__ = ["register"]

_ROOT = Path(__file__).resolve().parents[4]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("eval", epilog="示例：nianbao eval samples reader -o out/evals")(evaluate)


def evaluate(
    suites: Annotated[
        list[str] | None, typer.Argument(metavar="评测组", help="评测组，省略时全部运行；见 docs/evals.md")
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="结果文件夹（网页、junit、json）")] = Path(
        "out/evals"
    ),
    only: Annotated[str, typer.Option("--only", help="只运行编号含有这些字的用例，不核对限值")] = "",
    accept: Annotated[
        bool, typer.Option("--accept", help="把这次的结果记为新的基准；有用例变差时不写入")
    ] = False,
    drop: Annotated[
        int, typer.Option("--drop", help="与 --accept 同用：确认放弃几个变差的用例，须与实际个数相同")
    ] = 0,
) -> int:
    """运行不联网的评测（只在源代码目录中可用）。"""
    if not (_ROOT / "evals" / "run.py").exists():
        raise UsageError("评测用例不在安装包里；请在源代码目录中运行，并执行 pip install -e '.[dev]'")
    command = [
        sys.executable,
        "-m",
        "evals.run",
        *(suites or []),
        "-o",
        str(output.resolve()),
        "--only",
        only,
    ]
    # evals/ is not part of the package, and the package never imports it
    return subprocess.run(
        [*command, "--drop", str(drop), *(["--accept"] if accept else [])], cwd=_ROOT, check=False
    ).returncode
