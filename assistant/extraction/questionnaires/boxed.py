"""Cuts a line of boxes into its questions: several may stand in one line, each with boxes, blanks or figures of its own.

规章□有☑无；规范性文件：制发□有☑无　现行有效☑有（3件）□无: behind a choice that is done, words before the next box are the
next label. A line is a row of labels with slots behind them, and a slot is boxes or a filled blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.extraction.questionnaires.answers import boxes_in

__all__ = ["Cut", "Slot", "behind_boxes", "cut_line", "fills_of", "is_checked", "is_legend"]

_UNIT = r"(?:万元|元|件|份|宗|起|个|项|次|例)"
_NUMBER = r"\d[\d,]*(?:\.\d+)?(?![\d,])"
_FILL = rf"(?:\([^()]*\)|_+\s*(?:{_NUMBER})?\s*_+|{_NUMBER}(?![.、)）\d]))\s*{_UNIT}?"
_REPLY = re.compile(rf"(?:[\s,:，]*{_FILL}(?:\s*\([^()]*\))?)*")
"""what fills an option: （ 47 件）, _19_件, 5件（自然人）"""
_HEAD = re.compile(
    rf"(?P<slot>\(\s*(?:{_NUMBER})?\s*\)\s*{_UNIT}?|_+\s*(?:{_NUMBER})?\s*_+\s*{_UNIT}?|{_NUMBER}\s*{_UNIT})(?:\s*\([^()]*\))?"
)
"""a blank before the first box: 制发（ 1 ）, 本年新收__23__件, 新收：6件"""
_NAME = re.compile(
    r"\s*[^\s\d(（_:：,，、;；。]+(?:[ \t]+(?!一?共|合计|总共)[^\s\d(（_:：,，、;；。]+(?=\s*[\d(_]))*"
)
"""the words behind a box, words of several parts where a figure follows them"""
_CHOICE = re.compile(
    r"\s*(?:(?:未|不|没)?(?:收取?过?|开展|存在|涉及|发生|制定|实施|举办)|没有|有|无|是|否|未)(?![\u4e00-\u9fff])"
)
_WORDS = re.compile(rf"(?!(?:{_UNIT}|共|计|合计)+(?![\u4e00-\u9fff]))[\u4e00-\u9fff]{{2,}}")
_EDGE = re.compile(r"[\s;；。)]+(?=[^\s\d;；。)]*\s*$)")
_GOES_ON = re.compile(r"\s*[,，:、]")
_SENTENCE = re.compile(r"[。;；，,](?![^()]*\))")
_UNDERLINED = re.compile(rf"_\s*{_NUMBER}\s*_")
_FEWEST_FILLS = 2
_OTHER_HALF = ("+-", "-+")
_DONE = re.compile(r"\s*(?:$|[;；。,，、)])|\s+[^\s\d]")
_DIGIT = re.compile(r"\d")
_LEGEND = re.compile(r"(?:[☑☒■√✓✔✅□☐]|打勾|勾选)\s*(?:[=＝]|为|是|表示|即|代表)\s*[\u4e00-\u9fff]")
_TOGETHER = re.compile(rf"[\s,，]*(?:一?共|合计|总共|计)[\s:：]*{_FILL}\s*")


@dataclass
class Slot:
    """A named box: its words and what fills it; ``on`` where it is ticked."""

    on: bool
    start: int
    name: tuple[int, int]
    answer: tuple[int, int]


@dataclass
class Cut:
    """One label and what stands behind it.

    ``answer`` are boxes of 有 and 无 with their figures, or one blank; ``options`` boxes with names; ``told`` words for the reader
    of sentences; ``together`` a figure for all options that are ticked.
    """

    label: tuple[int, int]
    answer: tuple[int, int] | None = None
    options: list[Slot] = field(default_factory=list)
    together: tuple[int, int] | None = None
    told: tuple[int, int] | None = None
    boxed: bool = True
    """whether the answer has boxes; one without them is a blank before the first box"""
    choices: str = ""
    """+ for each 有, - for each 无 among the boxes"""


def is_legend(text: str) -> bool:
    """☑＝有，□＝没有: what the boxes mean, and no question."""
    return _LEGEND.search(text) is not None


def is_checked(text: str) -> bool:
    """新收33 ✔；结转2 ✔: ticks behind what is firm, and no boxes to choose from."""
    boxes = boxes_in(text)
    behind = all(box["on"] and _DONE.match(text, box.end()) for box in boxes)
    return bool(boxes) and behind and any(c.isdigit() for c in text[: boxes[0].start()])


def cut_line(text: str) -> list[Cut]:
    """The questions of a folded line; offsets are those of ``text``."""
    boxes = boxes_in(text)
    cuts: list[Cut] = []
    at = 0
    for number, box in enumerate(boxes):
        before = cuts[-1] if cuts else None
        if before is not None and before.choices and before.choices + _sense(text, box.end()) in _OTHER_HALF:
            # ☑收取　金额 400元　件数 1件　□未收取
            opened = before.answer[0] if before.answer else at
            before.answer, at = (opened, box.start()), box.start()
        at = _carried_on(text, before, at, box.start())
        if not cuts or _WORDS.search(text, at, box.start()):
            cuts += _opened(text, at, box.start())
        elif cuts[-1].answer is not None and not cuts[-1].options:
            cuts[-1].answer = (cuts[-1].answer[0], box.start())
        stop = boxes[number + 1].start() if number + 1 < len(boxes) else len(text)
        stop = _line_end(text, box.end(), stop)
        at = _filled(text, cuts[-1], bool(box["on"]), box.start(), box.end(), stop)
        if text[at:stop].strip() == ":" and cuts[-1].options and stop < len(text):
            # ☑不予公开：☑行政执法案卷 1件: the option heads those behind it
            cuts.append(Cut(cuts[-1].options.pop().name))
            at = stop
    if text[at:].strip() and cuts:
        _ended(text, cuts, at)
    return cuts


def fills_of(text: str) -> list[Cut]:
    """自然人__7__ 商业企业__0__: the underlined figures of a line without boxes, two or more of them, each with the words before it."""
    if len(_UNDERLINED.findall(text)) < _FEWEST_FILLS:
        return []
    return [cut for cut in _opened(text, 0, len(text)) if not cut.boxed]


def behind_boxes(text: str) -> int:
    """Where words with figures begin behind the last 有 or 无 of a folded answer (☑有 □无 新收6件，结转1件); -1 where there are none."""
    boxes = boxes_in(text)
    choice = _CHOICE.match(text, boxes[-1].end()) if boxes else None
    return choice.end() if choice and _DIGIT.search(text, choice.end()) else -1


def _line_end(text: str, start: int, stop: int) -> int:
    """The next cell of a row is no part of an option."""
    edge = text.find("\t", start, stop)
    return edge if edge >= 0 else stop


def _filled(text: str, cut: Cut, on: bool, start: int, behind: int, stop: int) -> int:
    """Read one box with its words and figures; where it ends."""
    choice = _CHOICE.match(text, behind, stop)
    bare = choice is None and _REPLY.match(text, behind, stop)
    if choice is not None or (bare and bare.end() > behind and text[behind : bare.end()].strip()):
        end = _replied(text, choice.end() if choice else behind, stop)
        cut.answer = (cut.answer[0] if cut.answer else start, end)
        cut.choices += _sense(text, behind) if choice else ""
        return end
    named = _NAME.match(text, behind, stop)
    middle = named.end() if named else behind
    end = _replied(text, middle, stop)
    cut.options.append(Slot(on, start, (behind, middle), (middle, end)))
    return end


def _sense(text: str, behind: int) -> str:
    """Whether the words behind a box say that there is something (+), or nothing (-); empty where they are no choice."""
    choice = _CHOICE.match(text, behind)
    return "" if choice is None else "-" if choice.group().strip()[0] in "无没否未不" else "+"


def _replied(text: str, start: int, stop: int) -> int:
    found = _REPLY.match(text, start, stop)
    return found.end() if found else start


def _carried_on(text: str, cut: Cut | None, start: int, stop: int) -> int:
    """Where the words that go on with what was said before end: ，均为自然人; ：维持（2）未审结（1）　诉讼□有."""
    if cut is None or not (cut.answer or cut.options) or not _GOES_ON.match(text, start, stop):
        return start
    edge = _EDGE.search(text, start, stop)
    middle = edge.end() if edge and _WORDS.search(text, edge.end(), stop) else stop
    if cut.options:
        cut.options[-1].answer = (cut.options[-1].answer[0], middle)
    elif cut.answer is not None:
        cut.answer = (cut.answer[0], middle)
    return middle


def _opened(text: str, start: int, stop: int) -> Iterator[Cut]:
    """The label that ends before a box, after blanks that are filled in before it (制发（1）废止（0）　规章□有) and after sentences
    that give figures of their own."""
    said = [m for m in _SENTENCE.finditer(text, start, stop) if _DIGIT.search(text, start, m.start())]
    if said and not _HEAD.search(text, start, stop):
        yield Cut((start, said[-1].start()), told=(start, said[-1].start()))
        start = said[-1].end()
    at = start
    label = (start, stop)
    for fill in _HEAD.finditer(text, start, stop):
        if not _WORDS.search(text, at, fill.start()):
            continue
        label = (at, fill.start())
        yield Cut(label, (fill.start(), fill.end()), boxed=False)
        at = fill.end()
    if at == start or _WORDS.search(text, at, stop):
        label = (at, stop)
    yield Cut(label)


def _ended(text: str, cuts: list[Cut], at: int) -> None:
    """What stands behind the last box and its figure."""
    last = cuts[-1]
    together = _TOGETHER.fullmatch(text, at)
    if together and len([slot for slot in last.options if slot.on]) > 0:
        last.together = (at, len(text))
        return
    edge = re.search(r"[;；。](?=.*[\u4e00-\u9fff])|(?<=\S)\s{2,}(?=[\u4e00-\u9fff])", text[at:])
    more = at + edge.start() if edge else len(text)
    if last.options:
        slot = last.options[-1]
        if slot.on:
            slot.answer = (slot.answer[0], more)
    elif last.answer is not None:
        last.answer = (last.answer[0], more)
    more += len(text[more:]) - len(text[more:].lstrip(" ;；。"))
    if more < len(text):
        cuts.append(Cut((more, len(text)), told=(more, len(text))))
