"""ORDINAL: enumerations run in sequence, without repeats or gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.checks.claims.passages import Passage
from assistant.checks.context import CheckInput
from assistant.checks.lazy import NUMERAL, one_of, regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.numerals import parse_chinese, to_chinese
from assistant.report.findings import Edit, Fix, Severity

_NUMBERS = "一二三四五六七八九十"
# level -> first characters and pattern; an ordinal of a lower level starts all higher levels anew
_LEVELS = (
    (_NUMBERS, regex(rf"^({NUMERAL}{{1,3}})、")),
    ("（", regex(rf"^（({NUMERAL}{{1,3}})）")),
    (
        "0123456789",
        regex(rf"^(\d{{1,2}}){one_of('.．、')}(?:(?!\d)|(?=\d+[年月日个处场次名人件条份家项起位]))"),
    ),
    ("（", regex(r"^（(\d{1,2})）")),
)
_HEADS = frozenset("（0123456789" + _NUMBERS)
_POINT = regex(rf"([{_NUMBERS}]{{1,3}})是(?!否)", needs="|".join(f"{n}是" for n in _NUMBERS))
_FIRST = regex(rf"第({NUMERAL})[，、]", needs="|".join(f"第{n}" for n in _NUMBERS))
_HEADING = regex(rf"\n（{NUMERAL}）", needs="\n（")
_CLAUSE_END = frozenset("。；：，！？\n”）")
"""A point of an enumeration begins a clause; elsewhere 一是 is part of other words (统一是)."""


@dataclass
class _Run:
    """One enumeration: (start, end, number) of its ordinals in the compact text."""

    marks: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def wrong(self) -> int | None:
        """Index of the first ordinal that is out of sequence."""
        for index, (_, _, number) in enumerate(self.marks):
            if number != index + 1:
                return index
        return None


@rule("ORDINAL", "序号连续不重复", Severity.WARNING, "punctuation")
def ordinal(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：序号重复、跳号或者倒序，多是增删文字后没有调整，读者会以为内容有缺漏。
    不合格：一是……二是……二是……
    合格：一是……二是……三是……
    修改：按先后次序重新编号。
    """
    for passage in ctx.sections:
        for run, form in (
            *_headings(passage),
            *_points(passage, _POINT, "{}是"),
            *_points(passage, _FIRST, "第{}"),
        ):
            wrong = run.wrong
            if wrong is not None and not (form == "第{}" and len(run.marks) == 1):
                # 首先…其次…再次…第四: a single one of these may go on with other words
                yield _hit(ctx, passage, run, wrong, form)


def _headings(passage: Passage) -> Iterator[tuple[_Run, str]]:
    """Enumerations at the beginning of lines, level by level."""
    open_runs: dict[int, _Run] = {}
    done: list[tuple[_Run, int]] = []
    offset = 0
    for line in passage.compact.split("\n"):
        for level, (heads, pattern) in enumerate(_LEVELS) if line[:1] in _HEADS else ():
            match = pattern.match(line) if line[0] in heads else None
            number = _number(match[1]) if match else None
            if match is None or number is None:
                continue
            for deeper in [key for key in open_runs if key > level]:
                del open_runs[deeper]
            if level not in open_runs or (number == 1 and len(open_runs[level].marks) > 1):
                open_runs[level] = _Run()
                done.append((open_runs[level], level))
            open_runs[level].marks.append((offset + match.start(1), offset + match.end(1), number))
        offset += len(line) + 1
    forms = ("{}、", "（{}）", "{}.", "（{}）")
    # a single heading that is not the first of its kind may be a reference or a date: no run, no judgement
    return ((run, forms[level]) for run, level in done if len(run.marks) > 1)


def _points(passage: Passage, pattern: re.Pattern[str], form: str) -> Iterator[tuple[_Run, str]]:
    """一是…二是… runs; a new 一是 or a new heading （二） begins another."""
    text, run = passage.compact, _Run()
    last = 0
    for match in pattern.finditer(text):
        number = _number(match[1])
        if number is None or (match.start() and text[match.start() - 1] not in _CLAUSE_END):
            continue
        between = text[last : match.start()]
        fresh = number == 1 and (len(run.marks) != 1 or "\n" in between)
        if run.marks and (fresh or _HEADING.search(between)):
            yield run, form
            run = _Run()
        run.marks.append((match.start(1), match.end(1), number))
        last = match.end()
    if run.marks:
        yield run, form


@lru_cache(maxsize=1024)
def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    value = parse_chinese(text)
    return value if isinstance(value, int) else None


def _hit(ctx: CheckInput, passage: Passage, run: _Run, wrong: int, form: str) -> Hit:
    start, end, number = run.marks[wrong]
    expected = wrong + 1
    chinese = not passage.compact[start:end].isdigit()
    said = form.format(passage.compact[start:end])
    want = form.format(to_chinese(expected) if chinese else str(expected))
    kind = "重复" if any(n == number for _, _, n in run.marks[:wrong]) else "不连续"
    first = f"，前面没有“{form.format('一' if chinese else '1')}”" if wrong == 0 else ""
    edits: list[Edit] = []
    for index, (a, b, n) in enumerate(run.marks):
        if n != index + 1:
            edits += ctx.rewording(passage.span(a, b), to_chinese(index + 1) if chinese else str(index + 1))
    begin = start - 1 if passage.compact[start - 1 : start] in ("（", "第") else start
    words = re.split(r"[。，；\n]", passage.compact[begin : end + 12], maxsplit=1)[0]
    return Hit(
        passage.key,
        f"序号{kind}：“{words}”处为“{said}”，按次序应为“{want}”{first}",
        expected=want,
        got=said,
        fix=Fix(title="按次序重新编号", edits=tuple(edits), certain=wrong > 0),
        spans=(passage.span(start, end),),
    )
