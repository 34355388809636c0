"""Decides from the words that name a figure which cells of the tables it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.checks.claims import patterns as p
from assistant.checks.claims.types import Reading
from assistant.checks.lazy import HAN, Words, regex
from assistant.forms import CellKey
from assistant.report import AnnualReport

__all__ = ["LabelReader", "SentenceState"]

Rows = tuple[str, ...]

_REASON = regex(r"因(?:为)?[^，。；]{2,}|属于?[^，。；]{2,}|第三方(?:[^，。；]*同意)", needs="因|属|第三方")
_APPLICANTS = regex("组织|企业|机构|自然人|公民|法人(?!或|和|及)", needs="组织|企业|机构|自然人|公民|法人")
_ABOUT = regex(r"(?:涉及|关于|针对|要求)[^，。；]*申请(?:共|有|为)*$", needs="涉及|关于|针对|要求")
_RESULT_FIRST = regex(r"(?:诉讼|复议)[^，。；]{0,6}(纠正|维持)的?$", needs="纠正|维持")
_REVIEWING_ORGAN = regex(r"受理|审理|(?<!尚未)(?<!未)审结|收到|办理行政复议")
"""The sentence speaks of the cases a reviewing organ handles, not of cases against the unit itself."""
_JOINT_DISPUTES = regex(r"行政复议(?:申请|案件)?[、和及与]$", needs="行政复议")
_JOINT_DOCUMENTS = regex(r"(?:规章|规范性文件|行政许可|行政处罚|行政强制)(?:决定)?、$", needs="、")
_LIST = 400
"""characters before a figure that its list may reach back"""
_PUBLISHED_LIST = regex(
    r"(?:公开|公示|发布|公布|归集|推送|上传)[^，。；]*(?:、|和|及|以及)$",
    needs="公开|公示|发布|公布|归集|推送|上传",
)
"""公开抽查结果174家次、行政许可61件、…: the verb at the head of the list holds for all its items."""
_DOCUMENT_WORD = Words("规章|规范性文件|行政")
_RULES = regex(r"规章(?!制度)", needs="规章")
_NO_DECISION = Words("未|无|不予|查处|立案|撤销")
_REVISED = Words("修订|修改|失效")
_NAME = r"(?:行政)?(?:规范性文件|规章)"
_COUNT = r"(?:共计|共|为|件数)*$"
_COLUMNS = (
    ("in_force", regex(rf"现行有效(?:的)?(?:{_NAME})?{_COUNT}|{_NAME}现行有效")),
    ("abolished", regex(rf"(?:废止|宣布废止)(?:了|的)?(?:{_NAME})?{_COUNT}")),
    ("issued", regex(rf"(?:制发|制定|出台|印发)(?:了|的)?(?:{_NAME})?{_COUNT}")),
)
_RECEIVED = Words("收到|新收|接到")
_HAN = regex(HAN)
_CONTINUES = ("申请", "均", "已", "并", "全部", "都", "的申请", "以内")
"""What besides a longer name of the requests may follow the unit directly: 8份政府信息公开申请; in 5件群众来信 the figure counts letters."""
_FEE = regex(r"事业性收费(?:收入|金额|总额|总金额|项目)?(?:共计|合计|共|为|达|计|收入|金额)*$")


@dataclass
class SentenceState:
    """What the figures of one sentence have been about so far."""

    text: str
    requests: bool
    """applications are spoken of"""
    disputes: bool
    """cases because of disclosure are spoken of"""
    base: tuple[Rows, ...] = ()
    """rows of table 3 the last figure stood for; applicants named next belong to them"""
    blocks: tuple[Rows, ...] = ()
    """rows of table 4 the last figure stood for; results named next belong to them"""
    topic: str = ""
    """row of table 2 that was named last"""
    part_from: int = -1
    """where in the sentence a part of the requests was named (涉及企业的申请有2件): up to a semicolon its outcomes follow"""
    result: str = ""
    """the result that the cases named next all have (被纠正的35件，直接起诉的14件、…)"""
    elsewhere: bool = False
    """letters, proposals or the like are spoken of"""


class LabelReader:
    """Reads labels for one report; the state of the sentence is handed in and kept up to date."""

    def __init__(self, report: AnnualReport) -> None:
        self.form = report.layout
        self.words = p.load_wordings(report.year)

    def case_readings(self, state: SentenceState, label: str, before: str, after: str) -> tuple[Reading, ...]:
        """Readings of a figure of 件; ``before`` is the sentence up to the label, ``after`` what follows the unit."""
        return (
            self._request(state, label, before, after)
            or self._dispute(state, label, before)
            or self.document_readings(state, label, before)
        )

    def fee_readings(self, label: str) -> tuple[Reading, ...]:
        """Readings of an amount of money."""
        return self.existing("admin_fee", "amount_wan") if _FEE.search(label) else ()

    # ------------------------------------------------------------------ table 3
    def _request(self, state: SentenceState, label: str, before: str, after: str) -> tuple[Reading, ...]:
        if not state.requests or state.elsewhere:
            return ()
        if state.part_from >= 0 and "；" not in before[state.part_from :]:
            return ()
        rows = self._request_rows(state, label, before, after)
        if not rows and _ABOUT.search(label):
            state.part_from = len(before)
        if rows:
            state.base, state.blocks = rows, ()
            columns = self._column_before(label)
            return self.cells(rows, columns) if columns else ()
        if state.base:
            key = self.words.applicants.key(label)
            if key is not None:
                return self.cells(state.base, self.parts(key))
        return ()

    def _column_before(self, label: str) -> tuple[str, ...]:
        """自然人新收631件: the applicants named right before the verb; the total where there are none."""
        verb = self.words.request.search(label)
        lead = label[: verb.start()] if verb else ""
        key = self.words.applicants.key(lead) if lead else None
        if key is None:
            # 表中“其他”组织新收3件: applicants all the same, though not by a known name
            return () if lead and _APPLICANTS.search(lead) else ("total",)
        return self.parts(key)

    def _request_rows(self, state: SentenceState, label: str, before: str, after: str) -> tuple[Rows, ...]:
        new, old = ("new_received",), ("new_received", "carried_over")
        match = self.words.request.search(label)
        if match and match["over"]:
            return (("carried_over",),)
        if (match and match["forward"]) or self._carried_forward(after):
            return (("carried_forward",),)
        outcome = self.words.outcomes.key(label)
        if outcome is not None:
            return (
                ()
                if outcome.endswith("_subtotal") and _one_of_several(label, before)
                else (self.parts(outcome),)
            )
        if p.is_part(label):
            return ()
        if _HAN.match(after) and not (after.startswith(_CONTINUES) or p.REQUEST.match(after)):
            return ()
        if match and match["new"]:
            if match["new"] == "受理" and _RECEIVED.found_in(state.text):
                return ()
            both = match["new"] not in ("新收", "新收到") and "结转" in state.text
            return (new, old) if both else (new,)
        if match and match["object"] and (match["handled"] or _stands_alone(match)):
            return (new, old, ("result_total",))
        done = match and (match["done"] or match["handled"] == "办理答复")
        return (("result_total",), self._answered()) if done else ()

    def _carried_forward(self, after: str) -> bool:
        """Whether the words behind a figure carry it to next year: 2件[申请]结转下年度."""
        match = self.words.carries_forward.search(after)
        return match is not None and p.link(after, 0, match.start()) == ""

    def _answered(self) -> Rows:
        """Outcomes that are answers: all but 其他处理, where the application was dropped."""
        dropped = set(self.parts("ot_subtotal"))
        outcomes = next(self.form.identities_of("T3_RESULT_SUM")).right
        return tuple(key.row for key in outcomes if key.row not in dropped)

    # ------------------------------------------------------------------ table 4
    def _dispute(self, state: SentenceState, label: str, before: str) -> tuple[Reading, ...]:
        if not state.disputes or _REVIEWING_ORGAN.search(state.text):
            return ()
        if state.blocks:
            col = self.words.dispute_results.key(label)
            if col is not None:
                return self.cells(state.blocks, (col,), "table4")
        key = self.words.disputes.key(label)
        if key is None:
            result = _RESULT_FIRST.search(label)
            if result and not state.blocks:
                state.result = "corrected" if result[1] == "纠正" else "upheld"
            return ()
        rows = self.parts(key)
        if state.result:
            return self.cells((rows,), (state.result,), "table4")
        if key == "litigation_all" and (_JOINT_DISPUTES.search(before) or "复议" in label):
            rows = (*self.parts("review"), *rows)
        state.blocks, state.base = (rows,), ()
        return self.cells(state.blocks, ("total",), "table4")

    # ------------------------------------------------------------------ table 2
    def document_readings(self, state: SentenceState, label: str, before: str) -> tuple[Reading, ...]:
        """Readings of a figure of documents or decisions (件 or 个)."""
        documents, rules = "规范性文件" in label, bool(_RULES.search(label))
        if documents or rules:
            state.topic = "" if documents and rules else ("normative_docs" if documents else "rules")
        if _JOINT_DOCUMENTS.search(before) and _DOCUMENT_WORD.found_in(label):
            state.topic = ""
            return ()
        if "以前" in label or "此前" in label or "历年" in label:
            return ()
        published = p.PUBLISHED.found_in(label) or _PUBLISHED_LIST.search(before[-_LIST:]) is not None
        key = None if published or _NO_DECISION.found_in(label) else self.words.decisions.key(label)
        if key is not None:
            return self.existing(key, "decisions")
        if not state.topic:
            return ()
        column = next((name for name, pattern in _COLUMNS if pattern.search(label)), None)
        if column is None or (column != "in_force" and (published or _REVISED.found_in(state.text))):
            return ()
        return self.existing(state.topic, column)

    # ------------------------------------------------------------------ cells of the form
    def parts(self, key: str) -> tuple[str, ...]:
        """The rows or columns a known sum consists of; the key itself when it is a row or column."""
        aggregate = self.form.aggregate(key)
        return aggregate.parts if aggregate is not None else (key,)

    def cells(
        self, readings: tuple[Rows, ...], columns: tuple[str, ...], table: str = "table3"
    ) -> tuple[Reading, ...]:
        """One reading for each group of rows, in some columns; readings with cells the form does not have are dropped."""
        cells = (tuple(CellKey(table, row, col) for row in rows for col in columns) for rows in readings)
        return tuple(reading for reading in cells if all(map(self.form.has, reading)))

    def existing(self, row: str, col: str) -> tuple[Reading, ...]:
        """The single cell of table 2, where this form has it."""
        key = CellKey(self.form.table2.key, row, col)
        return ((key,),) if self.form.has(key) else ()


def _one_of_several(label: str, before: str) -> bool:
    """因第三方不同意公开、涉及商业秘密，不予公开1件；属于案卷不予公开1件: each is only the part with that reason."""
    if label.startswith("不同意") and "第三方" in before:
        # 第三方同意公开9件、不同意公开4件: what third parties said
        return True
    # only what stands behind the last figure can be the reason of this one
    own = re.split(r"[；。：]|\d[\d,]*[件份宗起]", before[-_LIST:])[-1] + label
    return _REASON.search(own) is not None


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether a label is nothing but the full name of the requests: 全年政府信息公开申请."""
    return match["alone"] is not None and match["object"].endswith(p.WHOLE_NAMES)
