"""Random registers of requests, laid out in many ways, with the figures that a clerk would count from them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from assistant.documents.blocks import Block
from tests.extraction.ledgers.tables import table_block

__all__ = ["Made", "make_register"]

YEAR = 2025
COLS = (
    "natural_person",
    "biz_enterprise",
    "research_inst",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
)
TYPES: dict[str, tuple[str, ...]] = {
    "natural_person": ("自然人", "个人", "公民", "居民", "村民"),
    "biz_enterprise": ("商业企业", "企业", "公司", "法人或其他组织-商业企业", "法人/其他组织（商业企业）"),
    "research_inst": ("科研机构", "研究院", "科研院所", "法人或其他组织-科研机构"),
    "public_welfare_org": ("社会公益组织", "公益组织", "基金会", "法人或其他组织—社会公益组织"),
    "legal_service_org": ("法律服务机构", "律师事务所", "律所", "法人或者其他组织（法律服务机构）"),
    "other_org": ("其他", "其它", "其他组织", "法人或其他组织-其他"),
}
NAMES: dict[str, tuple[str, ...]] = {
    "natural_person": ("王强", "李秀英", "张某", "赵国庆", "孙*", "欧阳雪", "周海燕"),
    "biz_enterprise": ("恒泰物业服务有限公司", "鑫达置业有限责任公司", "永兴建设集团"),
    "research_inst": ("省水利科学研究院", "江南经济研究所"),
    "public_welfare_org": ("阳光慈善基金会", "绿水公益服务中心"),
    "legal_service_org": ("江城正义律师事务所", "众诚律师事务所"),
    "other_org": ("东风村第三村民小组", "锦绣花园业主委员会"),
}
OUTCOMES: dict[str, tuple[str, ...]] = {
    "granted": (
        "予以公开",
        "公开",
        "给了",
        "同意公开",
        "网上已经公开，告知网址",
        "全部公开",
        "予以公开（告知获取途径）",
    ),
    "partial": (
        "部分公开",
        "公开了一部分，隐去了身份证号",
        "部份公开",
        "只给了一部分",
        "部分公开（第三方隐私不公开）",
    ),
    "deny_state_secret": ("不予公开（国家秘密）", "涉密，不公开", "不予公开-属于国家秘密"),
    "deny_third_party": (
        "不予公开（商业秘密）",
        "涉及个人隐私，征求意见后不同意公开",
        "不予公开—保护第三方合法权益",
    ),
    "deny_internal_affairs": ("不予公开-属于三类内部事务信息", "内部工作流程信息，不公开"),
    "deny_process_info": ("不予公开（过程性信息）", "过程性信息，不公开"),
    "deny_enforcement_file": ("不予公开-行政执法案卷", "不予公开（执法案卷）"),
    "deny_admin_query": ("不予公开-属于行政查询事项", "按档案查询规定办，告知查询途径"),
    "na_not_held": (
        "无法提供-本机关不掌握",
        "没有这个信息",
        "信息不存在",
        "不归我局管，告知去住建局申请",
        "不属于本机关负责公开",
    ),
    "na_need_creation": ("无法提供（需另行制作）", "要重新汇总加工，无法提供", "没有现成信息"),
    "na_still_unclear": ("无法提供-补正后仍不明确",),
    "np_petition": ("信访事项，不予处理", "不予处理-信访举报投诉", "属于信访投诉，转信访渠道"),
    "np_repeat": ("重复申请，不予处理", "和上次一样的申请，不重复处理", "重复申请"),
    "np_publication": ("不予处理-要求提供公开出版物",),
    "np_excessive": ("不予处理-大量反复申请",),
    "np_reconfirm": ("不予处理—要求重新出具",),
    "ot_no_correction": ("逾期未补正，不再处理", "补正通知发出后没回应，视为放弃", "其他处理-逾期不补正"),
    "ot_unpaid_fee": ("其他处理-逾期未缴费",),
    "ot_other": ("本人撤回申请", "申请人撤回", "其他处理-其他"),
}
FAMILY = {"deny": "不予公开", "na": "无法提供", "np": "不予处理", "ot": "其他处理"}
ITEMS = {
    "deny_state_secret": "国家秘密",
    "deny_third_party": "第三方权益",
    "deny_internal_affairs": "内部事务信息",
    "deny_process_info": "过程性信息",
    "deny_enforcement_file": "执法案卷",
    "deny_admin_query": "行政查询事项",
    "na_not_held": "不掌握",
    "na_need_creation": "没有现成信息需另行制作",
    "na_still_unclear": "补正后仍不明确",
    "np_petition": "信访类",
    "np_repeat": "重复申请",
    "np_publication": "公开出版物",
    "np_excessive": "大量反复申请",
    "np_reconfirm": "要求重新出具",
    "ot_no_correction": "逾期不补正",
    "ot_unpaid_fee": "逾期未缴费",
    "ot_other": "撤回",
}
OPEN = ("正在办理", "办理中", "还没答复", "未到期，办理中", "")
UNKNOWN = ("已按规定另案核查", "阅处", "面谈后了结此事", "不予受理")
CONTENTS = (
    "公墓用地规划批文",
    "2023年水利建设项目招投标结果",
    "征地补偿公开情况",
    "会议纪要",
    "低保资金发放名单",
    "行政处罚决定书",
)
DATES: tuple[Callable[[date], str], ...] = (
    lambda d: d.isoformat(),
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: str(datetime.combine(d, time(9, 30))),
    lambda d: str((d - date(1899, 12, 30)).days),
)
TICKS = ("√", "✓", "1", "●", "☑")


@dataclass
class Request:
    """One request as it was."""

    received: date
    answered: date | None
    row: str
    col: str
    unknown: str = ""
    void: str = ""


@dataclass
class Made:
    """A register and what is true of it. ``told`` are the cells an unknown word may change."""

    blocks: list[Block]
    truth: Counter[tuple[str, str]] = field(default_factory=Counter)
    requests: list[Request] = field(default_factory=list)
    typed: bool = True
    names: set[str] = field(default_factory=set)


def _requests(rng: random.Random, size: int) -> list[Request]:
    made: list[Request] = []
    for _ in range(size):
        received = date(YEAR, 1, 1) + timedelta(
            days=rng.choice((rng.randrange(365), rng.randrange(-40, 365)))
        )
        if rng.random() < 0.02:
            received = date(YEAR + 1, 1, 1) + timedelta(days=rng.randrange(9))
        answered: date | None = received + timedelta(days=rng.randrange(3, 30))
        if received >= date(YEAR, 12, 1) and rng.random() < 0.6:
            answered = None
        request = Request(
            received, answered, rng.choice(list(OUTCOMES)), rng.choices(COLS, (60, 15, 3, 4, 8, 5))[0]
        )
        if rng.random() < 0.02:
            request.unknown = rng.choice(UNKNOWN)
        if rng.random() < 0.02:
            request.void = rng.choice(("作废", "重复录入", "测试"))
        made.append(request)
    return sorted(made, key=lambda r: r.received)


def _count(requests: Sequence[Request]) -> Counter[tuple[str, str]]:
    """What the register counts up to, from the requests alone."""
    truth: Counter[tuple[str, str]] = Counter()
    for request in requests:
        done = request.answered is not None and request.answered.year <= YEAR
        if request.void or request.received.year > YEAR:
            continue
        if request.received.year < YEAR and request.answered is not None and request.answered.year < YEAR:
            continue
        rows = ["new_received" if request.received.year == YEAR else "carried_over"]
        rows += ["result_total", request.row] if done else ["carried_forward"]
        for row in rows:
            truth[row, request.col] += 1
            truth[row, "total"] += 1
    return truth


def make_register(seed: int, size: int | None = None) -> Made:
    """A register in a random layout; the same seed makes the same register."""
    rng = random.Random(seed)
    requests = _requests(rng, size or rng.randrange(3, 45))
    truth = _count(requests)
    layout = _Layout(rng)
    parts = [requests]
    names = [""]
    if rng.random() < 0.2 and len(requests) > 8:
        cuts = sorted(rng.sample(range(2, len(requests) - 1), 2))
        parts = [requests[: cuts[0]], requests[cuts[0] : cuts[1]], requests[cuts[1] :]]
        names = ["一部分", "二部分", "三部分"]
    blocks: list[Block] = []
    offset = 0
    for name, part in zip(names, parts, strict=True):
        blocks.append(layout.block(part, name, offset, first=not blocks))
        offset = blocks[-1].end + 1
    if rng.random() < 0.15:
        old = [
            Request(r.received.replace(year=YEAR - 2), None, r.row, r.col)
            for r in requests[:3]
            if r.received.month != 2
        ]
        if old:
            for request in old:
                request.answered = request.received + timedelta(days=10)
            blocks.append(layout.block(old, f"{YEAR - 2}年", offset, first=False))
    return Made(blocks, truth, requests, layout.typed, layout.names)


class _Layout:
    """How one register is laid out."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.date = rng.choice(DATES)
        self.mixed = rng.random() < 0.2
        self.tick = rng.choice(TICKS)
        self.style = rng.choice(("words", "words", "two", "ticks", "status", "both_ticks"))
        self.typed = rng.random() < 0.8 or self.style == "both_ticks"
        self.title = rng.random() < 0.6
        self.repeat = rng.random() < 0.3
        self.sum = rng.random() < 0.4
        self.blanks = rng.random() < 0.2
        self.serial = rng.choice(("序号", "编号", "登记号", ""))
        self.names: set[str] = set()
        self.head_received = rng.choice(("收到日期", "申请日期", "收到", "受理时间", "收件日期", "申请时间"))
        self.head_answered = rng.choice(("答复日期", "办结日期", "答复时间", "回复时间"))
        self.head_name = rng.choice(("申请人", "谁申请的", "申请人姓名/名称", "姓名"))
        self.head_type = rng.choice(("类别", "申请人类型", "申请人性质", "申请人类别", "申请人情况"))
        self.head_outcome = rng.choice(
            ("答复结果", "处理结果", "怎么答复的", "办理结果", "答复情况", "办理情况")
        )
        keys = ["received", "name", "content", "answered", "outcome"]
        keys += ["type"] if self.typed else []
        keys += ["remark"] if rng.random() < 0.7 else []
        keys += ["phone"] if rng.random() < 0.3 else []
        keys += ["channel"] if rng.random() < 0.3 else []
        rng.shuffle(keys)
        self.keys = (["serial"] if self.serial else []) + keys

    def block(self, requests: Sequence[Request], sheet: str, offset: int, first: bool) -> Block:
        columns = [self.column(key, requests, sheet) for key in self.keys]
        flat = [head for heads, _ in columns for head in heads]
        rows = [[cell for _, cells in columns for cell in cells[i]] for i in range(len(requests))]
        two = any(above for above, _ in flat)
        merges: list[tuple[int, int, int, int]] = []
        lines: list[list[str]] = []
        if self.title and first:
            lines.append([f"某县水利局{YEAR}年政府信息公开申请登记台账", *[""] * (len(flat) - 1)])
            merges.append((0, 0, 0, len(flat) - 1))
        top = len(lines)
        header = self.header(flat, two, top, merges)
        lines += header
        for index, row in enumerate(rows):
            if self.repeat and index and index % 12 == 0:
                shift = len(lines) - top
                lines += header
                merges += [
                    (a + shift, b, c + shift, d)
                    for a, b, c, d in merges
                    if a >= top and c < top + len(header)
                ]
            lines.append(row)
            if self.blanks and self.rng.random() < 0.1:
                lines.append([""] * len(flat))
        if self.sum:
            lines.append(self.sums(requests, len(flat)))
        return table_block(lines, merges, sheet, offset=offset)

    @staticmethod
    def header(
        flat: Sequence[tuple[str, str]], two: bool, top: int, merges: list[tuple[int, int, int, int]]
    ) -> list[list[str]]:
        """One header row, or two with merged groups."""
        if not two:
            return [[leaf for _, leaf in flat]]
        above = [group or leaf for group, leaf in flat]
        below = [leaf if group else "" for group, leaf in flat]
        at = 0
        while at < len(flat):
            end = at
            while flat[at][0] and end + 1 < len(flat) and flat[end + 1][0] == flat[at][0]:
                end += 1
            merges.append((top, at, top, end) if flat[at][0] else (top, at, top + 1, at))
            at = end + 1
        return [above, below]

    def sums(self, requests: Sequence[Request], width: int) -> list[str]:
        return ["合计", f"{len(requests)}件", *[""] * (width - 2)]

    def column(
        self, key: str, requests: Sequence[Request], sheet: str
    ) -> tuple[list[tuple[str, str]], list[list[str]]]:
        """The header (group and leaf) and the cells of one column, or of a group of columns."""
        if key == "type" and self.style in ("both_ticks", "ticks"):
            leaves = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
            cells = [[self.tick if r.col == col else "" for col in COLS] for r in requests]
            return [("申请人性质", leaf) for leaf in leaves], cells
        if key == "outcome" and self.style == "both_ticks":
            return self.ticked_outcomes(requests)
        if key == "outcome" and self.style == "two":
            return [("", "答复类型"), ("", "答复情形")], [self.two(r) for r in requests]
        if key == "outcome" and self.style == "status":
            return [("", "办理状态"), ("", self.head_outcome)], [self.state(r) for r in requests]
        heads = {
            "serial": self.serial,
            "received": self.head_received,
            "answered": self.head_answered,
            "name": self.head_name,
            "type": self.head_type,
            "outcome": self.head_outcome,
            "content": "申请内容",
            "remark": "备注",
            "phone": "联系电话",
            "channel": "提交方式",
        }
        return [("", heads[key])], [[self.cell(key, r, i)] for i, r in enumerate(requests)]

    def cell(self, key: str, request: Request, index: int) -> str:
        rng = self.rng
        if key == "serial":
            return str(index + 1) if self.serial == "序号" else f"{request.received.year}-{index + 1:03}"
        if key == "received":
            return self.written(request.received)
        if key == "answered":
            return self.written(request.answered) if request.answered else ""
        if key == "name":
            name = rng.choice(NAMES[request.col])
            self.names.add(name)
            return name
        if key == "type":
            return rng.choice(TYPES[request.col])
        if key == "outcome":
            return self.outcome(request)
        fixed = {
            "content": rng.choice(CONTENTS),
            "phone": f"138{rng.randrange(10**8):08}",
            "channel": rng.choice(("网上", "邮寄", "当面")),
        }
        if key == "remark":
            return request.void
        return fixed[key]

    def written(self, day: date) -> str:
        return self.rng.choice(DATES[:6])(day) if self.mixed else self.date(day)

    def outcome(self, request: Request) -> str:
        if request.void and "remark" not in self.keys:
            return request.void
        if request.answered is None:
            return self.rng.choice(OPEN)
        return request.unknown or self.rng.choice(OUTCOMES[request.row])

    def two(self, request: Request) -> list[str]:
        if request.answered is None or request.unknown or (request.void and "remark" not in self.keys):
            return [self.outcome(request), ""]
        family = FAMILY.get(request.row.split("_")[0])
        if family is None:
            return ["予以公开" if request.row == "granted" else "部分公开", ""]
        return [family, ITEMS[request.row]]

    def state(self, request: Request) -> list[str]:
        if request.void and "remark" not in self.keys:
            return ["", request.void]
        return ["办理中", ""] if request.answered is None else ["已办结", self.outcome(request)]

    def ticked_outcomes(self, requests: Sequence[Request]) -> tuple[list[tuple[str, str]], list[list[str]]]:
        leaves = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
        cells: list[list[str]] = []
        for request in requests:
            family = FAMILY.get(request.row.split("_")[0]) or (
                "予以公开" if request.row == "granted" else "部分公开"
            )
            note = f"（{ITEMS[request.row]}）" if request.row in ITEMS else ""
            mark = "√" if self.tick == "1" else self.tick
            ticked = [f"{mark}{note}" if leaf == family else "" for leaf in leaves]
            if request.void and "remark" not in self.keys:
                ticked = ["作废", *[""] * 5]
            elif request.answered is None:
                ticked = [""] * 6
            cells.append(ticked)
        return [("办理结果", leaf) for leaf in leaves], cells
