"""Reads one passage sentence by sentence and collects what it says about the tables, minding year and scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.claims import patterns as p
from assistant.checks.claims.bounds import Bounds
from assistant.checks.claims.labels import LabelReader, SentenceState
from assistant.checks.claims.passages import Passage, Sentence
from assistant.checks.claims.quantities import HEDGE, REQUEST_UNITS, Quantity
from assistant.checks.claims.types import Claim, Reading, Statement, Trend
from assistant.checks.lazy import Words, regex
from assistant.report import AnnualReport
from assistant.report.facts import Aspect

__all__ = ["SentenceReader"]

_ALL_APPLICANTS = regex(r"(?:均|全部|都)(?:为|是|系)?(?:来自)?(?:自然人|公民|个人)", needs="自然人|公民|个人")
_PARTLY_DONE = Words("除|其余")
_OLD_OR_DISPUTE = regex(r"(?:上年|去年|上一年)[^，,]*[，,]?$|复议|诉讼")
_DISPUTE_WORD = r"行政复议|行政诉讼|诉讼"
_NO_DISPUTE = regex(
    r"(?:未|没有|无)(?:发生|出现|产生|引发|收到|有|被)?(?:过)?(?:任何)?(?:被)?(?:因|由于|涉及|有关|关于|针对)?(?:本机关|我[局镇乡县市区委]|本单位)?(?:有关|涉及)?(?:的)?"
    r"(?:依申请公开|政府信息公开|信息公开)?(?:工作|事项|事务|申请|答复)?(?:而|被|引发|引起|产生|导致|提起|申请|的|有关|相关)*"
    rf"(?P<first>{_DISPUTE_WORD})(?:申请|案件|案|事项|情况)?"
    rf"(?:(?:、|和|或者|或|及|以及|与|，|,)(?:也)?(?:未|没有|无)?(?:被)?(?:提起|引发|引起|发生|申请)?(?:的)?(?P<second>{_DISPUTE_WORD}))?"
    r"(?!机关|渠道|途径|权利|率)"
)
_NO_DOCUMENTS = regex(
    r"(?:未|没有)(?:新)?(?:制发|制定|出台|印发)(?:过)?(?P<kind>行政规范性文件|规范性文件|(?:政府)?规章(?!制度))(?=[，,。；、\n]|$)",
    needs="未制|未出|未印|未新|没有",
)
_CLAUSE = regex(r"[^，。；、（）]{0,16}")
_TREND_END = frozenset("加长升高多少降低滑了约")
"""The last characters of 增加、下降 and the like; looking at one character first is quick."""
_DOWN = frozenset(("减少", "下降", "降低", "下滑", "少"))


_ONE_KIND = regex(
    r"(?:[^，。；、]{2,8}类|自然人|企业|机构|组织|法人)申请人(?:本年|今年|全年|没有|未|中|方面)",
    needs="申请人",
)
"""The sentence goes on about applicants of one kind: 其他类申请人本年没有新提出申请，上年结转1件."""
_SPEAKS = regex(r"[未没无]|[办答回]复|办结|完[毕结]")
"""What all statements without a figure contain; most sentences have neither and are passed over."""


class SentenceReader:
    """Collects the claims of one passage; ``read`` is called for its sentences in order."""

    def __init__(self, report: AnnualReport, passage: Passage) -> None:
        self.report, self.passage, self.text = report, passage, passage.compact
        self.labels = LabelReader(report)
        self._bounds = Bounds(report, passage)
        self.figures: list[Claim] = []
        self.foreign: list[Claim] = []
        self.vague: list[Claim] = []
        self.none_received: list[Statement] = []
        self.all_done: list[Statement] = []
        self.trends: list[Trend] = []
        self._quantities = passage.quantities
        self._next = 0
        self._words = [match.start() for match in _SPEAKS.finditer(self.text)]
        self._word = 0
        self._paragraph = 0
        self._about_requests = False

    # ------------------------------------------------------------------ one sentence
    def read(self, sentence: Sentence) -> None:
        """Add the claims of a sentence."""
        text = self.text[sentence.start : sentence.end]
        # only the stretch since the last sentence is looked at: a line break in it begins a new paragraph
        if self.text.find("\n", self._paragraph, sentence.start) >= 0:
            self._about_requests = False
        self._paragraph = sentence.start
        if not self._about_requests and "申请" in text:
            self._about_requests = p.REQUEST_CONTEXT.found_in(text)
        figures = self._next < len(self._quantities) and self._quantities[self._next].start < sentence.end
        if not figures and not self._speaks(sentence):
            return
        in_requests = sentence.aspect is Aspect.REQUESTS
        self._sentence = sentence
        self._state = SentenceState(
            text=text,
            requests=self._about_requests or in_requests or self.passage.key == "s3",
            disputes="信息公开" in text or in_requests or self.passage.key == "s4",
            # documents whose kind is set down as 主动公开 or 不予公开 are no requests
            elsewhere="公开属性" in text or ("属性" in text and "公文" in text),
        )
        kind = _ONE_KIND.search(text)
        self._one_kind = len(self.text) if kind is None else sentence.start + kind.start()
        self._last: tuple[Quantity, Claim] | None = None
        for quantity in self._sentence_quantities(sentence):
            self._read_quantity(quantity)
        self._read_statements(text)

    def _speaks(self, sentence: Sentence) -> bool:
        """Whether a word of a statement stands in the sentence; the words of the passage are looked for once."""
        while self._word < len(self._words) and self._words[self._word] < sentence.start:
            self._word += 1
        return self._word < len(self._words) and self._words[self._word] < sentence.end

    def _sentence_quantities(self, sentence: Sentence) -> Iterator[Quantity]:
        while self._next < len(self._quantities) and self._quantities[self._next].start < sentence.end:
            quantity = self._quantities[self._next]
            self._next += 1
            if quantity.start >= sentence.start:
                yield quantity

    def _read_quantity(self, quantity: Quantity) -> None:
        label, state = quantity.label, self._state
        if "截" in label:
            label = p.CUT_OFF.sub("", label)
        if quantity.hedged:
            label = HEDGE.sub("", label)
        if quantity.start > self._one_kind:
            state.elsewhere = True
        before = self.text[max(self._sentence.start, quantity.start - 24) : quantity.start]
        trend = p.COMPARED.search(before) if before[-1:] in _TREND_END else None
        if trend is not None:
            self._add_trend(quantity, trend)
            return
        if p.is_foreign(label) and "行政许可" not in label and "行政处罚" not in label:
            state.elsewhere, state.base, state.topic, self._last = True, (), "", None
            return
        claim = None
        if quantity.unit == "个":
            readings = self.labels.document_readings(
                state, label, self.text[self._sentence.start : quantity.label_start]
            )
            claim = self._claim(quantity, readings) if readings else None
        elif quantity.unit in REQUEST_UNITS:
            before = self.text[self._sentence.start : quantity.label_start]
            after = self.text[quantity.end : self._sentence.end]
            readings = self.labels.case_readings(state, label, before, after)
            claim = self._claim(quantity, readings) if readings else None
        elif quantity.unit in ("元", "万元"):
            claim = self._fee(quantity, label)
        if claim is not None:
            self._keep(claim, quantity)
            self._last = (quantity, claim)
            self._all_people(quantity)

    def _keep(self, claim: Claim, quantity: Quantity) -> None:
        if self._bounds.other_year(self._sentence.start, quantity.label_start, quantity.start, claim):
            return
        into = (
            self.foreign if self._bounds.other_scope(self._sentence.start, quantity.start) else self.figures
        )
        (self.vague if quantity.hedged else into).append(claim)

    def _claim(self, quantity: Quantity, readings: tuple[Reading, ...], end: int | None = None) -> Claim:
        if end is None:
            # a figure with nothing before it is named by what follows: 2件结转下年度
            named = None if quantity.label else _CLAUSE.match(self.text, quantity.end, self._sentence.end)
            end = named.end() if named else quantity.end
        return Claim(
            readings=readings,
            value=quantity.value,
            span=self.passage.span(quantity.label_start, end),
            figure=self.passage.span(quantity.start, quantity.digits_end),
            words=self.text[quantity.label_start : end],
            decimals=quantity.decimals,
        )

    def _fee(self, quantity: Quantity, label: str) -> Claim | None:
        readings = self.labels.fee_readings(label)
        if not readings:
            return None
        claim = self._claim(quantity, readings)
        if quantity.unit == "万元":
            return claim
        return claim._replace(value=Decimal(quantity.value) / 10_000, decimals=quantity.decimals + 4)

    def _all_people(self, quantity: Quantity) -> None:
        """“…12件，均为自然人”: the column of natural persons equals the total just named."""
        start, end = quantity.end, self._sentence.end
        match = _ALL_APPLICANTS.search(self.text, start, end) if self._state.base and quantity.value else None
        if match and p.link(self.text, start, match.start()) is not None:
            people = self.labels.cells(self._state.base, ("natural_person",))
            self._keep(self._claim(quantity, people, match.end()), quantity)

    # ------------------------------------------------------------------ words without a figure
    def _read_statements(self, text: str) -> None:
        words, labels = self.labels.words, self.labels
        if self._state.requests:
            if "未" in text or "没" in text or "无" in text:
                for none in p.NONE_RECEIVED.finditer(text):
                    if self._says_none(none):
                        self._add_statement(self.none_received, none)
            done = p.ALL_DONE.search(text)
            if done and not _PARTLY_DONE.found_in(text) and not p.is_foreign(text):
                clause = text[: done.start()].rsplit("，", 1)[-1]
                if not _OLD_OR_DISPUTE.search(clause) and not self._on_time(done.start()):
                    self._add_statement(self.all_done, done)
            for pattern, row in (
                ()
                if "结转" not in text and "转" not in text
                else (
                    (words.none_carried_over, "carried_over"),
                    (words.none_carried_forward, "carried_forward"),
                )
            ):
                if match := pattern.search(text):
                    self._add_zero(match, labels.cells(((row,),), ("total",)))
        if (
            self._state.disputes
            and ("复议" in text or "诉讼" in text)
            and "受理" not in text
            and (match := _NO_DISPUTE.search(text))
        ):
            for name in dict.fromkeys(filter(None, (match["first"], match["second"]))):
                rows = labels.parts("review" if name == "行政复议" else "litigation_all")
                self._add_zero(match, labels.cells((rows,), ("total",), "table4"))
        if ("规范性文件" in text or "规章" in text) and (match := _NO_DOCUMENTS.search(text)):
            self._add_zero(
                match, labels.existing("rules" if "规章" in match["kind"] else "normative_docs", "issued")
            )

    def _says_none(self, match: re.Match[str]) -> bool:
        """未收到申请 must end there: 未收到申请人的意见 speaks of something else."""
        rest = self._state.text[match.end() :]
        return (
            bool(match["object2"])
            or not rest
            or rest[0] in "，,、（"
            or rest.startswith(("情况", "案件", "的情况"))
        )

    def _on_time(self, start: int) -> bool:
        """3.时限情况。全部按期答复: what is due has been answered in time, which says nothing of what is not due yet."""
        before = self.text[max(0, self._sentence.start - 12) : self._sentence.start + start]
        return "时限" in before

    def _place(self, match: re.Match[str]) -> tuple[int, int] | None:
        """Offsets of a match in the sentence, None where it speaks of another year or another scope."""
        begin = self._sentence.start
        start = begin + match.start()
        if self._bounds.other_year(begin, start, start) or self._bounds.other_scope(begin, start):
            return None
        return start, begin + match.end()

    def _add_statement(self, into: list[Statement], match: re.Match[str]) -> None:
        if place := self._place(match):
            into.append(Statement(self.passage.span(*place), match.group()))

    def _add_zero(self, match: re.Match[str], readings: tuple[Reading, ...]) -> None:
        place = self._place(match)
        if readings and place:
            span = self.passage.span(*place)
            self.figures.append(Claim(readings, 0, span, span._replace(end=span.start), match.group()))

    def _add_trend(self, quantity: Quantity, match: re.Match[str]) -> None:
        if self._last is None or quantity.hedged or quantity.unit not in {"%", *REQUEST_UNITS}:
            return
        before, claim = self._last
        if self.text.count("，", before.end, quantity.start) > 2 or claim not in self.figures:
            return
        self.trends.append(
            Trend(
                claim=claim,
                change=-quantity.value if match["sign"] in _DOWN else quantity.value,
                percent=quantity.unit == "%",
                decimals=quantity.decimals,
                span=self.passage.span(before.end, quantity.end),
                words=self.text[before.end : quantity.end].lstrip("，,"),
            )
        )
