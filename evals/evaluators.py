"""Judges one result: each evaluator is a small dataclass that gives values with the reason for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext

from assistant.report.facts import Value
from evals.cases import Case
from evals.scoring import score_cells, score_prose, score_said
from evals.shown import score_shown
from evals.tasks import Checked, Drafted, RuleCase, serious

__all__ = ["Carefulness", "Cells", "Clean", "Cost", "Defect", "Fee", "Prose", "Said", "Shown"]

Scores = dict[str, EvaluationReason]
DraftContext = EvaluatorContext[Case, Drafted, None]

_SHOWN = 12
"""pieces listed in a reason"""


def _score(value: float, reason: str = "") -> EvaluationReason:
    return EvaluationReason(value, reason or None)


def _verdict(faults: Iterable[str]) -> EvaluationReason:
    """True when there is no fault; else the faults are the reason."""
    listed = list(faults)
    more = f"；另有 {len(listed) - _SHOWN} 处" if len(listed) > _SHOWN else ""
    return EvaluationReason(not listed, "；".join(listed[:_SHOWN]) + more or None)


@dataclass
class Cells(Evaluator[Case, Drafted, None]):
    """Are the cells right: none missing, none wrong, no zero that nobody declared?"""

    def evaluate(self, ctx: DraftContext) -> Scores:
        """Counts for the totals, and one verdict."""
        score = score_cells(ctx.inputs, ctx.output.draft)
        faults = [f"缺 {_cell(ctx, name)} {value}" for name, value in score.missing]
        faults += [f"错 {_cell(ctx, name)} 应为 {right}，现为 {got}" for name, got, right in score.wrong]
        faults += [f"误填 0 {_cell(ctx, name)} 公布为 {value}" for name, value in score.false_zeros]
        return {
            "cells_right": _score(score.right),
            "cells_expected": _score(score.expected),
            "cells_wrong": _score(len(score.wrong)),
            "false_zeros": _score(len(score.false_zeros)),
            "derived_right": _score(score.derived_right),
            "derived_filled": _score(score.derived_filled),
            "f1": _score(score.f1),
            "单元格": _verdict(faults),
        }


@dataclass
class Shown(Evaluator[Case, Drafted, None]):
    """Is every wrong cell named to the clerk, and is nobody asked about what was plainly said?"""

    def evaluate(self, ctx: DraftContext) -> Scores:
        """Counts for the totals, and one verdict on cells that are wrong without a word."""
        score = score_shown(score_cells(ctx.inputs, ctx.output.draft), ctx.output.draft)
        return {
            "silent": _score(len(score.silent)),
            "asked": _score(score.asked),
            "needless": _score(score.needless),
            "burden": _score(score.burden),
            "静默": _verdict(
                f"{_cell(ctx, name)} 应为 {right}，现为 {got}，没有任何提示"
                for name, got, right in score.silent
            ),
        }


def _cell(ctx: DraftContext, name: str) -> str:
    """A cell with the words it came from, if it came from any."""
    table, row, col = name.split(".")
    for cell in ctx.output.draft.cells:
        if (cell.table, cell.row, cell.col) == (table, row, col) and cell.evidence:
            return f"{name}（“{cell.evidence[0].quote[:30]}”）"
    return name


@dataclass
class Said(Evaluator[Case, Drafted, None]):
    """Is everything reported and asked that must be, and nothing called an error that is none?"""

    def evaluate(self, ctx: DraftContext) -> Scores:
        """Counts for the totals, and two verdicts."""
        score = score_said(ctx.inputs, ctx.output.draft)
        return {
            "findings_wanted": _score(len(score.wanted)),
            "findings_caught": _score(len(score.caught)),
            "alarms": _score(len(score.alarms)),
            "questions": _score(score.questions),
            "questions_needed": _score(score.needed),
            "发现": _verdict(f"未指出 {code}" for code in sorted(score.wanted - score.caught)),
            "误报": _verdict(score.alarms),
        }


@dataclass
class Prose(Evaluator[Case, Drafted, None]):
    """Does the prose say what the clerk said, and no figure besides?"""

    def evaluate(self, ctx: DraftContext) -> Scores:
        """Counts for the totals, and one verdict on figures; lost words are counted, because the reader may ask instead."""
        score = score_prose(ctx.inputs, ctx.output.draft)
        return {
            "figures": _score(score.figures),
            "figures_invented": _score(len(score.invented)),
            "narrative": _score(score.narrative),
            "narrative_lost": _score(len(score.lost), "；".join(score.lost)),
            "activities": _score(score.activities),
            "activities_uncovered": _score(len(score.uncovered), "；".join(score.uncovered)),
            "凭空数字": _verdict(f"文字中的 {text} 没有来源" for text in score.invented),
        }


@dataclass
class Fee(Evaluator[Case, Drafted, None]):
    """Is 信息处理费 as stated? Silent where the message says nothing of it."""

    def evaluate(self, ctx: DraftContext) -> Scores:
        """One verdict, or none."""
        stated = ctx.inputs.section6
        if stated is None:
            return {}
        fee = ctx.output.draft.report.info_fee
        pairs = (("金额", stated.info_fee_yuan, fee.yuan), ("件数", stated.info_fee_cases, fee.cases))
        return {"信息处理费": _verdict(_differences(pairs))}


def _differences(pairs: Iterable[tuple[str, Value | None, Value | None]]) -> Iterable[str]:
    for name, right, got in pairs:
        if right is not None and got != right:
            yield f"{name}应为 {right}，现为 {got}"


_TORN = ("TEXT_TABLE", "NONE_RECEIVED", "ALL_DONE")
"""rules that hold our own prose against our own tables"""


@dataclass
class Clean(Evaluator[Case, Drafted, None]):
    """Is our own draft clean when a reviewer checks it, but for what the facts themselves bring in?"""

    def evaluate(self, ctx: DraftContext) -> Scores:
        """How many errors and warnings of codes that the case does not expect."""
        case = ctx.inputs
        expected = {*case.findings, *case.error_findings, *case.also, "CELL_BLANK"}
        found = [f for f in serious(ctx.output.findings) if f.code not in expected]
        torn = [f.message for f in found if f.code in _TORN]
        return {
            "文表一致": _verdict(torn),
            "unclean": _score(len(found), "；".join(f"{f.code}：{f.message}" for f in found[:_SHOWN])),
        }


@dataclass
class Carefulness(Evaluator[Case, Drafted, None]):
    """Do words that try to command the program stay out of the report, and are the clerk's own words kept?"""

    def evaluate(self, ctx: DraftContext) -> Scores:
        """One verdict."""
        report = ctx.output.draft.report
        text = "\n".join([report.title, report.preamble, *report.sections.values()])
        faults = [f"报告中出现“{words}”" for words in ctx.inputs.never if words in text]
        faults += [f"报告中没有“{words}”" for words in ctx.inputs.words if words not in text]
        return {"用语": _verdict(faults)}


@dataclass
class Cost(Evaluator[Case, Drafted, None]):
    """What the draft cost."""

    def evaluate(self, ctx: DraftContext) -> Scores:
        """Rounds and tokens of the model, and seconds."""
        use = ctx.output.draft.model
        return {
            "rounds": _score(use.rounds),
            "tokens": _score(use.input_tokens + use.output_tokens),
            "seconds": _score(ctx.output.seconds),
        }


@dataclass
class Defect(Evaluator[RuleCase, Checked, None]):
    """Is the deliberate defect found by its rule, and a lawful report left alone?"""

    def evaluate(self, ctx: EvaluatorContext[RuleCase, Checked, None]) -> Scores:
        """Counts for the totals, and one verdict."""
        case, result = ctx.inputs, ctx.output
        if not case.code:
            found = serious(result.findings)
            faults = [f"误报 {f.code}：{f.message}" for f in found]
            return {"controls": _score(1), "false_alarms": _score(len(found)), "静默": _verdict(faults)}
        if not result.placed:
            return {}
        caught = any(f.code == case.code for f in result.findings)
        faults = [] if caught else [f"{case.code} 没有指出放入的差错"]
        return {"defects": _score(1), "caught": _score(int(caught)), "查出": _verdict(faults)}
