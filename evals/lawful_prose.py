"""Writes the prose of a random lawful report so that every figure in it equals its cell."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from assistant.forms import CellKey
from assistant.numerals import to_chinese
from assistant.report import AnnualReport, Scope
from assistant.report.facts import ASPECTS, Aspect, Value
from evals import lawful_phrases as phrases

__all__ = ["Prose", "Writer"]

T = TypeVar("T")

_ASPECT_ORDER = (Aspect.DISCLOSURE, Aspect.REQUESTS, Aspect.MANAGEMENT, Aspect.PLATFORM, Aspect.OVERSIGHT)
_ORDINALS = "一二三四五六"


@dataclass(frozen=True)
class Prose:
    """What is printed around the tables."""

    title: str
    preamble: str
    sections: dict[str, str]


class Writer:
    """Writes one report; all choices come from ``rng``."""

    def __init__(self, rng: random.Random, report: AnnualReport, last: AnnualReport | None = None) -> None:
        self.rng, self.report, self.last = rng, report, last
        self.year = report.year or 0
        self.me = rng.choice([report.org.short_self, report.org.short_self, "本机关"])
        if report.org.scope is Scope.GOVERNMENT:
            self.me = report.org.short_self

    def write(self) -> Prose:
        """The title, the preamble and the six sections."""
        sections = {"s1": self._section_one(), "s5": self._section_five(), "s6": self._section_six()}
        if self._count("table4", "review") + self._lawsuits() == 0 and self.rng.random() < 0.3:
            sections["s4"] = self.rng.choice(phrases.REVIEW_NONE)
        return Prose(
            title=f"{self.report.org.name}{self.year}年{self.report.layout.title}",
            preamble=self._preamble(),
            sections=sections,
        )

    def _pick(self, options: Iterable[T]) -> T:
        return self.rng.choice(list(options))

    def _value(self, table: str, row: str, col: str = "total") -> Value:
        value = self.report.value(CellKey(table, row, col))
        if value is None:
            raise ValueError(f"{table}.{row}.{col} is blank")
        return value

    def _count(self, table: str, row: str, col: str = "total") -> int:
        return int(self._value(table, row, col))

    def _lawsuits(self) -> int:
        return self._count("table4", "litigation_direct") + self._count("table4", "litigation_after_review")

    def _figure(self, value: Value) -> str:
        """Arabic digits; now and then a small count in characters, as clerks write."""
        if isinstance(value, int) and 0 < value < 100 and self.rng.random() < 0.06:
            return to_chinese(value) if value != 2 else "两"
        return f"{value:f}" if not isinstance(value, int) else str(value)

    def _preamble(self) -> str:
        org, year, contact = self.report.org, self.year, self.report.org.contact
        basis = f"《中华人民共和国政府信息公开条例》和年度报告格式要求（{self.report.layout.citation}）"
        lines = [
            self._pick(
                [
                    f"本报告根据{basis}编制。",
                    f"根据{basis}，编制{org.name}{year}年政府信息公开工作年度报告。",
                    f"按照{basis}，现公布{year}年度政府信息公开工作情况。",
                ]
            )
            + f"本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
        ]
        lines.append(
            f"本报告电子版可从政府网站（{contact.website}）下载。"
            f"如有疑问，请与{org.name}联系（地址：{contact.address}，邮编：{contact.postcode}，电话：{contact.phone}）。"
        )
        return self._pick(["\n", ""]).join(lines)

    def _section_one(self) -> str:
        lead = self._pick(phrases.LEADS).format(year=self.year, me=self.me)
        style = self._pick(
            [
                "{ordinal}{name}。{text}",
                "{ordinal}{name}\n{text}",
                "{ordinal}{name}情况。{text}",
                "{ordinal}{name}：{text}",
            ]
        )
        paragraphs = [lead] if lead else []
        for number, aspect in enumerate(_ASPECT_ORDER):
            text = self._requests() if aspect is Aspect.REQUESTS else self._aspect(aspect)
            paragraphs.append(
                style.format(ordinal=f"（{_ORDINALS[number]}）", name=ASPECTS[aspect], text=text)
            )
        return "\n".join(paragraphs)

    def _aspect(self, aspect: Aspect) -> str:
        rng = self.rng
        parts = [rng.randint(3, 90) for _ in range(3)]
        topics = rng.sample(phrases.TOPICS, 3)
        text = self._pick(phrases.ASPECT_TEXT[aspect.value])
        return text.format(
            a=sum(parts), a1=parts[0], a2=parts[1], a3=parts[2], b=rng.randint(20, 400), c=rng.randint(2, 40), d=rng.randint(2, 6),
            e=rng.randint(2, 5), topic1=topics[0], topic2=topics[1], topic3=topics[2], docs=self._documents(),
            art50=self._pick(phrases.ART50) if self.report.org.is_government else "",
        )  # fmt: skip

    def _documents(self) -> str:
        """A sentence on normative documents or decisions; only the 2021 form has these figures."""
        if self.report.form != "2021":
            return ""
        issued, abolished, in_force = (
            self._count("table2", "normative_docs", col) for col in ("issued", "abolished", "in_force")
        )
        licences, penalties = (
            self._count("table2", "admin_license", "decisions"),
            self._count("table2", "admin_penalty", "decisions"),
        )
        fee = self._value("table2", "admin_fee", "amount_wan")
        options = [
            f"{self.year}年制发行政规范性文件{issued}件，废止{abolished}件，现行有效{in_force}件。",
            f"全年行政规范性文件制发{issued}件、废止{abolished}件，截至年底现行有效行政规范性文件{in_force}件。",
            f"全年作出行政许可决定{licences}件、行政处罚决定{penalties}件，均依法公示。",
            f"办理行政许可{licences}件，实施行政处罚{penalties}件，收取行政事业性收费{self._figure(fee)}万元。",
            "",
        ]
        if not issued:
            options.append(f"{self.year}年未制发行政规范性文件。")
        return self._pick(options)

    def _requests(self) -> str:
        new, old = self._count("table3", "new_received"), self._count("table3", "carried_over")
        return self._no_requests() if new + old == 0 else self._some_requests(new, old)

    def _no_requests(self) -> str:
        year, me = self.year, self.me
        return self._pick(
            [
                f"{year}年，{me}未收到政府信息公开申请。",
                f"健全依申请公开办理流程，{year}年未收到公民、法人或者其他组织提出的政府信息公开申请，上年度无结转。",
                "全年收到政府信息公开申请0件，上年结转0件，结转下年度0件。",
                f"{me}依法规范依申请公开工作，本年度没有收到依申请公开政府信息的申请。",
                f"{year}年无政府信息公开申请，没有结转下年度继续办理的申请。",
            ]
        )

    def _some_requests(self, new: int, old: int) -> str:
        done, left = self._count("table3", "result_total"), self._count("table3", "carried_forward")
        year, f = self.year, self._figure
        before = f"上年结转{f(old)}件" if old else self._pick(["上年度无结转", "无上年结转", "上年结转0件"])
        after = (
            f"结转下年度继续办理{left}件"
            if left
            else self._pick(["无结转下年度办理", "结转下年度0件", "没有结转下年度的申请"])
        )
        trend = self._trend(new)
        options = [
            f"{year}年新收政府信息公开申请{f(new)}件{trend}{self._applicants(new)}，{before}。全年办结{done}件{self._outcomes()}，{after}。",
            f"全年共收到政府信息公开申请{new}件{self._applicants(new)}；{before}。办结{f(done)}件，{after}。{self._channels(new)}",
            f"本年度新收到政府信息公开申请{new}件，{before}，答复{done}件{self._outcomes()}，{after}。{self._disputes()}",
            f"{year}年共办理政府信息公开申请{new + old}件（本年新收{new}件、上年结转{old}件），办结{done}件，结转{year + 1}年继续办理{left}件。",
        ]
        if old:
            options.append(
                f"共受理政府信息公开申请{new + old}件（含上年结转{old}件），办结{done}件{self._outcomes()}，{after}。"
            )
        if not left and not old and new:
            options.append(
                f"{year}年收到政府信息公开申请{new}件，均已在法定期限内办结{self._outcomes()}。{self._disputes()}"
            )
            options.append(f"受理政府信息公开申请{new}件{self._applicants(new)}，全部按时办结，办结率100%。")
        return self._pick(options)

    def _trend(self, new: int) -> str:
        value = self.last.value(CellKey("table3", "new_received", "total")) if self.last else None
        if value is None or new == value or self.rng.random() < 0.4:
            return ""
        before = int(value)
        if before and self.rng.random() < 0.5:
            return f"，同比{'增长' if new > before else '下降'}{round(abs(new - before) * 100 / before, 1)}%"
        return f"，比上年{'增加' if new > before else '减少'}{abs(new - before)}件"

    def _applicants(self, new: int) -> str:
        people = self._count("table3", "new_received", "natural_person")
        if not new:
            return ""
        if people == new:
            return self._pick(["", "，均为自然人申请", "，申请人均为自然人"])
        return f"，其中自然人{people}件、法人或其他组织{new - people}件"

    def _outcomes(self) -> str:
        """The non-zero outcomes by category: an exact breakdown of what was handled."""
        if self.rng.random() < 0.4:
            return ""
        table, totals = self.report.layout.table("table3"), dict[str, int]()
        for key in next(self.report.layout.identities_of("T3_RESULT_SUM")).right:
            if not (value := self._count("table3", key.row)):
                continue
            row = table.row(key.row)
            name = row.path[-1].split("）")[-1] if row.subtotal else row.name
            totals[name] = totals.get(name, 0) + value
        if not totals:
            return ""
        lead = self._pick(["，其中", "，分别为", "：", "，其中，"])
        return lead + "、".join(f"{name}{value}件" for name, value in totals.items())

    def _channels(self, new: int) -> str:
        if not new or self.rng.random() < 0.5:
            return ""
        web = self.rng.randint(0, new)
        return f"从申请渠道看，网络申请{web}件、信函申请{new - web}件。"

    def _disputes(self) -> str:
        reviews, lawsuits = self._count("table4", "review"), self._lawsuits()
        if reviews + lawsuits == 0:
            return self._pick([*phrases.REVIEW_NONE, "", ""])
        if self.rng.random() < 0.5:
            return ""
        return f"因政府信息公开被申请行政复议{reviews}件、被提起行政诉讼{lawsuits}件。"

    def _section_five(self) -> str:
        used = self.last.sections["s5"] if self.last else ""
        fresh = [pair for pair in phrases.PAIRS if pair[0][:8] not in used]
        pairs = self.rng.sample(fresh, self.rng.randint(1, 3))
        style = self._pick(phrases.PAIR_STYLES)
        if style == "running" or len(pairs) == 1:
            problem, measure = pairs[0]
            return f"{self.year}年，{self.me}政府信息公开工作仍存在不足：{problem}。下一步，将{measure}。"
        if style == "ordinals":
            found = "".join(f"{_ORDINALS[i]}是{p}。" for i, (p, _) in enumerate(pairs))
            fixed = "".join(f"{_ORDINALS[i]}是{m}。" for i, (_, m) in enumerate(pairs))
            return f"（一）存在的主要问题\n{found}\n（二）改进情况\n{self.year + 1}年，{self.me}将重点做好以下工作：{fixed}"
        found = "；".join(p for p, _ in pairs)
        fixed = "；".join(m for _, m in pairs)
        return (
            f"（一）存在的主要问题。{found}。\n（二）改进情况。针对上述问题，{self.me}采取以下措施：{fixed}。"
        )

    def _section_six(self) -> str:
        fee = self.report.info_fee
        if fee.cases:
            return self._pick(phrases.FEE_SOME).format(
                year=self.year, me=self.me, yuan=fee.yuan, cases=fee.cases
            )
        text = self._pick(phrases.FEE_NONE).format(year=self.year, me=self.me)
        return text if "无其他" in text else text + self._pick(phrases.OTHER_MATTERS)
