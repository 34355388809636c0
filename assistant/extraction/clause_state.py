"""What a pass over the clauses of a text remembers, and how it records what they say."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.extraction.phrases import Binding, Phrase
from assistant.extraction.statements import Remark, Span, Statement, Story, Target
from assistant.extraction.targets import Context, Resolver
from assistant.extraction.tokens import Token

__all__ = ["RESULT_ROWS", "ClauseState", "Reading"]

RESULT_ROWS = ("granted", "partial", "deny_", "na_", "np_", "ot_")


_RECALLED, _OPEN = 500, 100
"""statements"""
_FARTHEST = 2000
"""characters from the words that open a statement to those that close it"""
_BRACKETS = re.compile(
    r"(?:括号|括弧)[里内中]?[^。；\n，,]{0,6}?(?:去年|上年|上一年|前一年|20\d\d年)[度]?的?(?:数|数字|数据|情况)?"
)
"""括号里是2022年的数"""


@dataclass
class Reading:
    """What a text says: statements in order, remarks for the clerk, and the spans that were understood."""

    statements: list[Statement] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)

    @property
    def live(self) -> list[Statement]:
        """The statements that nothing has taken out."""
        return [s for s in self.statements if not s.dropped]


class Lines:
    """Where the lines of a text begin and end; a look takes no longer on a long line."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._length = len(text)

    def start(self, at: int) -> int:
        """Offset of the first character of the line that ``at`` lies on."""
        before = bisect_left(self._ends, at)
        return self._ends[before - 1] + 1 if before else 0

    def end(self, at: int) -> int:
        """Offset of the line end at or behind ``at``; that of the text's end on the last line."""
        behind = bisect_left(self._ends, at)
        return self._ends[behind] if behind < len(self._ends) else self._length


class ClauseState:
    """The memory of one pass (:class:`Context` and more) and the record of its statements."""

    def __init__(self, resolver: Resolver, source: str) -> None:
        self.resolver = resolver
        self.source = source
        self.lines = Lines(source)
        self.out = Reading()
        self.segments: dict[int, int] = {}
        """where the first phrase of each segment begins"""
        self._told: dict[int, list[Statement]] = {}
        self._rows: set[str] = set()
        self.ctx = Context()
        self.dangling: list[Token] = []
        self.story: Story | None = None
        """what is being told of one kind of applicant; it ends with its segment"""
        self.story_lead: Statement | None = None
        self.story_told = False
        self.story_row = ""
        """the row whose applicants are told one after another"""
        self.stories_line = -1
        """last sentence of the line in which they are"""
        self.pointed: tuple[int, str] = (-1, "")
        """sentence and applicant of a request pointed at (公司那件), whose outcome follows"""
        self.vague: list[Token] = []
        """the words of the last figure that was only about, in this sentence"""
        self.orphan: Binding | None = None
        self.orphan_depth = 0
        self.orphan_col = ""
        """the applicant that a bracket behind such a figure names: 其余2件（自然人）结转下年"""
        self.sentence = -1
        self.correcting = False
        self.text_channel = False
        self.prior = False
        self.prior_table = ""
        self.led_by: dict[int, str] = {}
        """sentences whose first word names the applicant of all their figures"""
        self.last_of_line: dict[int, int] = {}
        """of each sentence, the last sentence on its line"""
        self.heading_sentence = -1
        """the sentence whose first words head a line with an applicant"""
        self.brackets_are_prior = _BRACKETS.search(source) is not None
        self.heading_scope = ""
        """—— 市局机关 ——: the scope of the lines below"""
        self.renaming: Statement | None = None
        """the statement whose outcome 不是维持 has just taken back"""
        self.replacing: Statement | None = None
        """the statement that 不是3件 has just taken back"""
        self.prior_report = False
        self.report_depth = 0
        """last year's report is being quoted"""
        self.scope = ""
        self.absent: tuple[int, tuple[str, ...]] = (-1, ())
        """sentence and applicants of which 科研机构、其他组织，本年无申请 speaks"""
        self.excepted: set[str] = set()
        self.all_but = -1
        """sentence in which 除已注明的企业4件外 has left out who was named"""
        self.of_which = False
        self.segment = -1
        self.depth = 0
        self.dashes = False
        """dashes part words and figures (予以公开-5), they are no minus signs"""

    def add(
        self,
        kind: str,
        target: Target,
        span: Span,
        phrase: Phrase,
        *,
        value: int | Decimal | None = None,
        unit: str = "",
        prior: bool = False,
        words: str = "",
        official: bool = True,
    ) -> Statement:
        if span.end - span.start > _FARTHEST:
            # the clause that was read stands for both places: the way between them is no quote
            span = phrase.span
        statement = Statement(
            kind,
            target,
            span,
            value,
            unit,
            words,
            official,
            corrects=self.correcting,
            hedged=self.is_unsure(phrase),
            text_channel=self.text_channel,
            prior=prior,
            part=self.of_which,
            scope=self.scope,
            sentence=phrase.sentence,
        )
        self.out.statements.append(statement)
        self._told.setdefault(phrase.sentence, []).append(statement)
        self._rows.add(target.row)
        return statement

    def told_in(self, sentence: int) -> list[Statement]:
        """The statements of one sentence, in order."""
        return self._told.get(sentence, [])

    def recalled(self) -> list[Statement]:
        """The last statements, as far back as a correction may reach: nobody takes back what was said pages ago."""
        return self.out.statements[-_RECALLED:]

    def row_told(self, row: str) -> bool:
        """Whether any statement was made of a row."""
        return row in self._rows

    def is_unsure(self, phrase: Phrase) -> bool:
        """处罚大概没有; 处罚应该是3件吧: with 吧 it is a guess, without it what is right."""
        if phrase.cue("hedge"):
            return True
        should = phrase.cue("correction")
        return (
            should is not None and should.text == "应该是" and self.source.startswith("吧", phrase.span.end)
        )

    def remark(
        self, code: str, where: str, message: str, span: Span, *, got: int | Decimal | None = None
    ) -> None:
        self.out.remarks.append(Remark(code, where, message, span, got=got))

    def follow(self, target: Target, statement: Statement | None) -> None:
        """Move the focus to what was just said."""
        ctx = self.ctx
        ctx.table = target.table if target.table != "fee" else ctx.table
        if target.table == "table3":
            ctx.row = target.row
            ctx.applicants = target.col not in ("total", "*") and not ctx.col
            if target.row.endswith("_subtotal"):
                ctx.group = (
                    "subtotal"
                    if statement is not None and ctx.group in ("", "subtotal")
                    else target.row.split("_")[0]
                )
            elif target.row.startswith(RESULT_ROWS):
                ctx.group = target.row.split("_")[0] if "_" in target.row else ctx.group
        elif target.table == "table4":
            ctx.block = target.row
            ctx.case_sentence = ctx.sentence
            ctx.applicants = False
        elif target.table == self.resolver.t2.key:
            ctx.t2row = target.row
            told = statement is not None and bool(statement.value)
            if told and len(self.resolver.t2.columns_of(target.row)) > 1:
                ctx.document_row = target.row
            ctx.applicants = False
        if statement is None:
            return
        ctx.last = statement
        if target.table == "table3" and (target.col == "total" or statement.whole):
            if not statement.whole:
                ctx.open = [*ctx.open[-_OPEN:], statement]
            ctx.applicants = False
            ctx.count = statement
        elif target.table == "table3":
            ctx.open = [s for s in ctx.open if s.target.row != target.row]
            whole = (
                ctx.count is not None
                and ctx.count.target.row == target.row
                and ctx.count.sentence == statement.sentence
            )
            ctx.count = statement if target.row == "new_received" and not whole else ctx.count

    def headed(self, phrase: Phrase) -> str:
        """律师事务所：1件，…: the applicant that a heading of the line names, for the first figure behind it."""
        first = phrase.before in (":", "—") and phrase.sentence == self.heading_sentence
        return self.ctx.col if first else ""

    def joins(self, phrase: Phrase) -> bool:
        return phrase.before in (":", "、", " ", ")", "】", "]", "—", "…", ",", "(", "\n", "+", "→", "|")

    def is_prior(self, words: list[Token], target: Target) -> bool:
        if any(w.cue("current") and not (w.text == "当年" and self.prior) for w in words):
            self.prior = False
            return False
        if self.prior_report and target.row != "carried_over":
            return True
        if (
            target.row == "carried_forward"
            and self.prior
            and not any(w.cue("next", "previous") for w in words)
        ):
            # 2023年收到14件，办结13件，结转1件: what that year left
            before = self.out.statements[-1:]
            return bool(before) and before[0].prior and before[0].sentence == self.sentence
        if target.col == "prev_items" or target.row in ("carried_over", "carried_forward"):
            return False
        if any(w.cue("previous") or w.kind == "year" for w in words):
            self.prior, self.prior_table = True, target.table
            return True
        if self.prior and not self.prior_table:
            self.prior_table = target.table
        elif target.table != self.prior_table:
            # another table is spoken of without 去年: back to the report year
            self.prior = False
        return self.prior

    def said_in(self, sentence: int) -> bool:
        return sentence in self._told

    @staticmethod
    def names_row(words: list[Token]) -> bool:
        return any(
            e.kind == "row" and not e.weak and e.key != "new_received" for w in words for e in w.entries
        )
