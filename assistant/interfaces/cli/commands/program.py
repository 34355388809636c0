"""What ``nianbao`` itself is asked without a command: its version, and the script that completes its lines."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

__all__ = ["COMPLETING", "complete", "register"]

COMPLETING = "_NIANBAO_COMPLETE"
"""the variable in which the shell says that it asks how a line may go on"""


class Shell(StrEnum):
    """Shells whose lines can be completed."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def register(app: typer.Typer) -> None:
    """Add the options; the callback also keeps ``nianbao check`` a command of a group where it alone was built."""
    app.callback()(program)


def _show_version(asked: bool) -> None:
    if asked:
        from assistant import __version__

        print(f"nianbao {__version__}")
        raise typer.Exit


def _show_completion(shell: Shell | None) -> None:
    if shell is not None:
        from typer._completion_shared import get_completion_script

        print(get_completion_script(prog_name="nianbao", complete_var=COMPLETING, shell=shell.value))
        raise typer.Exit


def program(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本后退出")
    ] = False,
    shell: Annotated[
        Shell | None,
        typer.Option(
            "--show-completion",
            callback=_show_completion,
            is_eager=True,
            help="显示按 Tab 键补全用的脚本后退出",
        ),
    ] = None,
) -> None:
    """Only the options; what they do is done in their callbacks."""


def complete(command: typer.core.TyperGroup, instruction: str) -> int:
    """Answer the shell's question; the status for it."""
    from typer._completion_classes import completion_init
    from typer.completion import shell_complete

    completion_init()
    return shell_complete(command, {}, "nianbao", COMPLETING, instruction)
