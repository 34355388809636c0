"""Reads forms and questionnaires: what each label names, and what its answer says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.documents.blocks import Block
from assistant.extraction.lexicon import default_lexicon, default_units
from assistant.extraction.questionnaires.answers import Answer, Pair, take_apart
from assistant.extraction.questionnaires.fields import Question, questions_of
from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.structure import Account, Situation, StructureReading, Unplaced, Use
from assistant.extraction.targets import Context, Resolver, Sense
from assistant.extraction.tokens import Token, Tokenizer
from assistant.forms import Form
from assistant.numerals import find_numerals, fold

__all__ = ["read_form"]

_HEADS = re.compile(
    "电话|联系|填报|填表|审核|负责人|经办|日期|时间|邮箱|地址|单位名称|单位全称|年度$|表号|邮编"
)
_SERIAL = re.compile(r"^\s*(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）.、]|问[:：]|Q\d*[:：.])\s*")
_COLUMNS = ("total", "*")


def read_form(
    text: str, blocks: Sequence[Block], situation: Situation, form: Form
) -> StructureReading | None:
    """What the fields of a form say; ``text`` is what the offsets of the blocks point into.

    Blocks of other kinds are passed over, except lists by the numbers of the form (一 88，二 6). None where no label names
    anything of the form.
    """
    questions = list(questions_of(text, blocks, form))
    if not questions:
        return None
    reader = _Form(text, situation, form)
    for question in questions:
        reader.ask(question)
    found = reader.out
    return found if found.statements or found.unplaced or reader.known else None


@lru_cache(maxsize=8)
def _tools(year: int | None, version: str) -> Tokenizer:
    return Tokenizer(default_lexicon(), default_units(), year, version)


class _Form:
    """The form while its fields are read; the label before tells what 其中：自然人 is about."""

    def __init__(self, text: str, situation: Situation, form: Form) -> None:
        self.text, self.form = text, form
        self.tokenizer = _tools(situation.year, form.version)
        self.resolver = Resolver(form)
        self.out = StructureReading()
        self.context = Context()
        self.known = False

    def ask(self, question: Question) -> None:
        """Read one field."""
        label = self.text[question.label.start : question.label.end]
        self._account_for(question.label, "序号或标签")
        answer = take_apart(self.text, question.answer, self.tokenizer)
        if answer.blank:
            return
        if question.rows:
            self._coded(question, answer)
            return
        if _HEADS.search(fold(label)) and not answer.none:
            self._account_for(question.answer, "填报信息")
            return
        words = self.tokenizer.tokens(_SERIAL.sub(lambda m: " " * len(m.group()), label))
        if any(w.cue("previous", "compare") for w in words) and not any(
            w.has("row", "carried_over") for w in words
        ):
            self._account_for(question.answer, "上年数")
            return
        sense = self._sense(words, question)
        if not sense.targets:
            self._unnamed(question, answer, sense)
            return
        self.known = True
        self._remember(sense.targets)
        self._answered(question, answer, sense, label)

    # ------------------------------------------------------------ what a label names
    def _sense(self, words: list[Token], question: Question) -> Sense:
        for key, pattern in (("table3", "申请"), ("table4", "复议|诉讼"), (self.form.table2.key, "主动公开")):
            if not self.context.table and question.headings and re.search(pattern, question.headings[-1]):
                self.context.table = key
        return self.resolver.sense(words, self.context)

    def _remember(self, targets: Sequence[Target]) -> None:
        last = targets[-1]
        self.context.table = last.table
        if last.table == "table3":
            self.context.row = last.row
            self.context.applicants = last.col not in _COLUMNS
            self.context.group = last.row.split("_")[0] if last.row.endswith("_subtotal") else ""
        elif last.table == "table4":
            self.context.block, self.context.case_sentence = last.row, self.context.sentence
        else:
            self.context.t2row = last.row

    def _unnamed(self, question: Question, answer: Answer, sense: Sense) -> None:
        """A label that names no cell: its figures count other things, or nobody knows what."""
        if not answer.pairs:
            return
        units = {pair.unit for pair in answer.pairs}
        about_other = sense.decoy or (units and not units & {"", "件", "份", "宗", "起", "个"})
        if about_other:
            self._account_for(question.answer, "其他事项", Use.NARRATIVE)
            return
        self._unplaced(question, (), "")

    # ------------------------------------------------------------ what an answer says
    def _answered(self, question: Question, answer: Answer, sense: Sense, label: str) -> None:
        targets = self._cells(sense.targets)
        if answer.none:
            for target in sense.targets:
                self._state("zero", target, question.answer, None, True)
            return
        if answer.some or not answer.pairs:
            text = f"“{_short(label)}”一项填写“{self._quote(question.answer)}”，请问是多少？"
            self._unplaced(question, targets, text)
            return
        if answer.bare and len(answer.pairs) == len(targets):
            for target, pair in zip(targets, answer.pairs, strict=True):
                self._value(target, pair, label, len(answer.unread) <= 2)
            return
        if (len(sense.targets) == 1 and not self._parted(sense.targets[0], answer, label)) or len(
            sense.targets
        ) > 1:
            self._unplaced(question, targets, "")

    def _cells(self, targets: Sequence[Target]) -> list[Target]:
        """The cells of the rows named, in the form's order; a block of table 4 stays its total."""
        found: list[Target] = []
        for target in targets:
            if target.col == "*":
                columns = self.form.table(target.table).columns_of(target.row)
                found += [target._replace(col=column.key) for column in columns]
            else:
                found.append(target)
        return found

    def _parted(self, target: Target, answer: Answer, label: str) -> bool:
        """12件（其中自然人9件）, 2件，结果维持: a whole and parts of it; False where a figure is not understood."""
        columns = [self._column(target, pair) for pair in answer.pairs]
        block = target.table == "table4" and target.col == "total"
        row = self._block_row(target, answer)
        if row is not None:
            for column, pair in zip(row, answer.pairs, strict=True):
                self._value(target._replace(col=column), pair, label, True)
            return True
        wholes = [i for i, column in enumerate(columns) if column == target.col]
        if None in columns or len(wholes) > 1 or (not wholes and not block and target.table != "table3"):
            return False
        parts = [
            pair.value for pair, column in zip(answer.pairs, columns, strict=True) if column != target.col
        ]
        whole = answer.pairs[wholes[0]].value if wholes else None
        fits = whole is None or sum(parts) <= whole
        clear = fits and len(answer.unread) <= 2
        for pair, column in zip(answer.pairs, columns, strict=True):
            self._value(target._replace(col=column or target.col), pair, label, clear)
        return True

    def _block_row(self, target: Target, answer: Answer) -> list[str] | None:
        """维持/纠正/其他/未结/总计 of one block of table 4, in the form's order."""
        columns = (
            [column.key for column in self.form.table(target.table).columns_of(target.row)]
            if self._is_row(target)
            else []
        )
        return (
            columns
            if target.table == "table4" and answer.bare and len(answer.pairs) == len(columns)
            else None
        )

    def _is_row(self, target: Target) -> bool:
        return any(row.key == target.row for row in self.form.table(target.table).rows)

    def _column(self, target: Target, pair: Pair) -> str | None:
        """The column that the words beside a figure name; the target's own where there are none."""
        if not pair.words:
            return None if pair.inner else target.col
        kind = {"table3": "col", "table4": "t4col"}.get(target.table, "t2col")
        keys = {e.key for w in pair.words for e in w.entries if e.kind == kind}
        if len(keys) == 1:
            return next(iter(keys))
        own = {e.key for w in pair.words for e in w.entries if e.kind in ("row", "t2row", "t4block")}
        return target.col if own == {target.row} and not pair.inner else None

    def _coded(self, question: Question, answer: Answer) -> None:
        """Figures behind a number of the form: one for its row, or one for each row below it."""
        self.known = True
        targets = [Target("table3", row, "total") for row in question.rows]
        if answer.none and len(targets) == 1:
            self._state("zero", targets[0]._replace(col="*"), question.answer, None, True)
            return
        if len(answer.pairs) == len(targets) and answer.bare:
            for target, pair in zip(targets, answer.pairs, strict=True):
                self._value(target, pair, "", True)
        elif len(targets) > 1 and len(answer.pairs) == 1 and answer.bare:
            family = targets[0].row.split("_")[0] + "_subtotal"
            self._value(Target("table3", family, "total"), answer.pairs[0], "", True)
        elif len(targets) != 1 or not self._parted(targets[0], answer, ""):
            self._unplaced(question, targets, "")

    # ------------------------------------------------------------ what comes out
    def _value(self, target: Target, pair: Pair, label: str, sure: bool) -> None:
        unit = pair.unit or next(iter(re.findall("万元|元", label)), "")
        money = target.col.startswith("amount") or target.col == "yuan"
        counted = unit in ("", "件", "份", "宗", "起", "个", "项", "例")
        if counted == money and not (money and not unit):
            self.out.unplaced.append(Unplaced((pair.span,), self._quote(pair.span), (target,)))
            return
        self._state("value", target, pair.span, pair, sure and not (money and not unit), unit)

    def _state(
        self, kind: str, target: Target, span: Span, pair: Pair | None, sure: bool, unit: str = "件"
    ) -> None:
        value = None if pair is None else pair.value
        self.out.statements.append(
            Statement(kind, target, span, value, unit, words="填报表", spans=[span], sure=sure)
        )

    def _unplaced(self, question: Question, places: Sequence[Target], text: str) -> None:
        words = self._quote(question.label.join(question.answer))
        self.out.unplaced.append(Unplaced((question.answer,), words, tuple(places), text))

    def _account_for(self, span: Span, why: str, use: Use = Use.LEFT_OUT) -> None:
        """Every numeral of a label or of an answer that is left out."""
        for numeral in find_numerals(fold(self.text[span.start : span.end])):
            place = Span(span.start + numeral.start, span.start + numeral.end)
            self.out.accounts.append(Account(place, use, why))

    def _quote(self, span: Span) -> str:
        return _short(self.text[span.start : span.end].replace("\n", " ").strip())


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:40] + "…"
