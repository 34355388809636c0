"""Words the command line uses for usage errors and results, in Chinese."""

from __future__ import annotations

import re

from assistant.findings import SEVERITY_NAMES, Finding, Question
from assistant.outcome import ModelUse

__all__ = ["accepted_line", "finding_line", "question_lines", "reader_of", "usage_line"]

_USAGE = (
    (r"No such option: (\S+)", "没有“{0}”这个选项；用 --help 查看全部选项"),
    (r"Missing (?:argument|parameter):? '?([^'.]+)'?", "缺少参数 {0}；用 --help 查看用法"),
    (r"No such command '([^']+)'", "没有“{0}”这个命令；用 nianbao --help 查看全部命令"),
    (r"Option '([^']+)' requires an argument", "选项 {0} 后面缺少内容；用 --help 查看用法"),
    (r"Got unexpected extra arguments? \(([^)]*)\)", "多余的参数：{0}；用 --help 查看用法"),
    (r"'([^']*)' is not one of (.+)", "“{0}”不在可选范围内；可用：{1}"),
    (r"'([^']*)' is not a valid (?:int|integer)", "“{0}”应为整数"),
)


def usage_line(error: Exception) -> str:
    """One Chinese line for a usage error of the command-line parser."""
    message = getattr(error, "message", None) or str(error)
    for pattern, wording in _USAGE:
        found = re.search(pattern, message)
        if found:
            return wording.format(*(g.rstrip(".") for g in found.groups()))
    return f"命令用法有误（{message.strip()}）；用 --help 查看用法"


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
