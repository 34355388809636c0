"""Reads forms and questionnaires: what each label names, and what its answer says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.documents.blocks import Block, BlockKind
from assistant.extraction.ledgers import kinds_declared
from assistant.extraction.questionnaires.answers import BOX, Answer, fold_boxes, take_apart
from assistant.extraction.questionnaires.boxed import behind_boxes
from assistant.extraction.questionnaires.claims import Claims, Told
from assistant.extraction.questionnaires.families import reasons_told
from assistant.extraction.questionnaires.fields import Question, instructs, questions_of
from assistant.extraction.questionnaires.handing import hand_on
from assistant.extraction.questionnaires.naming import Named, name, name_in_line
from assistant.extraction.questionnaires.remainder import unnamed_applicants
from assistant.extraction.questionnaires.tokenizers import plain_tokenizer, terse_tokenizer
from assistant.extraction.statements import Places, Span, Statement, Target
from assistant.extraction.structure import Account, Situation, StructureReading, Unplaced, Use
from assistant.extraction.tables.declared import default_in
from assistant.extraction.tables.family import family_of
from assistant.forms import Form
from assistant.numerals import find_numerals, fold

__all__ = ["read_form"]

_HEADS = re.compile(
    "电话|联系|填报|填表|审核|负责人|经办|日期|时间|邮箱|地址|单位名称|单位全称|^(?:报告|统计|填报)?年度|表号|邮编"
)
_NO_FIGURES = re.compile("问题|不足|困难|改进|措施|打算|计划|建议|亮点|经验|做法")
_COUNTED = frozenset({"", "件", "份", "宗", "起", "个"})


def read_form(
    text: str, blocks: Sequence[Block], situation: Situation, form: Form
) -> StructureReading | None:
    """What the fields of a form say; ``text`` is what the offsets of the blocks point into.

    Lines with boxes or filled blanks, questions with answers, tables of label and answer, and lists by the numbers of the form
    (一 88，二 6; rows counted 1 to 25) are read; other blocks are passed over. ``read`` of the result are the blocks that
    nobody else should read. None where no label names anything of the form.
    """
    inside = (cell.text for block in blocks if block.table is not None for cell in block.table.cells)
    situation = replace(situation, kinds=(*situation.kinds, *kinds_declared(inside)))
    reader = _Form(text, situation, form)
    for question in questions_of(text, blocks, situation.year, form, situation.unit):
        reader.ask(question)
    return reader.finish(blocks) if reader.known else None


class _Form:
    """The form while its fields are read; the label before tells whose applicants are asked for."""

    def __init__(self, text: str, situation: Situation, form: Form) -> None:
        self.text, self.form, self.year = text, form, situation.year
        self.tokenizer = plain_tokenizer(situation.year, form.version)
        self.terse = terse_tokenizer(situation.year, form.version)
        self.claims = Claims(form, situation.year, text, situation.kinds)
        self.out = StructureReading()
        self.row = ""
        """the row of table 3 asked for before"""
        self.above = ""
        """the same, where only its applicants were asked for since"""
        self.held: Target | None = None
        """the whole of the row that a label named last; a label may name but a column of it"""
        self.line = -1
        """where the line of that label begins"""
        self.legends: set[int] = set()
        """where the lines begin that name the order of the columns"""
        self.known: dict[int, Block] = {}
        """blocks in which a label names something of the form"""
        self.coded: set[int] = set()
        """those that are told by the numbers of the form"""

    def ask(self, question: Question) -> None:
        """Read one field."""
        if question.told:
            self.out.prose.append(question.answer)
            return
        if question.off:
            self._left_off(question)
            return
        if question.together:
            self._together(question)
            return
        answer = take_apart(self.text, question.answer, self.terse if question.rows else self.tokenizer)
        if question.ticked:
            answer = Answer(none=question.ticked == "no", some=question.ticked == "yes")
        if answer.blank:
            self._blank(question, answer)
            return
        if question.rows:
            self._coded(Told(question, "", answer))
            return
        label = self._words(question.label)
        if _HEADS.search(fold(label)) and not answer.none:
            self._account_for(question.answer, "填报信息")
            return
        named = self._reasoned(question, self._name(question))
        if named.prior:
            self._account_for(question.answer, "上年数")
            return
        told = Told(question, label, answer, named.clear)
        part = Target("table3", self.above, named.applicant) if named.applicant and self.above else None
        if part is not None and self._part(told, part):
            return
        if not self._told(told, named.targets):
            self._failed(told, named)
        one = {(target.table, target.row) for target in named.targets}
        if len(one) == 1:
            self.held, self.line = named.targets[0]._replace(col="total"), question.block.start
        self.above = named.targets[0].row if len(one) == 1 and named.targets[0].table == "table3" else ""

    def _reasoned(self, question: Question, named: Named) -> Named:
        """不予公开 1件, and one reason ticked behind it: the row of the reason. Of several nobody knows how many are whose."""
        if len(question.reasons) != 1 or len(named.targets) != 1:
            return named
        reason, family = self._words(question.reasons[0]), self._words(question.label)
        found = name(reason, family, self.year, self.form.version).targets
        return replace(named, targets=found) if len(found) == 1 and found[0].table == "table3" else named

    def _part(self, told: Told, target: Target) -> bool:
        """其中：自然人 | 9件 below 新收 | 11件: an applicant of the row asked for just before."""
        answer = told.answer
        if answer.none and not answer.torn:
            done = self.claims.none(told, [target])
        else:
            done = bool(answer.pairs) and not answer.torn and self.claims.of_row(told, target)
        if done:
            self._knows(told)
        return done

    def _name(self, question: Question) -> Named:
        """What the label names, by itself or, in a line of text, as a part of what its group or the label before names."""
        label = self._words(question.label)
        group = self._words(question.group) if question.group else ""
        if question.block.table is not None:
            return name(label, group, self.year, self.form.version)
        return name_in_line(label, group, self.held, self.year, self.form.version)

    def _left_off(self, question: Question) -> None:
        """An option that is not ticked, in a form that says that such a one is none."""
        named = self._name(question)
        if named.targets and not named.prior:
            told = Told(question, self._words(question.label), Answer(none=True), named.clear)
            self._knows(told)
            self.claims.none(replace(told, question=replace(question, answer=question.label)), named.targets)

    def _blank(self, question: Question, answer: Answer) -> None:
        """☑纠正 without a figure: all of what its line counts where nothing else is ticked, else it is asked for."""
        told = Told(question, self._words(question.label), answer)
        if (question.group is not None and self._everyone(told)) or not (question.on or question.held):
            return
        named = self._name(question)
        targets = named.targets
        if not targets and named.applicant and self.above:
            targets = (Target("table3", self.above, named.applicant),)
        if not targets or named.prior or named.other_work:
            return
        self._knows(told)
        # 不予公开__1__ 理由：☑第三方: a label with a figure before the options of its line
        held = self.held if self.line == question.block.start else None
        if not (question.alone and len(targets) == 1 and self.claims.all_of(told, targets[0], held)):
            text = f"“{_short(told.label).strip(' ：:?？')}”一项没有填数，请问是多少？"
            place = replace(told, question=replace(question, answer=question.label))
            self._unplaced(place, self._cells(targets), text)

    def _together(self, question: Question) -> None:
        """☑第三方 ☑执法案卷　共（6）: one figure for several options; where only one is ticked, it is its own."""
        answer = take_apart(self.text, question.answer, self.tokenizer)
        told = Told(question, self._words(question.label), answer)
        named = [self._name(replace(question, label=label)) for label in question.together]
        targets = [target for one in named for target in one.targets]
        if len(targets) != len(named) or len(answer.pairs) != 1:
            self._unplaced(told, targets, "")
            return
        self._knows(told)
        family = f"{targets[0].row.split('_')[0]}_subtotal"
        pair = replace(answer.pairs[0], words=(), inner=False, total=False)
        place = targets[0] if len(targets) == 1 else targets[0]._replace(row=family)
        self.claims.value(place, pair, told)
        if len(targets) > 1:
            text = f"“{self._quote(question.label.join(question.answer))}”是几项的合计，请分别说明"
            self.out.unplaced.append(
                Unplaced(question.together, text, tuple(targets), text, code="MISSING_BREAKDOWN")
            )

    def _everyone(self, told: Told) -> bool:
        """申请人：☑全部为自然人: whether it says that all asked alike."""
        group = self._words(told.question.group) if told.question.group else told.label
        if "申请人" not in group or not self.claims.of_everyone(told, self._words(told.question.answer)):
            return False
        self._knows(told)
        return True

    def _told(self, told: Told, targets: Sequence[Target]) -> bool:
        """Whether the answer is explained by what its label names."""
        answer = told.answer
        apart = not targets or targets[0].row == "result_total"
        worded = bool(answer.pairs) and all(pair.words or pair.total for pair in answer.pairs)
        # 自然人那1件部分公开: who asked is told in the same breath, which is more than an answer
        worded = worded and not any(
            t.has("col") for t in self.tokenizer.tokens(self._words(told.question.answer))
        )
        if apart and worded and self.claims.of_outcomes(told):
            self._knows(told)
            return True
        if not targets and not answer.pairs and self._everyone(told):
            return True
        if not targets:
            asked = "申请人" in told.label and bool(self.row) and self.claims.of_applicants(told, self.row)
            if asked:
                self._knows(told)
            return asked
        self._knows(told)
        if targets[-1].table == "table3":
            self.row = targets[-1].row
        if answer.torn:
            return False
        if answer.none:
            return self.claims.none(told, targets)
        if answer.some or not answer.pairs:
            return False
        if targets[0].table == "fee":
            return self.claims.of_fee(told, targets[0])
        if len(targets) == 1 and self._of_family(told, targets[0]):
            return True
        return self.claims.in_order(told, self._cells(targets)) or (
            len(targets) == 1 and self.claims.of_row(told, targets[0])
        )

    def _of_family(self, told: Told, target: Target) -> bool:
        """4件，不掌握3、需制作1: the rows below 无法提供."""
        if not target.row.endswith("_subtotal"):
            return False
        answer = told.question.answer
        family = target.row.removesuffix("_subtotal")
        rows = reasons_told(self._words(answer), family, self.form.version)
        for row, value in (rows or {}).items():
            self.claims.row(Target("table3", row, "total"), value, answer, told.clear)
        return bool(rows)

    def _knows(self, told: Told) -> None:
        self.known[id(told.question.block)] = told.question.block

    def _coded(self, told: Told) -> None:
        """Figures behind a number of the form: one for its row, one for each of its columns, or one for each row below it."""
        self._knows(told)
        self.coded.add(id(told.question.block))
        targets = [Target("table3", row, "total") for row in told.question.rows]
        if told.answer.none and len(targets) == 1:
            done = self.claims.none(told, targets)
        else:
            done = self.claims.in_order(told, targets)
        if not done and len(targets) > 1:
            family = targets[0].row.split("_")[0] + "_subtotal"
            done = self.claims.in_order(told, [Target("table3", family, "total")])
        if not done and len(targets) == 1:
            done = self.claims.by_legend(told, targets[0], told.question.legend)
            legend = told.question.legend
            if done and legend is not None:
                self.legends.add(legend.line.start)
        if not (done or (len(targets) == 1 and self.claims.of_row(told, targets[0]))):
            self.claims.withdraw(told.question.answer)
            self._unplaced(told, targets, "")

    def _cells(self, targets: Sequence[Target]) -> list[Target]:
        """The cells of the rows named, in the form's order."""
        found: list[Target] = []
        for target in targets:
            columns = self.form.table(target.table).columns_of(target.row) if target.col == "*" else ()
            found += [target._replace(col=column.key) for column in columns] or [target]
        return found

    # ------------------------------------------------------------ what is not explained
    def _failed(self, told: Told, named: Named) -> None:
        """Ask about the answer, or say that it counts other things."""
        self.claims.withdraw(told.question.answer)
        in_words = not (told.answer.bare or told.answer.torn) and bool(told.answer.pairs)
        if named.targets and in_words and self._is_told(told.question):
            # 不予公开 | 第三方2件（自然人），内部事务1件: more than a figure for what is asked
            self._in_words(told.question)
        elif named.targets:
            text = ""
            if told.answer.some or told.answer.torn or not told.answer.pairs:
                label = _short(told.label).strip(" ：:?？")
                text = f"“{label}”一项填写“{self._quote(told.question.answer)}”，请问是多少？"
            code = "CONFLICT" if told.answer.both else "AMBIGUOUS_MAP"
            self._unplaced(told, self._cells(named.targets), text, code)
        elif self._is_told(told.question):
            self._in_words(told.question)
        elif not told.answer.torn and (at := behind_boxes(fold_boxes(self._words(told.question.answer)))) > 0:
            self.out.prose.append(Span(told.question.answer.start + at, told.question.answer.end))
        elif told.answer.pairs:
            units = {pair.unit for pair in told.answer.pairs}
            if named.other_work or not units & _COUNTED:
                self._account_for(told.question.answer, "其他事项", Use.NARRATIVE)
            else:
                self._unplaced(told, (), "")

    def _in_words(self, question: Question) -> None:
        """What the form asks beside the figures of the report is told in words; problems and plans give no figure of it."""
        label = fold(self._words(question.label))
        numbered = re.search(r"\d", label) is not None
        self.out.prose.append(question.answer if numbered else question.label.join(question.answer))
        if _NO_FIGURES.search(label):
            self._account_for(question.answer, "文字说明", Use.NARRATIVE)

    def _is_told(self, question: Question) -> bool:
        """Whether label and answer stand side by side in a table, and nothing is ticked."""
        place = question.label.join(question.answer)
        return question.block.table is not None and BOX.search(fold(self._words(place))) is None

    def _unplaced(self, told: Told, places: Sequence[Target], text: str, code: str = "AMBIGUOUS_MAP") -> None:
        words = self._quote(told.question.label.join(told.question.answer))
        self.out.unplaced.append(Unplaced((told.question.answer,), words, tuple(places), text, code=code))

    def _account_for(self, span: Span, why: str, use: Use = Use.LEFT_OUT) -> None:
        """Every numeral of an answer that is left out."""
        for numeral in find_numerals(fold(self._words(span))):
            place = Span(span.start + numeral.start, span.start + numeral.end)
            self.out.accounts.append(Account(place, use, why))

    def _words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _quote(self, span: Span) -> str:
        return _short(self._words(span).replace("\n", " ").strip())

    # ------------------------------------------------------------ the whole form
    def finish(self, blocks: Sequence[Block]) -> StructureReading:
        """Everything that was read; 是 alone is not asked about where a later line gives the figure."""
        out = self.out
        out.statements = self.claims.statements
        out.statements += self._unnamed(blocks)
        for part in self.claims.strange:
            self._strange(*part)
        hand_on(self.known, self._is_kept, self.claims.statements, out)
        told = {s.target for s in out.statements if s.kind == "value"}
        out.unplaced = [u for u in out.unplaced if not (u.question and set(u.places) & told)]
        # a box that is not ticked is no word of the unit, whatever stands behind it
        out.read = [b for b in blocks if self._is_read(b) or (self.known and self._instructs(b))]
        spans = [*(span for s in out.statements for span in s.spans), *(a.span for a in out.accounts)]
        done = Places([*spans, *out.prose, *(span for u in out.unplaced for span in u.spans)])
        for block in out.read:
            for numeral in find_numerals(fold(self.text[block.start : block.end])):
                place = Span(block.start + numeral.start, block.start + numeral.end)
                if not done.touched_by(*place):
                    out.accounts.append(Account(place, Use.LEFT_OUT, "序号、说明或未选的项"))
        return out

    def _unnamed(self, blocks: Sequence[Block]) -> list[Statement]:
        """Applicants whom a cell of the form itself tells for all rows that name none."""
        inside = (b for b in blocks if b.table is not None and id(b) in self.known)
        rules = (
            default_in(self._words(Span(b.start, b.end)), b.start, self.year, self.form.version)
            for b in inside
        )
        rule = next((one for one in rules if one is not None), None)
        family = family_of(self.form.version)
        return [] if rule is None else list(unnamed_applicants(self.claims.statements, rule, family))

    def _strange(self, target: Target, span: Span) -> None:
        """A part in brackets of a kind that nobody knows: what it counts beside 处罚 is no cell, whose requests it counts is asked."""
        if target.table == "table3":
            words = self._quote(span)
            self.out.unplaced.append(Unplaced((span,), words, (target._replace(col="*"),)))
        else:
            self.out.accounts.append(Account(span, Use.NARRATIVE, "其中项"))

    def _is_read(self, block: Block) -> bool:
        return id(block) in self.known or block.start in self.legends or self._has_boxes(block)

    def _instructs(self, block: Block) -> bool:
        """在□内打√，例：5件（其中自然人3件）: how the form is to be filled in; its figures are examples."""
        return block.table is None and instructs(self._words(Span(block.start, block.end)))

    def _is_kept(self, block: Block) -> bool:
        """Whether nobody else reads a block, even where nothing of it was explained."""
        return id(block) in self.coded or block.kind is BlockKind.TABLE or self._has_boxes(block)

    def _has_boxes(self, block: Block) -> bool:
        return len(BOX.findall(fold(self.text[block.start : block.end]))) > 1


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:40] + "…"
