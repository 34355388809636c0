"""Finds the fields of forms and questionnaires: a label and its answer."""

from __future__ import annotations

import re

from assistant.documents.blocks import BlockKind
from assistant.documents.lines import marks
from assistant.documents.parts import Part
from assistant.numerals import fold

__all__ = ["fields_among", "is_field", "label_length"]

_FEWEST = 3
"""neighbouring lines of a label and a short answer that make a form"""
_LABELLED = re.compile(
    r"(?P<label>\s*(?:\d{1,2}[.、)）]\s?)?[^：:。；;，,？?！!\d]{2,30}(?:[（(][^（）()]{1,14}[）)])?)\s*[：:]\s*(?P<answer>\S.{0,40})?"
)
_ANSWER = re.compile(
    r"(?:[_＿\s]*[+-]?\d[\d,.]*[_＿\s]*\s?(?:件|份|个|宗|起|项|条|万元|元|次|人|期|篇|年)?度?[_＿\s]*(?:[（(][^（）()]{1,40}[）)])?"
    r"|有|无|是|否|没有|暂无|不适用|[—－/-]{1,2}|[\u4e00-\u9fff（）()]{2,24})[。；;]?"
)
_HEADS = re.compile(
    r"\s*[（(]?(?:填报|报送|上报|申报|填表)?(?:单位|机关|部门|名称|人|日期|时间|年度|年份|表号|口径)(?:名称|全称)?[）)]?|.{0,4}(?:联系人|经办人|审核人|负责人|制表人|联系电话|统计年度|报告年度|单位名称|计量单位|金额单位|制表机关|批准文号|有效期至?)"
)
_BLANKS = re.compile(r"[^_＿：:。；;]{2,40}[_＿]+\s*[^_＿]{0,12}\s*[_＿]+.{0,20}")
_QUESTION = re.compile(r"\s*(?:问|Q\d{0,2}|\d{1,2}[.、)）])[:：.、]?\s?.{2,80}[？?]", re.I)
_REPLY = re.compile(r"\s*(?:答复?|A\d{0,2}|回答)[:：.、].*", re.I)
_ASKED = re.compile(
    r"(?P<label>\s*(?:\d{1,2}[.、)）]|问[:：]|Q\d{0,2}[:：.])\s?[^？?]{2,80}[？?])\s*(?P<answer>\S.{0,60})"
)


def fields_among(parts: list[Part], text: str) -> list[Part]:
    """The same parts, the fields marked; a question and the answer on the next line become one."""
    known = _questions(parts, text)
    short = [_is_short(part, text) for part in known]
    result: list[Part] = []
    for number, part in enumerate(known):
        line = text[part.start : part.end]
        run = short[number] and _run_length(short, known, number) >= _FEWEST
        if part.kind is None and (run or is_field(line)):
            result.append(part.as_(BlockKind.FIELD, label_end=part.start + label_length(line)))
        else:
            result.append(part)
    return result


def is_field(line: str) -> bool:
    """Whether a line is a field by itself: boxes, blanks to fill, or a label such as 填报单位."""
    named = _LABELLED.fullmatch(line)
    if named and _HEADS.fullmatch(named["label"]):
        return True
    asked = _ASKED.fullmatch(line)
    if asked and (marks.BOX.search(line) or _ANSWER.fullmatch(asked["answer"].strip())):
        return True
    return len(line) <= 200 and bool(_boxed(line) or _BLANKS.fullmatch(line.strip()))


def label_length(line: str) -> int:
    """Characters of the label of a field."""
    for pattern in (_ASKED, _LABELLED):
        match = pattern.match(line)
        if match:
            return match.end("label")
    edge = re.search(r"[：:？?☑☒✅✔☐□■√✓_＿\[\n]", line)
    return edge.start() if edge and edge.start() else len(line)


def _boxed(line: str) -> bool:
    """☑是 □否 behind a label: two boxes, or a ticked one."""
    boxes = re.findall(r"[☑☒✅✔☐□■]|\[[xX√✓ ]\]", line)
    return len(boxes) > 1 or any(box not in "□☐■[ ]" for box in boxes)


def _is_short(part: Part, text: str) -> bool:
    if part.kind is not None or part.end - part.start > 80:
        return False
    named = _LABELLED.fullmatch(text[part.start : part.end])
    if named is None or named["answer"] is None:
        return False
    answer = fold(named["answer"].strip())
    return bool(_ANSWER.fullmatch(answer) or marks.BOX.match(answer))


def _run_length(short: list[bool], parts: list[Part], number: int) -> int:
    """Neighbouring short fields around this one, as far as it matters."""
    first = number
    while first and short[first - 1] and number - first < _FEWEST:
        first -= 1
    last = number
    while last + 1 < len(parts) and short[last + 1] and last - number < _FEWEST:
        last += 1
    return last - first + 1


def _questions(parts: list[Part], text: str) -> list[Part]:
    result: list[Part] = []
    for part in parts:
        before = result[-1] if result else None
        if (
            before is not None
            and before.kind is None
            and part.kind is None
            and _REPLY.fullmatch(text[part.start : part.end])
            and _QUESTION.fullmatch(text[before.start : before.end].rstrip())
        ):
            result[-1] = Part(
                before.start, part.end, BlockKind.FIELD, label_end=before.end, apart=before.apart
            )
        else:
            result.append(part)
    return result
