"""Faults in the words: figures that differ from the tables, statements that do not hold, slips of the pen."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from assistant.checks import CheckInput
from assistant.forms import CellKey
from evals.mutations.registry import mutation, prose
from evals.printing import as_printed


def append(ctx: CheckInput, section: str, sentence: str) -> CheckInput:
    return prose(ctx, **{section: ctx.report.sections[section] + sentence})


@mutation("TEXT_TABLE")
def another_figure(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    """A figure of the prose is retyped."""
    claims = [
        c for c in ctx.claims.figures if c.value and c.figure.end > c.figure.start and len(c.readings) == 1
    ]
    if not claims:
        return None
    claim = rng.choice(claims)
    text = ctx.report.sections[claim.figure.key]
    wrong = str(int(claim.value) + rng.randint(1, 9) * 10)
    return prose(ctx, **{claim.figure.key: text[: claim.figure.start] + wrong + text[claim.figure.end :]})


@mutation("NONE_RECEIVED")
def deny_receipt(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if not ctx.value(CellKey("table3", "new_received", "total")):
        return None
    said = [
        "未收到政府信息公开申请。",
        "没有收到公民、法人或者其他组织提出的政府信息公开申请。",
        "全年无政府信息公开申请。",
    ]
    return append(ctx, "s6", rng.choice(said))


@mutation("ALL_DONE")
def claim_all_done(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if not ctx.value(CellKey("table3", "carried_forward", "total")):
        return None
    said = [
        "收到的政府信息公开申请均已按时办结。",
        "政府信息公开申请全部依法答复。",
        "政府信息公开申请按期办结率为100%。",
    ]
    return append(ctx, "s6", rng.choice(said))


@mutation("YEAR")
def last_years_sentence(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    year = ctx.report.year
    if year is None:
        return None
    if rng.random() < 0.5:
        report = ctx.report.model_copy(update={"title": ctx.report.title.replace(str(year), str(year - 1))})
        return replace(ctx, report=as_printed(report) if ctx.finished else report)
    return append(ctx, "s6", f"{year - 1}年，各项公开工作按计划完成。".replace("计划", "要求"))


@mutation("SELF_NAME")
def another_self(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    other = {
        "我乡": "我镇",
        "我镇": "我乡",
        "我街道": "我镇",
        "我局": "我委",
        "我委": "我局",
        "我县": "我区",
        "我区": "我县",
    }.get(ctx.report.org.short_self)
    return append(ctx, "s5", f"努力推进{other}政务公开工作。") if other else None


@mutation("ORDINAL")
def repeat_an_ordinal(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    for section in rng.sample(["s1", "s5"], 2):
        text = ctx.report.sections[section]
        for old, new in (("三是", "二是"), ("二是", "一是"), ("（二）", "（三）")):
            at = text.find(old)
            if at > 0:
                return prose(ctx, **{section: text[:at] + new + text[at + len(old) :]})
    return None


@mutation("FEE_STATEMENT")
def forget_the_fee(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.report.form != "2021":
        return None
    return prose(ctx, s6=rng.choice(["无其他需要报告的事项。", "本年度未收取行政事业性收费。"]))


@mutation("PUNCT")
def half_width(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    section = rng.choice(["s1", "s5"])
    text = ctx.report.sections[section]
    spots = [m.start() for m in re.finditer(r"(?<=[\u4e00-\u9fff])[，。；：](?=[\u4e00-\u9fff])", text)]
    if not spots:
        return None
    at = rng.choice(spots)
    wrong = {"，": [",", "，，"], "。": [".", "。。"], "；": [";"], "：": [":"]}[text[at]]
    return prose(ctx, **{section: text[:at] + rng.choice(wrong) + text[at + 1 :]})
