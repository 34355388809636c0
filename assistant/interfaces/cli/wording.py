"""Words the command line uses for usage errors and results, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.report.draft import ModelUse
from assistant.report.findings import SEVERITY_NAMES, Finding, Question

__all__ = ["accepted_line", "finding_line", "near", "question_lines", "reader_of", "usage_line"]

_VALUES = (
    (r"valid (?:int|integer)", "应为整数，如 2025"),
    (r"valid (?:float|number)", "应为数字"),
    (r"greater than or equal to (\S+)", "不能小于 {0}"),
    (r"less than or equal to (\S+)", "不能大于 {0}"),
    (r"does not match the format", "应写成 2026-01-15 这样的日期"),
)
_SHAPES = (
    (r"No such command '([^']*)'", "没有“{0}”这个命令"),
    (r"Option '([^']+)' requires", "选项 {0} 后面缺少内容"),
    (r"Option '([^']+)' does not take a value", "选项 {0} 后面不带内容"),
    (r"unexpected extra argument\S* \((.*)\)", "多余的参数：{0}"),
    (r"Missing command", "缺少命令"),
)


def usage_line(error: Exception, command: str = "") -> str:
    """One Chinese line for a usage error of the command-line parser: what is wrong, the nearest right word, where to look.

    ``command`` is the one that was called, for errors that do not say where they arose.
    """
    context = getattr(error, "ctx", None)
    page = f"{context.command_path} --help" if context is not None else f"nianbao {command} --help"
    page = " ".join(page.split())
    return f"{_wrong(error, context)}；用 {page} 查看用法"


def _wrong(error: Exception, context: Any) -> str:
    message = str(getattr(error, "message", error))
    parameter = getattr(error, "param", None)
    if (option := getattr(error, "option_name", None)) and message.startswith("No such option"):
        known = [
            name for p in _parameters(context) for name in (*p.opts, *p.secondary_opts) if name[:1] == "-"
        ]
        # one letter is like any other
        return f"没有“{option}”这个选项{near(option, [*known, '--help']) if len(option) > 2 else ''}"
    if parameter is not None:
        return _wrong_value(parameter, message)
    for pattern, wording in _SHAPES:
        if found := re.search(pattern, message):
            wrong = wording.format(*found.groups())
            known = list(getattr(getattr(context, "command", None), "commands", ()))
            return wrong + (near(found[1], known) if "No such command" in pattern else "")
    return "命令用法有误"


def _wrong_value(parameter: Any, message: str) -> str:
    option = parameter.param_type_name == "option"
    name = f"选项 {max(parameter.opts, key=len)} " if option else f"参数“{parameter.display_name_raw}”"
    if not message:
        return f"缺少{name}".strip()
    if found := re.search(r"'([^']*)' is not one of (.+)", message):
        choices = re.findall(r"'([^']+)'", found[2])
        return f"{name}不能是“{found[1]}”{near(found[1], choices)}；可用：{'、'.join(choices)}"
    for pattern, wording in _VALUES:
        if found := re.search(pattern, message):
            return f"{name}{wording.format(*found.groups())}"
    return f"{name}的内容不合要求"


def _parameters(context: Any) -> list[Any]:
    return [] if context is None else list(context.command.params)


def near(word: str, known: Sequence[str]) -> str:
    """“，最接近的是…” where a known word is like the one that was written, else nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word.lower(), known, 1, 0.5)
    return f"，最接近的是“{found[0]}”" if found else ""


def finding_line(finding: Finding) -> str:
    """A finding for the terminal: severity, code, message."""
    return f"[{SEVERITY_NAMES[finding.severity]}] {finding.code}  {finding.message}"


def reader_of(use: ModelUse) -> str:
    """Who read the facts, and what it cost."""
    cost = f"{use.requests} 次请求，{use.input_tokens + use.output_tokens} 词元"
    cost += "" if use.yuan is None else f"，约 {use.yuan:.4f} 元"
    if use.engine == "offline":
        return f"离线（模型未能使用，{cost}）" if use.requests else "离线"
    return f"离线和模型 {use.name}（{cost}{f'，返工 {use.rounds} 次' if use.rounds else ''}）"


def accepted_line(finding: Finding) -> str:
    """An accepted finding for the terminal: code, message, who accepted it, when and why."""
    why = finding.accepted
    said = f"（理由：{why.reason}（{why.person}，{why.date}））" if why is not None else ""
    return f"[例外] {finding.code}  {finding.message}{said}"


def question_lines(questions: tuple[Question, ...]) -> list[str]:
    """Numbered questions with their one-tap answers."""
    lines = []
    for number, question in enumerate(questions, 1):
        choices = f"（可答：{'；'.join(question.choices)}）" if question.choices else ""
        lines.append(f"{number}. {question.text}{choices}")
    return lines
