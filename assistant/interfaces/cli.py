"""The command ``nianbao``: parses the line, maps errors to one line and an exit status, imports nothing heavy."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

# pydantic looks through all installed packages for plugins of its own; the commands use none, and start sooner without
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from importlib import import_module

import typer
from typer.exceptions import TyperException

from assistant.errors import NianbaoError

__all__ = ["COMMANDS", "application", "main"]

OK, FINDINGS, BAD_INPUT = 0, 1, 2
_RUBBISH_EVERY = 100_000
"""new objects between two looks of the garbage collector"""
COMMANDS = ("draft", "check", "accept", "read", "render", "rules", "doctor", "batch", "eval", "chat")
"""Commands in the order of the help; each has the module of its name in ``assistant.interfaces.commands``."""


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The command line. Where ``arguments`` name a command, only that one is built, so that it starts sooner."""
    app = typer.Typer(
        name="nianbao",
        help="年报助手：由原始数据起草、核对《政府信息公开工作年度报告》。",
        epilog="示例：nianbao draft 数据.txt --org 某县水利局 --year 2025 -f docx -o 年报.docx",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_group)
    named = tuple(arguments[:1])
    for name in named if set(named) & set(COMMANDS) else COMMANDS:
        import_module(f"assistant.interfaces.commands.{name}").register(app)
    return app


def _group() -> None:
    """Keeps ``nianbao check`` a command of a group, also where it is the only one that was built."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with 0 (clean), 1 (findings of severity error) or 2 (bad usage or input)."""
    status = run(sys.argv[1:] if arguments is None else list(arguments))
    # on leaving, Python looks for rubbish among all objects once more; frozen ones it passes over, and ends at once
    gc.freeze()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run the command; the exit status. Errors made on purpose become one line on stderr."""
    # a start makes many objects and drops few: looking for rubbish among them every 700 costs a tenth of a short command
    gc.set_threshold(_RUBBISH_EVERY)
    try:
        status = application(arguments)(
            args=list(arguments) or ["--help"], prog_name="nianbao", standalone_mode=False
        )
    except NianbaoError as error:
        print(f"nianbao：{error}", file=sys.stderr)
        return BAD_INPUT
    except TyperException as error:
        from assistant.interfaces.wording import usage_line

        print(f"nianbao：{usage_line(error)}", file=sys.stderr)
        return BAD_INPUT
    except (KeyboardInterrupt, typer.Abort):
        print("nianbao：已中断，没有写出未完成的文件", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # the reader of our output went away (nianbao … | head); nothing was lost
        sys.stderr.close()
        return OK
    return status if isinstance(status, int) else OK
