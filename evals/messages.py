"""Random raw-fact messages worded from lawful reports: many layouts, numerals, corrections and decoys.

The report is the truth of the message: whatever a reader states must hold in it. Used by the property test of the reader and
by its benchmark.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from assistant.numerals import to_chinese
from assistant.report import AnnualReport
from assistant.report.facts import Value
from evals.lawful import lawful_report

__all__ = ["Message", "message"]

APPLICANTS = {
    "natural_person": ("自然人", "个人", "群众"),
    "biz_enterprise": ("商业企业", "企业", "公司"),
    "research_inst": ("科研机构", "科研单位"),
    "public_welfare_org": ("社会公益组织", "公益组织"),
    "legal_service_org": ("法律服务机构", "律所"),
    "other_org": ("其他组织",),
}
RESULTS = {
    "granted": ("予以公开", "公开了", "全部给了"),
    "partial": ("部分公开", "给了一部分"),
    "deny_state_secret": ("属于国家秘密", "涉密"),
    "deny_law_forbidden": ("其他法律行政法规禁止公开", "法律法规禁止公开"),
    "deny_safety_stability": ("危及“三安全一稳定”", "三安全一稳定"),
    "deny_third_party": ("保护第三方合法权益", "涉及商业秘密"),
    "deny_internal_affairs": ("三类内部事务信息", "内部事务信息"),
    "deny_process_info": ("四类过程性信息", "过程性信息"),
    "deny_enforcement_file": ("行政执法案卷", "执法案卷"),
    "deny_admin_query": ("行政查询事项", "查询事项"),
    "na_not_held": ("本机关不掌握", "信息不存在", "不归我们管"),
    "na_need_creation": ("需另行制作", "没有现成信息需要另行制作"),
    "na_still_unclear": ("补正后仍不明确", "补正以后还是不明确"),
    "np_petition": ("信访举报投诉类", "信访投诉类申请"),
    "np_repeat": ("重复申请",),
    "np_publication": ("要求提供公开出版物",),
    "np_excessive": ("大量反复申请",),
    "np_reconfirm": ("要求确认或重新出具",),
    "ot_no_correction": ("逾期不补正", "让他补正没补"),
    "ot_unpaid_fee": ("逾期未缴费",),
    "ot_other": ("其他处理里的“其他”", "申请人撤回"),
}
DECOYS = (
    "网站发布信息{n}条",
    "政务公众号推送{n}篇",
    "接听热线{n}件",
    "办理人大建议{n}件",
    "政策解读{n}期",
    "培训{n}人次",
    "大厅办件量{n}件",
    "网站访问量{n}万次",
    "信访件{n}件",
)
GREETINGS = ("您好，数据如下。", "王主任，我把数报一下。", "麻烦帮我起草一下。", "")


@dataclass(frozen=True)
class Message:
    """A message with the report it was worded from; ``style`` names the layout."""

    text: str
    report: AnnualReport
    style: str


def message(seed: int) -> Message:
    """The message of a seed; the same seed gives the same message."""
    rng = random.Random(f"message-{seed}")
    report = lawful_report(seed)
    writer = _Writer(rng, report)
    style, third = rng.choice(writer.layouts())
    parts = [third(), writer.second_table(), writer.cases(), writer.decoys(), writer.fee()]
    if style != "speech":
        parts.insert(0, rng.choice(GREETINGS))
        rng.shuffle(parts[2:])
    return Message("\n".join(p for p in parts if p), report, style)


class _Writer:
    def __init__(self, rng: random.Random, report: AnnualReport) -> None:
        self.rng, self.report = rng, report
        self.numeral: Callable[[int], str] = rng.choice((str, str, str, to_chinese, _full_width))
        self.words = {k: rng.choice(v) for k, v in (APPLICANTS | RESULTS).items()}

    def layouts(self) -> list[tuple[str, Callable[[], str]]]:
        found: list[tuple[str, Callable[[], str]]] = [
            ("prose", self.prose),
            ("list", self.terse),
            ("matrix", self.matrix),
            ("csv", self.csv),
            ("speech", self.speech),
            ("by applicant", self.by_applicant),
        ]
        return found

    # ------------------------------------------------------------ figures
    def cell(self, row: str, col: str = "total") -> int:
        value = self.report.tables["table3"][row][col]
        assert isinstance(value, int)
        return value

    def n(self, value: Value | None) -> str:
        assert value is not None
        return self.numeral(value) if isinstance(value, int) and value < 10**8 else str(value)

    def applicants(self, row: str, unit: str = "件") -> str:
        shown = [(c, self.cell(row, c)) for c in APPLICANTS if self.cell(row, c)]
        return "、".join(f"{self.words[c]}{self.n(v)}{unit}" for c, v in shown)

    def rows(self) -> list[str]:
        return [r for r in RESULTS if self.cell(r)]

    # ------------------------------------------------------------ table 3
    def prose(self) -> str:
        out = [f"本年新收政府信息公开申请{self.n(self.cell('new_received'))}件"]
        out[0] += f"，其中{self.applicants('new_received')}" if self.cell("new_received") else ""
        over = self.cell("carried_over")
        out.append(
            f"上年结转{self.n(over)}件（{self.applicants('carried_over')}）" if over else "没有上年结转"
        )
        for row in self.rows():
            only = [c for c in APPLICANTS if self.cell(row, c)]
            if len(only) == 1:
                out.append(f"{self.words[row]}{self.n(self.cell(row))}件，均为{self.words[only[0]]}")
            else:
                out.append(f"{self.words[row]}{self.n(self.cell(row))}件，其中{self.applicants(row)}")
        forward = self.cell("carried_forward")
        out.append(f"办结{self.n(self.cell('result_total'))}件")
        out.append(
            f"结转下年度{self.n(forward)}件，{self.applicants('carried_forward')}"
            if forward
            else "没有结转下年度"
        )
        text = "；".join(out) + "。"
        return text + self.correction() + "其余各行都是0。"

    def correction(self) -> str:
        """A wrong figure for the last year's… corrected at once."""
        rows = self.rows()
        if not rows or self.rng.random() < 0.6:
            return ""
        row = self.rng.choice(rows)
        right = self.cell(row)
        wrong = right + self.rng.randint(1, 5)
        name = self.words[row]
        return f"另外{name}原来登记成{self.n(wrong)}件，说错了，{name}是{self.n(right)}件。"

    def terse(self) -> str:
        sep = self.rng.choice((" ", "，", "；", "\n", " / "))
        lines = [
            f"新收{self.n(self.cell('new_received'))}（{self.applicants('new_received', '')}）"
            if self.cell("new_received")
            else "新收0"
        ]
        lines.append(f"上年结转{self.n(self.cell('carried_over'))}")
        for row in self.rows():
            shown = self.applicants(row, "")
            lines.append(f"{self.words[row]}{self.n(self.cell(row))}（{shown}）")
        lines += [
            f"总计{self.n(self.cell('result_total'))}",
            f"结转下年{self.n(self.cell('carried_forward'))}",
        ]
        return sep.join(lines)

    def grid(self) -> tuple[list[str], list[list[str]]]:
        cols = [*APPLICANTS, "total"]
        if self.rng.random() < 0.5:
            self.rng.shuffle(cols)
        header = [
            "项目",
            *[("合计" if c == "total" else APPLICANTS[c][0] if c != "other_org" else "其他") for c in cols],
        ]
        names = {
            "new_received": "新收",
            "carried_over": "上年结转",
            "result_total": "总计",
            "carried_forward": "结转下年",
            **self.words,
        }
        rows = [
            "new_received",
            "carried_over",
            *(self.rows() if self.rng.random() < 0.5 else RESULTS),
            "result_total",
            "carried_forward",
        ]
        blank = self.rng.random() < 0.3
        body = [
            [
                names[r]
                if r in ("new_received", "carried_over", "result_total", "carried_forward")
                else RESULTS[r][0]
            ]
            + [("" if blank and not self.cell(r, c) else str(self.cell(r, c))) for c in cols]
            for r in rows
        ]
        return header, body

    def matrix(self) -> str:
        header, body = self.grid()
        return "\n".join("\t".join(line) for line in [header, *body]) + "\n没列的行都是0，空格也是0"

    def csv(self) -> str:
        header, body = self.grid()
        mark = self.rng.choice((",", "|", ";"))
        lines = [mark.join(line) for line in [header, *body]]
        return "\n".join(f"|{line}|" if mark == "|" else line for line in lines)

    def by_applicant(self) -> str:
        out = []
        for col, names in APPLICANTS.items():
            rows = [r for r in RESULTS if self.cell(r, col)]
            if not any(self.cell(r, col) for r in ("new_received", "carried_over")):
                continue
            items = [
                f"新收{self.n(self.cell('new_received', col))}",
                f"上年结转{self.n(self.cell('carried_over', col))}",
            ]
            items += [f"{self.words[r]}{self.n(self.cell(r, col))}" for r in rows]
            items += [
                f"办结{self.n(self.cell('result_total', col))}",
                f"结转下年{self.n(self.cell('carried_forward', col))}",
            ]
            out.append(f"{names[0]}：" + "，".join(items))
        return "\n".join(out) if out else "全年没有收到申请，也没有上年结转。"

    def speech(self) -> str:
        n = to_chinese
        out = f"新收{n(self.cell('new_received'))}件上年结转{n(self.cell('carried_over'))}件"
        for row in self.rows():
            out += f"{RESULTS[row][0]}{n(self.cell(row))}件"
        return out + f"一共办结{n(self.cell('result_total'))}件结转下年{n(self.cell('carried_forward'))}件"

    # ------------------------------------------------------------ the rest
    def second_table(self) -> str:
        t2 = self.report.table2
        if self.report.form != "2021" or self.rng.random() < 0.15:
            return ""
        docs = t2["normative_docs"]
        triple = self.rng.random() < 0.4
        first = (
            f"规范性文件{docs['issued']}、{docs['abolished']}、{docs['in_force']}"
            if triple
            else f"规范性文件制发{self.n(docs['issued'])}件，废止{self.n(docs['abolished'])}件，现行有效{self.n(docs['in_force'])}件"
        )
        power = [
            f"许可{self.n(t2['admin_license']['decisions'])}",
            f"处罚{self.n(t2['admin_penalty']['decisions'])}",
            f"强制{self.n(t2['admin_compulsion']['decisions'])}",
        ]
        return f"{first}；{self.rng.choice(('，', ' ', '、')).join(power)}。行政事业性收费{t2['admin_fee']['amount_wan']}万元。"

    def cases(self) -> str:
        names = {
            "review": "行政复议",
            "litigation_direct": "未经复议直接起诉",
            "litigation_after_review": "复议后起诉",
        }
        outcomes = {"upheld": "维持", "corrected": "纠正", "other": "其他结果", "pending": "尚未审结"}
        out = []
        for block, name in names.items():
            cells = self.report.table4[block]
            shown = [f"{label}{self.n(cells[key])}件" for key, label in outcomes.items() if cells[key]]
            out.append(
                f"{name}{self.n(cells['total'])}件" + (f"（{'、'.join(shown)}）" if shown else "")
                if cells["total"]
                else f"没有{name}"
            )
        return "；".join(out) + "。"

    def decoys(self) -> str:
        chosen = self.rng.sample(DECOYS, self.rng.randint(0, 4))
        return "，".join(d.format(n=self.rng.randint(2, 9000)) for d in chosen) + ("。" if chosen else "")

    def fee(self) -> str:
        yuan = self.report.info_fee.yuan
        return self.rng.choice(("信息处理费没有收取。", "未收取信息处理费。")) if yuan == 0 else ""


def _full_width(value: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in str(value))
