"""The command ``nianbao``: parses the line, maps errors to one line and an exit status, imports nothing heavy."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

# pydantic looks through all installed packages for plugins of its own; the commands use none, and start sooner without
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from importlib import import_module
from typing import TYPE_CHECKING

from assistant.errors import NianbaoError, UsageError, reason_of
from assistant.interfaces.cli.streams import mute, prepare, say

if TYPE_CHECKING:
    import typer

__all__ = ["COMMANDS", "application", "main"]

OK, BAD_INPUT, INTERRUPTED = 0, 2, 130
_RUBBISH_EVERY = 100_000
"""new objects between two looks of the garbage collector"""
COMMANDS = ("draft", "check", "accept", "read", "render", "rules", "doctor", "batch", "eval", "chat")
"""Commands in the order of the help; each has the module of its name in ``assistant.interfaces.cli.commands``."""
_EXAMPLES = """\b
示例：
  nianbao draft 数据.txt --org 某县水利局 --year 2025 -f docx -o 年报.docx
  nianbao check 年报.docx --previous 上年年报.docx
  nianbao batch 各单位材料/ -o 各单位年报/ --year 2025
  nianbao draft --help

\b
按 Tab 键补全（bash）：在 ~/.bashrc 中加一行 eval "$(nianbao --show-completion bash)"
"""


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The command line. Where ``arguments`` name a command, only that one is built, so that it starts sooner."""
    import typer

    from assistant.interfaces.cli.commands import program

    app = typer.Typer(
        name="nianbao",
        help="年报助手：由原始数据起草、核对《政府信息公开工作年度报告》。",
        epilog=_EXAMPLES,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    program.register(app)
    named = tuple(arguments[:1])
    for name in named if set(named) & set(COMMANDS) else COMMANDS:
        import_module(f"assistant.interfaces.cli.commands.{name}").register(app)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with 0 (clean), 1 (findings of severity error) or 2 (bad usage or input)."""
    prepare()
    status = run(sys.argv[1:] if arguments is None else list(arguments))
    mute()
    # on leaving, Python looks for rubbish among all objects once more; frozen ones it passes over, and ends at once
    gc.freeze()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run the command; the exit status. Errors made on purpose, and what the system refuses, become one line on stderr."""
    # a start makes many objects and drops few: looking for rubbish among them every 700 costs a tenth of a short command
    gc.set_threshold(_RUBBISH_EVERY)
    try:
        status = _invoke(arguments)
        # what cannot be written must be known while it can still be said
        sys.stdout.flush()
    except NianbaoError as error:
        say(str(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        say("已中断，没有写出未完成的文件")
        return INTERRUPTED
    except BrokenPipeError:
        # the reader of our output went away (nianbao … | head); nothing was lost
        return OK
    except UnicodeEncodeError:
        say("文件名或材料里有写不出来的字符；请给文件改名，或删去这些字符后再试")
        return BAD_INPUT
    except OSError as error:
        place = f"“{error.filename}”" if error.filename else "输出"
        say(f"{place}不能读写：{reason_of(error)}；请检查磁盘空间和权限，或换一个位置")
        return BAD_INPUT
    return status


def _invoke(arguments: Sequence[str]) -> int:
    """Build the command line and run it. Its own exceptions become ours, so that nothing of it is seen outside."""
    import typer
    from typer.exceptions import TyperException

    from assistant.interfaces.cli.commands.program import COMPLETING, complete
    from assistant.interfaces.cli.help_pages import chinese

    if instruction := os.environ.get(COMPLETING):
        return complete(chinese(application()), instruction)
    command = chinese(application(arguments))
    try:
        # not through main(), which keeps Ctrl-C to itself
        with command.make_context("nianbao", list(arguments) or ["--help"]) as context:
            status = command.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    except (typer.Abort, EOFError):
        raise KeyboardInterrupt from None
    except TyperException as error:
        from assistant.interfaces.cli.wording import usage_line

        called = arguments[0] if arguments and arguments[0] in COMMANDS else ""
        raise UsageError(usage_line(error, called)) from error
    return status if isinstance(status, int) else OK
