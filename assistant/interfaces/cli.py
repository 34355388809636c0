"""The command ``nianbao``: parses the line, maps errors to one line and an exit status, imports nothing heavy."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

# pydantic looks through all installed packages for plugins of its own; the commands use none, and start sooner without
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer
from typer.exceptions import TyperException

from assistant.errors import NianbaoError
from assistant.interfaces.commands import batch as batch_command
from assistant.interfaces.commands import chat as chat_command
from assistant.interfaces.commands import check as check_command
from assistant.interfaces.commands import doctor as doctor_command
from assistant.interfaces.commands import draft as draft_command
from assistant.interfaces.commands import eval as eval_command
from assistant.interfaces.commands import read as read_command
from assistant.interfaces.commands import render as render_command
from assistant.interfaces.commands import rules as rules_command
from assistant.interfaces.wording import usage_line

__all__ = ["app", "main"]

OK, FINDINGS, BAD_INPUT = 0, 1, 2

app = typer.Typer(
    name="nianbao",
    help="年报助手：由原始数据起草、核对《政府信息公开工作年度报告》。",
    epilog="示例：nianbao draft 数据.txt --org 某县水利局 --year 2025 -f docx -o 年报.docx",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (
    draft_command,
    check_command,
    read_command,
    render_command,
    rules_command,
    doctor_command,
    batch_command,
    eval_command,
    chat_command,
):
    module.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with 0 (clean), 1 (findings of severity error) or 2 (bad usage or input)."""
    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: Sequence[str]) -> int:
    """Run the command; the exit status. Errors made on purpose become one line on stderr."""
    try:
        status = app(args=list(arguments), prog_name="nianbao", standalone_mode=False)
    except NianbaoError as error:
        print(f"nianbao：{error}", file=sys.stderr)
        return BAD_INPUT
    except TyperException as error:
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
