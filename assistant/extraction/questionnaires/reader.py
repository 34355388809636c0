"""Reads forms and questionnaires: what each label names, and what its answer says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.documents.blocks import Block
from assistant.extraction.lexicon import default_lexicon, default_units
from assistant.extraction.questionnaires.answers import take_apart
from assistant.extraction.questionnaires.claims import Claims, Told
from assistant.extraction.questionnaires.fields import Question, questions_of
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Account, Situation, StructureReading, Unplaced, Use
from assistant.extraction.targets import Context, Resolver, Sense
from assistant.extraction.tokens import Token, Tokenizer
from assistant.forms import Form
from assistant.numerals import find_numerals, fold

__all__ = ["read_form"]

_HEADS = re.compile(
    "电话|联系|填报|填表|审核|负责人|经办|日期|时间|邮箱|地址|单位名称|单位全称|^(?:报告|统计|填报)?年度|表号|邮编"
)
_SERIAL = re.compile(r"^\s*(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）.、]|问[:：]|Q\d*[:：.])\s*")
_COUNTS = re.compile(r"(?<![第表〔(\d.])\d+(?![\d年月号.、条款项]|季度)")
_FILLERS = re.compile(
    r"[\s:：?？/、,，。;；()（）\-—_]|请|填写|是否|有无|有没有|多少|几件|件|数量|情况|数|本年|全年|今年|年度|单位|万元|元"
    r"|共|了|的|是|为|在|政府信息公开|信息公开|其中|各|分别|几|答"
)
"""what a label holds beside the words of the form"""
_TABLES = (("table3", "申请"), ("table4", "复议|诉讼"))
_COUNTED = frozenset({"", "件", "份", "宗", "起", "个"})


def read_form(
    text: str, blocks: Sequence[Block], situation: Situation, form: Form
) -> StructureReading | None:
    """What the fields of a form say; ``text`` is what the offsets of the blocks point into.

    Fields, labelled items, tables of label and answer, and lists by the numbers of the form (一 88，二 6) are read; other
    blocks are passed over. None where no label names anything of the form.
    """
    questions = list(questions_of(text, blocks, form))
    reader = _Form(text, situation, form)
    for question in questions:
        reader.ask(question)
    reader.out.statements = reader.claims.statements
    return reader.out if reader.known else None


@lru_cache(maxsize=8)
def _tokenizer(year: int | None, version: str) -> Tokenizer:
    return Tokenizer(default_lexicon(), default_units(), year, version)


class _Form:
    """The form while its fields are read; the label before tells what 其中：自然人 is about."""

    def __init__(self, text: str, situation: Situation, form: Form) -> None:
        self.text, self.form = text, form
        self.tokenizer = _tokenizer(situation.year, form.version)
        self.claims = Claims(form, Resolver(form))
        self.out = StructureReading()
        self.context = Context()
        self.known = False

    def ask(self, question: Question) -> None:
        """Read one field."""
        label = self.text[question.label.start : question.label.end]
        if not question.rows and _COUNTS.search(_SERIAL.sub("", fold(label))):
            # 不掌握14：个人13，企业1: the label gives a figure of its own, so this is a sentence
            return
        self._account_for(question.label, "序号或标签")
        answer = take_apart(self.text, question.answer, self.tokenizer)
        if answer.blank:
            return
        if question.rows:
            self._coded(Told(question, "", answer))
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
        told = Told(question, label, answer, _covered(words, label))
        sense = self._sense(words, question)
        if not self._told(told, sense):
            self._failed(told, sense)

    def _told(self, told: Told, sense: Sense) -> bool:
        """Whether the answer is explained by what its label names."""
        targets, answer = sense.targets, told.answer
        apart = not targets or targets[0].row == "result_total"
        named = bool(answer.pairs) and all(pair.words or pair.total for pair in answer.pairs)
        if apart and named and self.claims.of_outcomes(told):
            self.known = True
            return True
        if not targets:
            asked = "申请人" in told.label and self.context.table == "table3" and self.context.row
            return bool(asked) and self.claims.of_applicants(told, self.context.row)
        self.known = True
        self._remember(targets[-1])
        if answer.none:
            return self.claims.none(told, targets)
        if answer.some or not answer.pairs:
            return False
        return self.claims.in_order(told, self._cells(targets)) or (
            len(targets) == 1 and targets[0].col != "*" and self.claims.of_row(told, targets[0])
        )

    def _coded(self, told: Told) -> None:
        """Figures behind a number of the form: one for its row, or one for each row below it."""
        self.known = True
        targets = [Target("table3", row, "total") for row in told.question.rows]
        if told.answer.none and len(targets) == 1:
            done = self.claims.none(told, targets)
        else:
            done = self.claims.in_order(told, targets)
        if not done and len(targets) > 1:
            family = targets[0].row.split("_")[0] + "_subtotal"
            done = self.claims.in_order(told, [Target("table3", family, "total")])
        if not (done or (len(targets) == 1 and self.claims.of_row(told, targets[0]))):
            self.claims.withdraw(told.question.answer)
            self._unplaced(told, targets, "")

    # ------------------------------------------------------------ what a label names
    def _sense(self, words: list[Token], question: Question) -> Sense:
        for key, pattern in (*_TABLES, (self.form.table2.key, "主动公开")):
            if not self.context.table and question.headings and re.search(pattern, question.headings[-1]):
                self.context.table = key
        return self.claims.resolver.sense(words, self.context)

    def _remember(self, last: Target) -> None:
        self.context.table = last.table
        if last.table == "table3":
            self.context.row = last.row
            self.context.applicants = last.col not in ("total", "*")
            self.context.group = last.row.split("_")[0] if last.row.endswith("_subtotal") else ""
        elif last.table == "table4":
            self.context.block, self.context.case_sentence = last.row, self.context.sentence
        elif last.table != "fee":
            self.context.t2row = last.row

    def _cells(self, targets: Sequence[Target]) -> list[Target]:
        """The cells of the rows named, in the form's order."""
        found: list[Target] = []
        for target in targets:
            columns = self.form.table(target.table).columns_of(target.row) if target.col == "*" else ()
            found += [target._replace(col=column.key) for column in columns] or [target]
        return found

    # ------------------------------------------------------------ what is not explained
    def _failed(self, told: Told, sense: Sense) -> None:
        """Ask about the answer, or say that it counts other things."""
        self.claims.withdraw(told.question.answer)
        if sense.targets:
            text = ""
            if told.answer.some or not told.answer.pairs:
                name = _short(_SERIAL.sub("", told.label)).strip(" ：:?？")
                text = f"“{name}”一项填写“{self._quote(told.question.answer)}”，请问是多少？"
            self._unplaced(told, self._cells(sense.targets), text)
        elif told.answer.pairs:
            units = {pair.unit for pair in told.answer.pairs}
            if sense.decoy or not units & _COUNTED:
                self._account_for(told.question.answer, "其他事项", Use.NARRATIVE)
            else:
                self._unplaced(told, (), "")

    def _unplaced(self, told: Told, places: Sequence[Target], text: str) -> None:
        words = self._quote(told.question.label.join(told.question.answer))
        self.out.unplaced.append(Unplaced((told.question.answer,), words, tuple(places), text))

    def _account_for(self, span: Span, why: str, use: Use = Use.LEFT_OUT) -> None:
        """Every numeral of a label or of an answer that is left out."""
        for numeral in find_numerals(fold(self.text[span.start : span.end])):
            place = Span(span.start + numeral.start, span.start + numeral.end)
            self.out.accounts.append(Account(place, use, why))

    def _quote(self, span: Span) -> str:
        return _short(self.text[span.start : span.end].replace("\n", " ").strip())


def _covered(words: Sequence[Token], label: str) -> bool:
    """Whether hardly a word of the label is left that the form does not know (受理事项 is not 受理)."""
    rest = "".join(w.gap for w in words) + (label[words[-1].end :] if words else label)
    return len(_FILLERS.sub("", fold(rest))) < 2


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:40] + "…"
