"""Finds the questions of a form: lines with boxes or filled blanks, questions with answers, tables of label and answer, and
figures by the numbers of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.documents.blocks import Block, BlockKind, Cell
from assistant.extraction.questionnaires.answers import BOX, FILLED, fold_boxes, is_yes_or_no
from assistant.extraction.questionnaires.boxed import Cut, cut_line, fills_of, is_checked, is_legend
from assistant.extraction.questionnaires.choices import Choice, choices_of
from assistant.extraction.questionnaires.codes import Coded, coded_fields, counted_rows, is_listed
from assistant.extraction.questionnaires.columns import cards_of, is_answer, is_plain, panels_of, rows_of
from assistant.extraction.questionnaires.naming import name
from assistant.extraction.questionnaires.splitting import numbered_parts, ticked_reasons
from assistant.extraction.questionnaires.surveys import answers_of_ours
from assistant.extraction.statements import Span
from assistant.extraction.tables.declared import Legend, Words, legend_in
from assistant.forms import Form
from assistant.numerals import fold

__all__ = ["Question", "instructs", "questions_of"]

_READ = (BlockKind.FIELD, BlockKind.ITEM, BlockKind.PARAGRAPH)
_ASKED = re.compile(
    r"(?P<label>[^?？\n]{2,80}[?？])\s*(?P<led>(?:答案?|回答|A)\s*[:：.、]|→|-->?)?\s*(?P<answer>\S.{0,80})"
)
_WHETHER = re.compile(
    r"(?P<label>[^:：\n]{0,40}(?:是否|有无|有没有)[^:：\n]{1,40}[:：])\s*(?P<answer>(?:是|否|有|无|没有)(?![\u4e00-\u9fff])[^\n]{0,80})"
)
"""是否有行政复议：是，1件，维持"""
_OFF_IS_NONE = re.compile(
    r"(?:未|没有?|不)(?:打)?(?:勾选?|钩|选中?|√|☑)[^，。；\n]{0,8}?(?:即|就|表示|视|均|则|为|是)[^，。；\n]{0,4}?(?:没有|无|0|零|未发生)"
    r"|(?:空[格白]?|不打)?[□☐]\s*(?:[=＝]|为|是|表示|即|代表)\s*(?:没有|无|0|零)"
    r"|空[格白着]?的?\s*(?:[=＝]|即|为|是|表示|均为|就是|视为)\s*(?:没有|无|0|零)"
)
"""未勾选的即为没有"""
_HOW = re.compile(
    r"(?:[□☐]|方框|括号|空格|选项)[^，。；;\n]{0,6}?(?:内|里|中|前)[^，。；;\n]{0,4}?(?:打|划|画)[“\"]?(?:√|✓|勾|对号)|(?:打|划|画)[“\"]?(?:√|✓|勾)[^。\n]{0,40}(?:例[:：如]|示例)"
)
_CLAUSE = re.compile(r"[^;；。\n]+")
_OPTION = re.compile(r"[^\d(（_:：,，、;；]{1,30}")


@dataclass(frozen=True)
class Question:
    """A label and its answer; ``group`` is the question whose ticked option the label is.

    ``rows`` are the rows of table 3 that a number of the form names, ``legend`` the columns of the figures behind it.
    """

    label: Span
    answer: Span
    block: Block
    group: Span | None = None
    rows: tuple[str, ...] = ()
    legend: Legend | None = None
    off: bool = False
    """an option that is not ticked, where the form says that such a one is none"""
    on: bool = False
    """a named option that is ticked in a line of text; without a figure it is asked about"""
    held: bool = False
    """a blank that the line leaves to be filled: 现行有效（　　）"""
    alone: bool = False
    """the only one of its line that is ticked, and without a figure: all of what the line counts"""
    together: tuple[Span, ...] = ()
    """the ticked options that the figure is of together"""
    told: bool = False
    """words beside the boxes, for the reader of sentences"""
    ticked: str = ""
    """``yes`` or ``no``, where a column of its own says so and the answer is but the tick"""
    reasons: tuple[Span, ...] = ()
    """the options ticked behind the figure of a family of rows: 原因：☑第三方合法权益"""


def questions_of(
    text: str, blocks: Sequence[Block], year: int | None, form: Form, unit: str = ""
) -> Iterator[Question]:
    """All questions of the blocks, in their order; ``unit`` is whose answers are meant where many bodies gave some."""
    numbered = is_listed(text, blocks, form)
    cards = cards_of([block.table for block in blocks if block.table is not None])
    legend: Legend | None = None
    off = any(_OFF_IS_NONE.search(fold(text[b.start : b.end])) for b in blocks if b.table is None)
    for block in blocks:
        if id(block.table) in cards:
            continue
        if block.kind is BlockKind.TABLE and block.table is not None:
            ours = answers_of_ours(block, unit)
            yield from (_survey(question, answer, block) for question, answer in ours)
            yield from () if ours else _in_table(text, block, legend, year, form, off)
            continue
        words = text[block.start : block.end]
        if block.kind not in _READ or instructs(words):
            continue
        legend = legend_in(Words(words, block.start), year, form.version) or legend
        coded = list(coded_fields(text, block.start, block.end, form, numbered))
        if coded:
            numbered = True
            yield from (_coded(c, block, legend) for c in coded)
        elif is_legend(fold(words)) or is_checked(fold(words)):
            continue
        elif BOX.search(fold(words)):
            yield from _boxed(text, block, off)
        elif fills := fills_of(fold(words)):
            yield from _blanks(fills, block, off)
        elif FILLED.search(fold(words)):
            yield from _filled(text, block)
        elif ((found := _ASKED.fullmatch(words)) and (block.kind is BlockKind.FIELD or found["led"])) or (
            found := _WHETHER.fullmatch(words)
        ):
            answer = Span(block.start + found.start("answer"), block.end)
            yield Question(Span(block.start, block.start + found.end("label")), answer, block)


def instructs(words: str) -> bool:
    """在□内打√，例：5件: whether a line tells how a form is filled in, so that its boxes and figures say nothing."""
    return _HOW.search(fold(words)) is not None


def _survey(question: Cell, answer: Cell, block: Block) -> Question:
    return Question(Span(question.start, question.end), Span(answer.start, answer.end), block)


def _coded(found: Coded, block: Block, legend: Legend | None) -> Question:
    return Question(found.label, found.answer, block, rows=found.rows, legend=legend)


def _filled(text: str, block: Block) -> Iterator[Question]:
    """新收（ 13 ）件，其中自然人（ 12 ）件；许可__8__件: in each clause the words before the first blank are the label."""
    words = fold(text[block.start : block.end])
    for clause in _CLAUSE.finditer(words):
        first = FILLED.search(words, clause.start(), clause.end())
        if first is not None:
            middle = block.start + first.start()
            yield Question(
                Span(block.start + clause.start(), middle), Span(middle, block.start + clause.end()), block
            )


def _boxed(text: str, block: Block, off: bool) -> Iterator[Question]:
    """The questions of a line with boxes, one behind the other."""
    at = block.start
    for cut in cut_line(fold_boxes(text[block.start : block.end])):
        label = _span(cut.label, at)
        if cut.told is not None:
            yield Question(label, _span(cut.told, at), block, told=True)
        if cut.answer is not None:
            yield Question(label, _span(cut.answer, at), block, held=not cut.boxed)
        yield from _named(cut, block, off)


def _blanks(cuts: Sequence[Cut], block: Block, off: bool) -> Iterator[Question]:
    """Underlined blanks, filled in or left."""
    for cut in cuts:
        if cut.answer is not None:
            answer = _span(cut.answer, block.start)
            yield Question(_span(cut.label, block.start), answer, block, held=not off)


def _named(cut: Cut, block: Block, off: bool) -> Iterator[Question]:
    """One question for each ticked option, and for each other where the form says that it is none (``off``)."""
    at = block.start
    label = _span(cut.label, at) if cut.label[1] > cut.label[0] else None
    ticked = [slot for slot in cut.options if slot.on]
    blank = [slot for slot in ticked if slot.answer[0] == slot.answer[1]]
    shared = blank if cut.together is not None else []
    for slot in cut.options:
        name, answer = _span(slot.name, at), _span(slot.answer, at)
        if (slot.on or off) and slot not in shared:
            alone = slot.on and len(ticked) == 1 and bool(blank)
            yield Question(name, answer, block, label, off=not slot.on, on=slot.on, alone=alone)
    if shared and cut.together is not None:
        names = tuple(_span(slot.name, at) for slot in shared)
        yield Question(names[0], _span(cut.together, at), block, label, together=names)


def _span(place: tuple[int, int], at: int) -> Span:
    return Span(at + place[0], at + place[1])


def _options(text: str, label: Span, answer: Span, block: Block, off: bool) -> Iterator[Question]:
    """A question with 是 and 否 is one question; where boxes stand before names, each ticked name is one (☑予以公开（4）件), and
    each other where the form says that it is none (``off``)."""
    words = fold(text[answer.start : answer.end])
    boxes = list(BOX.finditer(words))
    if is_yes_or_no(words[boxes[0].end() :].lstrip()):
        yield Question(label, answer, block)
        return
    for number, box in enumerate(boxes):
        if not (box["on"] or off):
            continue
        stop = boxes[number + 1].start() if number + 1 < len(boxes) else len(words)
        named = _OPTION.match(words, box.end(), stop)
        middle = named.end() if named else box.end()
        yield Question(
            Span(answer.start + box.end(), answer.start + middle),
            Span(answer.start + middle, answer.start + stop),
            block,
            label if label.end > label.start else None,
            off=box["on"] is None,
        )


# ---------------------------------------------------------------- tables
def _in_table(
    text: str, block: Block, legend: Legend | None, year: int | None, form: Form, off: bool
) -> list[Question]:
    """Rows with a label and an answer; none where all answers are plain figures: such a table is one of figures, unless its
    rows are counted through by the form."""
    printed = [cells for row in _rows(block) if (cells := [c for c in row if c.text.strip()])]
    numbered = list(counted_rows(printed, form, len(legend.labels) if legend else 0))
    if numbered:
        return [_coded(found, block, legend) for found in numbered]
    assert block.table is not None
    rows = rows_of(block.table)
    chosen = [_choice(one, block) for one in choices_of(rows)]
    if chosen:
        return chosen
    found: list[Question] = []
    plain = True
    for panel in panels_of(block.table, rows, year, form.version):
        for row in rows:
            labels = [row[c] for c in panel.labels if c in row]
            answers = [row[c] for c in panel.answers if c in row]
            if not labels or not answers or not (found or any(is_answer(cell.text) for cell in answers)):
                # 办理情况 | 数量 above the first answer
                continue
            plain = plain and all(is_plain(cell.text) for cell in answers)
            group = Span(labels[0].start, labels[0].end) if len(labels) > 1 else None
            label = Span(labels[-1].start, labels[-1].end)
            answer = Span(answers[0].start, answers[-1].end)
            found += _asked(text, Question(label, answer, block, group), form, off)
    return [] if plain else found


def _choice(one: Choice, block: Block) -> Question:
    """是 with its figure, 否, or a tick without any figure."""
    label, tick = Span(one.label.start, one.label.end), one.yes or one.no
    answer = one.figure or tick
    place = label if answer is None else Span(answer.start, answer.end)
    if (
        one.no is not None
        and one.yes is None
        and (one.figure is None or one.figure.text.strip("0 件—-/") == "")
    ):
        return Question(label, place, block, ticked="no")
    if one.figure is not None and one.no is None:
        return Question(label, place, block)
    return Question(label, place, block, ticked="yes" if tick is not None else "")


def _is_family(text: str, label: Span, form: Form) -> bool:
    """Whether a label names a row of table 3 that has reasons below it: 不予公开, 无法提供."""
    targets = name(text[label.start : label.end], "", None, form.version).targets
    return len(targets) == 1 and targets[0].row.endswith("_subtotal")


def _asked(text: str, question: Question, form: Form, off: bool) -> list[Question]:
    """The question, or one for each option where its answer is a list of boxes."""
    label, answer, block = question.label, question.answer, question.block
    parts = numbered_parts(text, answer)
    if parts:
        asked = [_asked(text, Question(one, two, block, label), form, off) for one, two in parts]
        return [one for more in asked for one in more]
    reasoned = ticked_reasons(text, answer)
    if reasoned is not None and _is_family(text, label, form):
        return [replace(question, answer=reasoned[0], reasons=reasoned[1])]
    boxed = BOX.search(fold(text[answer.start : answer.end]))
    if boxed is None or text[answer.start : answer.start + boxed.start()].strip():
        return [question]
    return list(_options(text, label, answer, block, off)) or [question]


def _rows(block: Block) -> Iterator[list[Cell]]:
    for row in block.table.grid if block.table is not None else ():
        yield list({id(cell): cell for cell in row if cell is not None}.values())
