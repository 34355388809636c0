"""Words the help pages in Chinese: headings, kinds of values, defaults, and what the help option does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from typer._click.core import Command, Context
from typer._click.formatting import HelpFormatter

if TYPE_CHECKING:
    import typer

__all__ = ["chinese"]

_HEADINGS = {"Options": "选项", "Arguments": "参数", "Commands": "命令"}
_USAGE = (("COMMAND [ARGS]...", "命令 [参数]..."), ("[OPTIONS]", "[选项]"))
_KINDS = {
    "str": "文字", "int": "数字", "int range": "数字", "float": "数字", "path": "路径", "file": "文件", "bool": "是否",
    "%Y-%m-%d": "年-月-日",
}  # fmt: skip
_KIND = re.compile(r"<(?:list\[)?([^<>\[\]]+)\]?>")
_RANGE = re.compile(r"(\d+)<=x<=(\d+)")
_PIECE = re.compile(r"[!-~]+|.", re.S)
_CLOSING = "，。；：、）】》”？！"
_NOTES = re.compile(r"\s*\[((?:default: |required|\d+<=x).*)\]$", re.S)


class _Page(HelpFormatter):
    """A help page whose fixed words, which the parser brings in English, are Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for word, wording in _USAGE:
            args = args.replace(word, wording)
        super().write_usage(prog, args, "用法：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Two columns, measured as a terminal shows them: a Chinese character is as wide as two letters."""
        shown = [(_names(name), _explained(text)) for name, text in rows]
        first = min(max(_width(name) for name, _ in shown), col_max) + col_spacing
        edge = " " * self.current_indent
        for name, text in shown:
            lines = list(_lines(text, max(self.width - self.current_indent - first, 20)))
            start = f"{edge}{name}{' ' * (first - _width(name))}"
            if _width(name) + col_spacing > first:
                self.write(f"{edge}{name}\n")
                start = edge + " " * first
            for line in lines or [""]:
                self.write(f"{start}{line}".rstrip() + "\n")
                start = edge + " " * first


class _Context(Context):
    formatter_class = _Page


def chinese(app: typer.Typer) -> Any:
    """The command that the application describes, with Chinese help pages."""
    from typer.main import get_command

    command = get_command(app)
    for one in (command, *getattr(command, "commands", {}).values()):
        assert isinstance(one, Command)
        one.context_class = _Context
    return command


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _lines(text: str, width: int) -> Iterator[str]:
    """The text in lines of that width; words stay whole, and no line begins with a closing mark."""
    line, length = "", 0
    for piece in _PIECE.findall(text):
        if line and length + _width(piece) > width and piece not in _CLOSING:
            yield line
            line, length = "", 0
            if piece.isspace():
                continue
        line, length = line + piece, length + _width(piece)
    if line:
        yield line


def _names(name: str) -> str:
    return _KIND.sub(lambda kind: f"<{_KINDS.get(kind[1], kind[1])}>", name)


def _explained(text: str) -> str:
    if text == "Show this message and exit.":
        return "显示本页后退出"
    notes = _NOTES.search(text)
    if notes is None:
        return text
    words = [_RANGE.sub(r"\1 至 \2", note) for note in notes[1].split("; ")]
    words = [word.replace("default: ", "默认 ").replace("required", "必填") for word in words]
    return f"{text[: notes.start()]}（{'；'.join(words)}）"
