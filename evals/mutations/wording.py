"""Faults of wording inside the prose: sums, dates, placeholders, misprints, copied text."""

from __future__ import annotations

import random

from assistant.checks import CheckInput
from assistant.forms import CellKey
from assistant.report import Level
from evals.mutations.prose import append
from evals.mutations.registry import mutation, prose


@mutation("NARRATIVE_SUM")
def parts_do_not_add_up(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    parts = [rng.randint(2, 90) for _ in range(rng.randint(2, 4))]
    whole = sum(parts) + rng.choice([-1, 1]) * rng.randint(1, 9)
    listed = (
        "、".join(f"{name}{value}条" for name, value in zip("甲乙丙丁", parts, strict=False))
        .replace("甲", "动态类")
        .replace("乙", "政策类")
    )
    lead = rng.choice(["，其中包括", "，分别为", "：", "，包括"])
    return append(
        ctx, "s6", f"公开信息{whole}条{lead}{listed.replace('丙', '财政类').replace('丁', '民生类')}。"
    )


@mutation("MIXED_UNIT")
def add_apples_to_pears(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    items, people = rng.randint(2, 50), rng.randint(2, 30)
    return append(ctx, "s6", f"公开信息{items + people}条，包括通知公告{items}条、领导介绍{people}人。")


@mutation("SAME_TWICE")
def say_it_differently(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    first = rng.randint(20, 400)
    return append(
        ctx, "s6", f"全年主动公开政府信息{first}条。全年主动公开政府信息{first + rng.randint(1, 40)}条。"
    )


@mutation("NUMBER_MISSING")
def forget_a_figure(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    said = [
        "收到政府信息公开申请件。",
        "组织培训XX次。",
        "发布信息××条。",
        "共公开信息（）条。",
        "参加培训人次，内容丰富。",
    ]
    return append(ctx, "s6", rng.choice(said))


@mutation("PARTS_DECLARED")
def declare_seven(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    return append(ctx, "s1", rng.choice(["本报告由七部分组成。", "本报告包括五个部分内容。"]))


@mutation("VAGUE_COUNT")
def round_off(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    total = ctx.value(CellKey("table3", "new_received", "total"))
    if not total:
        return None
    return append(
        ctx, "s6", rng.choice([f"收到政府信息公开申请{total}余件。", f"收到政府信息公开申请约{total}件。"])
    )


@mutation("DATE")
def impossible_day(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    year = ctx.report.year
    return append(
        ctx,
        "s6",
        rng.choice([f"{year}年2月30日组织培训。", "11月31日召开会议。", "2023年5月1日（星期三）公布。"]),
    )


@mutation("FOREIGN_BODY")
def leave_a_neighbour(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    level = ctx.report.org.level
    if level is Level.TOWN:
        return append(ctx, "s5", "马家沟镇人民政府将加强公开栏管理。")
    if level is not Level.DEPARTMENT:
        return None
    return append(ctx, "s5", rng.choice(["在政务服务中心气象窗口设置查阅点。", "审计局严格落实审核制度。"]))


@mutation("GENERIC_TEXT")
def say_nothing(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    return prose(
        ctx, s5=rng.choice(["无。", "不存在问题。", "思想认识有待提高，今后将加强领导。", "将组织培训。"])
    )


@mutation("SELF_PRAISE")
def praise(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    return append(ctx, "s5", rng.choice(["工作成效显著。", "公开工作走在前列。", "得到群众一致好评。"]))


@mutation("TYPO")
def misspell(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    said = [
        "按照工作部暑推进公开。",
        "更新台帐。",
        f"截止{ctx.report.year}年12月31日，工作正常。",
        "做为年度任务。",
        "畅通受理渠。",
    ]
    return append(ctx, "s5", rng.choice(said))


@mutation("PUBLIC_VOICE")
def write_upward(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    return append(
        ctx, "s6", rng.choice(["以上情况请审阅。", "按照贵办要求报送。", "特此报告。", "妥否，请批示。"])
    )


@mutation("PRIVACY")
def give_away(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    said = [
        "申请人王小明提出申请。",
        "联系13812345678。",
        "身份证号11010519491231002X。",
        "银行卡6222020200112230004。",
    ]
    return append(ctx, "s6", rng.choice(said))


@mutation("SECRECY")
def mark_secret(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    return append(ctx, "s6", rng.choice(["\n秘密★一年", "\n机密", "\n内部资料 注意保存", "\n密级：秘密"]))


@mutation("REUSED_TEXT")
def copy_last_year(ctx: CheckInput, rng: random.Random) -> CheckInput | None:
    if ctx.previous is None or ctx.report.year is None:
        return None
    last = ctx.previous.sections["s5"]
    again = last.replace(str(ctx.report.year - 1), str(ctx.report.year))
    return prose(ctx, s5=again)
