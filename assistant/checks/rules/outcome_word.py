"""OUTCOME_WORD: words about results fit the rows the cases are counted in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.claims.passages import Passage, Sentence
from assistant.checks.claims.quantities import REQUEST_UNITS
from assistant.checks.context import CheckInput
from assistant.checks.lazy import Words, regex
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.report.findings import Severity

_DROPPED = regex(r"(?:撤回|撤诉|终止|调解|和解)(?:的|了|申请|案件|结案|共|为)*$")
_UPHELD = regex(r"(?:均|全部|都)(?:被|予以|为|获|得到|已|结果)*(?:维持|驳回)", needs="维持|驳回")
_NONE_CORRECTED = regex(
    r"(?:均未|都未|虽无|并无|均无|没有|未有)(?:案件|一件)?(?:被|发生被)?(?:纠正|败诉)(?!的|结果|[一二两三四五六七八九十\d]+件|率)",
    needs="纠正|败诉",
)
_DISPUTE = Words("复议|诉讼|起诉")
_WITHDRAWN = Words("撤回|撤诉|终止|调解|和解")


@rule("OUTCOME_WORD", "结果表述与所填栏目一致", Severity.WARNING, "format_tables")
def outcome_word(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：撤回、终止、调解的复议诉讼案件应计入“其他结果”；正文说“均维持”的，表格“结果纠正”就不应有数字。
    不合格：正文写“行政复议2件，其中1件撤回”，表格“其他结果”为 0；正文写“均维持”，表格“结果纠正”为 1 件。
    合格：正文写“行政复议2件，其中撤回1件”，表格“其他结果”为 1 件。
    修改：核对每件案件的结果，改正表格或者正文。
    """
    for passage in ctx.sections:
        if not _DISPUTE.found_in(passage.compact):
            continue
        for sentence in passage.sentences:
            text = passage.compact[sentence.start : sentence.end]
            if (
                _DISPUTE.found_in(text)
                and ("公开" in text or passage.key == "s4")
                and "受理" not in text
                and "审理" not in text
            ):
                yield from _dropped(ctx, passage, sentence)
                yield from _upheld(ctx, passage, sentence)
                yield from _not_corrected(ctx, passage, sentence)


def _blocks(ctx: CheckInput, text: str) -> list[str]:
    """The rows of table 4 a sentence speaks of."""
    rows = ctx.form.table("table4").rows
    reviewed = "复议" in text.replace("未经复议", "").replace("复议后", "")
    sued = "诉讼" in text or "起诉" in text
    return [row.key for row in rows if (sued if row.path else reviewed)]


def _dropped(ctx: CheckInput, passage: Passage, sentence: Sentence) -> Iterator[Hit]:
    text = passage.compact[sentence.start : sentence.end]
    if not _WITHDRAWN.found_in(text):
        return
    cells = tuple(CellKey("table4", row, "other") for row in _blocks(ctx, text))
    total = ctx.total(cells)
    for quantity in passage.quantities_in(sentence):
        if (
            quantity.unit in REQUEST_UNITS
            and _DROPPED.search(quantity.label)
            and total is not None
            and quantity.value > total
        ):
            yield Hit(
                ".".join(cells[0]),
                f"正文写“{passage.compact[quantity.label_start : quantity.end]}”，应计入“其他结果”，但表格“其他结果”合计为 {figure(total)} 件",
                expected=quantity.value,
                got=total,
                cells=cells,
                spans=(passage.span(quantity.label_start, quantity.end),),
            )


def _not_corrected(ctx: CheckInput, passage: Passage, sentence: Sentence) -> Iterator[Hit]:
    text = passage.compact[sentence.start : sentence.end]
    match = _NONE_CORRECTED.search(text)
    if match is not None:
        yield from _corrected_after_all(ctx, passage, sentence, match, text)


def _upheld(ctx: CheckInput, passage: Passage, sentence: Sentence) -> Iterator[Hit]:
    text = passage.compact[sentence.start : sentence.end]
    match = _UPHELD.search(text)
    if match is not None:
        yield from _corrected_after_all(ctx, passage, sentence, match, text[: match.start()])


def _corrected_after_all(
    ctx: CheckInput, passage: Passage, sentence: Sentence, match: re.Match[str], about: str
) -> Iterator[Hit]:
    """The words leave no 结果纠正; ``about`` names the cases they speak of."""
    cells = tuple(CellKey("table4", row, "corrected") for row in _blocks(ctx, about))
    total = ctx.total(cells)
    if total:
        yield Hit(
            ".".join(cells[0]),
            f"正文写“{match.group()}”，但表格“结果纠正”合计为 {figure(total)} 件",
            expected=0,
            got=total,
            cells=cells,
            spans=(passage.span(sentence.start + match.start(), sentence.start + match.end()),),
        )
