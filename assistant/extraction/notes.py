"""What a careful reader notices beside the figures: wrong forms, wrong years, labels, sums of published items, blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

from assistant.extraction.narrative import narrative_remarks
from assistant.extraction.statements import Places, Remark, Span, Statement
from assistant.extraction.structure import Account, StructureReading, Use
from assistant.forms import Form, load_form
from assistant.numerals import fold
from assistant.persons import PersonLine
from assistant.report import Level, UnitProfile

__all__ = ["leave_persons", "notes_of", "unread_remarks"]

_MERGED_OTHER = re.compile(r"其他处理[^。；\n]{0,8}?(一行|没分|未分|没有细分|不分|没细分)")
_LABEL_NOTE = re.compile(r"(现行有效|制发|废止|处理决定)(?:件数|数量)?[（(]([^）)\d件]{2,8})[）)]")
_QUOTED = re.compile(r"[“\"「]([^”\"」\n]{6,40})[”\"」]")
_ALIKE = 0.62
"""how like a title a quoted heading must be to be taken for it"""
_UNBARE = re.compile(r"[\s（）()/]")
_OLD_CITATION = re.compile(r"(国办公开办函)?[〔\[(（]?2019[〕\])）]?\s*60\s*号|国办\s*60\s*号")


def notes_of(
    text: str, statements: Sequence[Statement], form: Form, year: int | None, profile: UnitProfile
) -> list[Remark]:
    """All remarks of one text that do not come from a single clause."""
    folded = fold(text)
    out: list[Remark] = []
    out += _old_form(text, form)
    out += _labels(text, form)
    out += _years(folded, year)
    out += _rules_power(folded, statements, profile)
    out += _plausible(statements, profile)
    out += narrative_remarks(folded, statements)
    return out


def _old_form(text: str, form: Form) -> list[Remark]:
    if form.version != "2021":
        return []
    bare = _bare(text)
    found = [label for label, mark in _old_marks() if mark in bare]
    if len(found) >= 2 or any("制作" in m or "对外公开" in m for m in found):
        at = max(0, text.find(found[0]))
        return [
            Remark(
                "OLD_FORM",
                "table2",
                f"使用了2019年旧表的栏目（{'、'.join(found)}）；{form.citation}的表二应填制发、废止、现行有效件数和本年处理决定数量，旧栏目不能换算，请重新提供",
                Span(at, at + len(found[0])),
                "error",
            )
        ]
    cited = _OLD_CITATION.search(text)
    if cited is not None:
        return [
            Remark(
                "OLD_FORM",
                "preamble",
                f"编制依据应为{form.citation}，不是2019年的旧文号",
                Span(*cited.span()),
                "warning",
            )
        ]
    return []


@cache
def _old_marks() -> list[tuple[str, str]]:
    """Labels that only the second table of the 2019 form has, and how they read without blanks and brackets."""
    old, form = load_form("2019"), load_form("2021")
    new = {_bare(c.label) for t in form.tables for c in t.columns}
    marks = [c.label for c in old.table2.columns if _bare(c.label) not in new and len(c.label) > 4]
    marks += [r.label for r in old.table2.rows if r.key in ("other_services",)]
    return [(label, _bare(label)) for label in marks]


def _bare(text: str) -> str:
    return _UNBARE.sub("", fold(text))


def _labels(text: str, form: Form) -> list[Remark]:
    out = []
    merged = _MERGED_OTHER.search(text)
    if merged is not None and form.aggregate("ot_subtotal"):
        out.append(
            Remark(
                "LABEL",
                "table3（六）其他处理",
                "“（六）其他处理”须分为1、2、3三行填写",
                Span(*merged.span()),
                "warning",
            )
        )
    note = _LABEL_NOTE.search(text)
    if note is not None:
        out.append(
            Remark(
                "LABEL",
                f"table2 {note.group(0)}",
                f"表头应为法定名称，不得加注“{note.group(2)}”",
                Span(*note.span()),
                "warning",
            )
        )
    titles = [s.name for s in form.sections]
    for quoted in _QUOTED.finditer(text):
        name = re.sub(r"^[一二三四五六]、", "", quoted.group(1))
        # 标题我想改成“五、存在问题及下步打算”: it says itself which title it is to be
        called = "标题" in text[max(0, quoted.start() - 24) : quoted.start()] and name != quoted.group(1)
        if name in titles or not (called or re.search("情况|事项", name)):
            continue
        close, like = _closest(name, tuple(titles))
        close = titles["一二三四五六".index(quoted.group(1)[0])] if called else close
        if called or like >= _ALIKE:
            out.append(
                Remark(
                    "LABEL",
                    "section titles",
                    f"栏目标题应为“{close}”，不是“{name}”",
                    Span(*quoted.span()),
                    "warning",
                    expected=close,
                    got=name,
                )
            )
            break
    return out


@lru_cache(maxsize=1000)
def _closest(name: str, titles: tuple[str, ...]) -> tuple[str, float]:
    """The title most like a name, and how like it is (0 to 1)."""
    like = {title: SequenceMatcher(None, title, name).ratio() for title in titles}
    close = max(like, key=like.__getitem__)
    return close, like[close]


def _years(folded: str, year: int | None) -> list[Remark]:
    if year is None:
        return []
    out = []
    forward = re.search(
        rf"(结转|转|拖|留)(到|至|入)?\s*(?:{year}|{year % 100:02d}|本|今)年(?!度?(结转|转来|新))", folded
    )
    clause = re.split(r"[，,。；;\n]", folded[: forward.start()])[-1] if forward is not None else ""
    if (
        forward is not None
        and str(year % 100) in forward.group()
        and not re.search(rf"{year - 1}|去年|上年|{(year - 1) % 100:02d}年", clause)
    ):
        out.append(
            Remark(
                "YEAR",
                "table3.carried_forward",
                f"{year} 年报的结转应指结转到 {year + 1} 年，这里写的是 {year} 年",
                Span(*forward.span()),
                "error",
                expected=year + 1,
                got=year,
            )
        )
    period = re.search(r"(?:统计期限|统计时间|期限|起止)[^。；\n]{0,10}?(20\d\d)年1月1日", folded)
    if period is not None and int(period.group(1)) != year:
        message = f"统计期限写的是 {period.group(1)} 年，应为 {year} 年1月1日至12月31日"
        got = int(period.group(1))
        out.append(Remark("YEAR", "统计期限", message, Span(*period.span()), "error", expected=year, got=got))
    until = re.search(
        r"截[至止]到?(20\d\d)年12月(?:31日|底)[^。；\n]{0,12}(?:本年|全年|共|收到|新收)", folded
    )
    if until is not None and int(until.group(1)) == year - 1:
        message = f"统计截止写的是 {until.group(1)} 年，应为 {year} 年12月31日"
        out.append(
            Remark("YEAR", "统计期限", message, Span(*until.span(1)), "error", expected=year, got=year - 1)
        )
    published = re.search(
        rf"(?:{year}年)?(1[0-2])月(\d{{1,2}})[日号]?[^。；\n]{{0,6}}(挂网|发布|公开了|公布|上网|发出)", folded
    )
    if (
        published is not None
        and int(published.group(1)) >= 10
        and (int(published.group(1)), int(published.group(2))) < (12, 31)
    ):
        out.append(
            Remark(
                "YEAR",
                "发布日期",
                "发布日期早于数据核定时间点12月31日，全年数据尚未结束统计",
                Span(*published.span()),
                "warning",
                got=published.group(),
            )
        )
    return out


def _plausible(statements: Sequence[Statement], profile: UnitProfile) -> list[Remark]:
    """A hundred documents in force is the whole county's number, not that of one of its departments."""
    local = profile.level in (Level.TOWN, Level.DEPARTMENT) and re.search("[县区镇乡旗]", profile.name)
    for s in statements:
        if (
            local
            and s.kind == "value"
            and s.target.row == "normative_docs"
            and s.target.col == "in_force"
            and not s.prior
            and s.value
            and s.value >= 100
        ):
            return [
                Remark(
                    "SCOPE_MISMATCH",
                    "table2.normative_docs.in_force",
                    f"现行有效规范性文件 {s.value} 件偏多，请确认是本单位制发的，还是全县（区）备案的数",
                    s.span,
                    got=s.value,
                )
            ]
    return []


def _rules_power(folded: str, statements: Sequence[Statement], profile: UnitProfile) -> list[Remark]:
    """政府规章120件 beside a body without rule-making power: asked even where no column is named."""
    if profile.may_make_rules is not False:
        return []
    told = any(s.target.row == "rules" and s.kind == "value" and s.value for s in statements if not s.scope)
    for match in re.finditer(r"(?:政府)?规章[^。；\n，、\d]{0,4}(\d{1,15})件", folded) if not told else ():
        if int(match.group(1)):
            return [
                Remark(
                    "AUTHORITY_RULES",
                    "table2.rules",
                    "本单位没有规章制定权，规章一行应为 0；所说的规章件数若是全市口径或内部制度，不得填入",
                    Span(*match.span()),
                    expected=0,
                    got=int(match.group(1)),
                )
            ]
    return []


def leave_persons(reading: StructureReading, persons: Sequence[PersonLine]) -> None:
    """No question may quote a line that names an applicant: one remark speaks of all such lines."""
    lines = Places(Span(one.start, one.end) for one in persons)
    left = [u for u in reading.unplaced if not u.question and all(lines.touched_by(*s) for s in u.spans)]
    reading.unplaced = [u for u in reading.unplaced if u not in left]
    reading.accounts += [Account(s, Use.LEFT_OUT, "没有读入的登记行") for u in left for s in u.spans]


def unread_remarks(lines: Sequence[PersonLine]) -> list[Remark]:
    """One remark about all lines that look like entries of a register and could not be read as such. It quotes none of
    them: names of applicants stand in no message."""
    if not lines:
        return []
    message = (
        f"至少有 {len(lines)} 行像是申请登记簿（姓名与日期、联系方式或申请事项并列），没有读入，也不会写进正文；"
        "请另给一份有表头的登记表（收到日期、申请人类型、办理结果），或者直接写明新收和各种办理结果的件数"
    )
    return [Remark("PRIVACY", "table3", message, Span(0, 0), got=len(lines))]
