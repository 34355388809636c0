"""Faults of the frame and of the neighbours: title, preamble, dates of publication, sibling units, last year."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from assistant.checks import CheckInput
from assistant.checks.together.siblings import Beside, Peers, Sibling
from assistant.forms import CellKey
from assistant.report import AnnualReport, Level, Scope
from assistant.report.facts import Aspect, Fact, FactKind
from evals.mutations.prose import append
from evals.mutations.registry import mutation, prose, with_cells
from evals.printing import as_printed


def _framed(ctx: CheckInput, **changes: str) -> CheckInput:
    report = ctx.report.model_copy(update=changes)
    return replace(ctx, report=as_printed(report) if ctx.finished else report)


def _finished(ctx: CheckInput) -> CheckInput:
    return ctx if ctx.finished else replace(ctx, report=as_printed(ctx.report))


@mutation("UNIT")
def write_yuan(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.report.form != "2021":
        return None
    yuan = rng.randint(10_000, 90_000_000)
    key = CellKey("table2", "admin_fee", "amount_wan")
    spoiled = with_cells(ctx, {key: yuan})
    return append(spoiled, "s6", f"收取行政事业性收费{yuan}元。") if rng.random() < 0.5 else _small(spoiled)


def _small(ctx: CheckInput) -> CheckInput | None:
    return ctx if ctx.report.org.level in (Level.TOWN, Level.DEPARTMENT) else None


@mutation("JUMP")
def multiply(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.previous is None or ctx.previous.form != ctx.report.form:
        return None
    keys = [k for k, v in ctx.previous.filled() if v >= 10 and (k.table != "table3" or k.col == "total")]
    if not keys:
        return None
    key = rng.choice(keys)
    before = ctx.previous.value(key)
    return None if before is None else with_cells(ctx, {key: before * rng.randint(6, 20)})


@mutation("PENDING_LOST")
def lose_pending(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.previous is None:
        return None
    last = ctx.previous.with_cells({CellKey("table4", "review", "pending"): rng.randint(1, 4)})
    return replace(with_cells(ctx, dict.fromkeys(ctx.form.table("table4").cells, 0)), previous=last)


@mutation("TREND_TEXT")
def wrong_trend(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    key = CellKey("table3", "new_received", "total")
    now, before = ctx.value(key), ctx.previous.value(key) if ctx.previous else None
    if not now or before is None:
        return None
    change = abs(int(now) - int(before)) + rng.randint(1, 9)
    word = "增加" if now > before else "减少"
    said = [f"比上年{word}{change}件", f"同比{'下降' if now > before else '增长'}{rng.randint(1, 90)}%"]
    return append(ctx, "s6", f"{ctx.report.year}年收到政府信息公开申请{now}件，{rng.choice(said)}。")


@mutation("OUTCOME_WORD")
def wrong_outcome_word(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    corrected = CellKey("table4", "review", "corrected")
    if rng.random() < 0.5:
        spoiled = with_cells(ctx, {corrected: 1})
        return append(spoiled, "s6", "因政府信息公开被申请行政复议的案件，均维持原答复。")
    other = ctx.value(corrected._replace(col="other"))
    return (
        None
        if other is None
        else append(ctx, "s6", f"因政府信息公开发生的行政复议中，申请人撤回{other + 1}件。")
    )


@mutation("PERCENT")
def wrong_rate(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    whole = rng.randint(50, 300)
    part = rng.randint(15, whole - 15)
    wrong = round(100 * part / whole) + rng.choice([-4, -3, 3, 4])
    return append(ctx, "s6", f"公开信息{whole}条，财政信息{part}条，占{wrong}%。")


@mutation("SCOPE_MISMATCH")
def mix_scopes(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    count = rng.randint(20, 99)
    if ctx.report.org.scope is Scope.GOVERNMENT:
        return append(ctx, "s6", f"政府办公室收到政府信息公开申请{count}件。")
    return append(ctx, "s6", f"全县收到政府信息公开申请{count}件。") if ctx.report.org.level else None


@mutation("UNGROUNDED_NUMBER")
def invent(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    fact = Fact(id="f1", kind=FactKind.ACTIVITY, where=Aspect.DISCLOSURE.value, text="更新了公开栏")
    return replace(append(ctx, "s6", f"组织培训{rng.randint(100_000, 900_000)}次。"), facts=(fact,))


@mutation("ASPECTS")
def drop_an_aspect(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    return _finished(prose(ctx, s1="（一）主动公开。公开信息20条。\n（二）依申请公开。按照规定办理。"))


@mutation("LENGTH")
def run_on(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.report.form != "2021":
        return None
    return append(ctx, "s1", "按照规定及时更新公开目录和公开指南。" * 60)


@mutation("PREAMBLE")
def drop_the_preamble(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    return _finished(_framed(ctx, preamble=rng.choice(["", "根据《中华人民共和国政府信息公开条例》编制。"])))


@mutation("BASIS")
def cite_the_other_form(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    other = "国办公开办函〔2019〕60号" if ctx.report.form == "2021" else "国办公开办函〔2021〕30号"
    return _framed(ctx, preamble=f"本报告按照{other}要求编制。")


@mutation("DEADLINE")
def publish_late(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.report.year is None:
        return None
    late = date(ctx.report.year + 1, 4, 1) + timedelta(days=rng.randint(0, 200))
    early = date(ctx.report.year, 12, rng.randint(1, 31))
    return replace(ctx, published=rng.choice([late, early]))


@mutation("CONTACT")
def break_the_phone(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    said = [
        "如有疑问请联系，电话：0310-34567。",
        "地址：府前街1号，邮编：05300，电话：0310-3456789。",
        "地址：府前街1号。",
    ]
    return _framed(ctx, preamble=rng.choice(said))


@mutation("LINK")
def link_elsewhere(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    links = [
        "http://www.example.com/report",
        f"https://www.qinghe.gov.cn/{ctx.report.year}-01/15/content_1.html",
    ]
    return _framed(ctx, preamble=f"电子版网址：{rng.choice(links)}。")


@mutation("TITLE")
def misname(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    name, year = ctx.report.org.name, ctx.report.year
    titles = [
        f"{name}{year}年度政府信息公开工作年度报告",
        f"{year}年政府信息公开工作年度报告",
        f"{name}{year}年政府信息公开年报",
    ]
    return _framed(ctx, title=rng.choice(titles))


@mutation("ROLLUP")
def wrong_sum(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.report.org.scope is not Scope.GOVERNMENT:
        return None
    key = rng.choice(ctx.form.cells)
    value = ctx.value(key)
    if value is None:
        return None
    unit = ctx.report.with_cells(
        {key: value + (Decimal("0.5") if ctx.form.column(key).kind == "amount" else 1)}
    )
    return replace(ctx, beside=Beside(units=(Sibling.of(unit),)))


@mutation("TWIN_TEXT")
def copy_a_sibling(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    return _among(ctx, [_renamed(ctx.report, "清河县马家沟镇人民政府")])


def _among(ctx: CheckInput, siblings: list[AnnualReport]) -> CheckInput:
    return replace(ctx, beside=Beside(peers=Peers.of(ctx.report, siblings)))


@mutation("WRONG_PREVIOUS")
def compare_with_another(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.previous is None:
        return None
    other = _renamed(ctx.previous, "清河县马家沟镇人民政府")
    return replace(ctx, previous=rng.choice([other, ctx.report]))


def _renamed(report: AnnualReport, name: str) -> AnnualReport:
    return report.model_copy(update={"org": report.org.model_copy(update={"name": name})})


@mutation("OUTLIER")
def stand_out(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    key = CellKey(ctx.form.table2.key, "admin_license", "decisions")
    peer = ctx.report.with_cells({key: rng.randint(301, 900)})
    return _among(with_cells(ctx, {key: 0}), [_renamed(peer, f"单位{i}") for i in range(3)])
