"""SECTIONS: the six sections stand in order under their exact titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report import Printed, PrintedHeading
from assistant.report.facts import Evidence
from assistant.report.findings import Edit, Fix, Severity


@rule("SECTIONS", "六个部分的标题和次序正确", Severity.ERROR, "format", applies=lambda ctx: ctx.finished)
def sections(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：格式规定年度报告由六个部分组成，标题和次序固定，缺少、颠倒或者改写标题都会影响查阅和汇总。
    不合格：缺少“六、其他需要报告的事项”；第五部分标题印作“五、存在问题及下一步打算”。
    合格：六个部分按规定标题依次排列。
    修改：补齐缺少的部分，调整次序，标题改回规定文字。
    """
    printed = ctx.report.printed
    if printed is None:
        return
    known = [h for h in printed.headings if h.key is not None]
    counts = Counter(h.key for h in known)
    for section in ctx.form.sections:
        if not counts[section.key]:
            yield Hit(section.key, f"缺少“{section.title}”部分", expected=section.title)
        elif counts[section.key] > 1:
            yield Hit(
                section.key,
                f"“{section.title}”出现 {counts[section.key]} 次",
                expected=1,
                got=counts[section.key],
            )
    order = [section.key for section in ctx.form.sections]
    places = [order.index(h.key) for h in known if h.key is not None]
    for before, after, heading in zip(places, places[1:], known[1:], strict=False):
        if after < before:
            yield Hit(
                str(heading.key),
                f"各部分次序颠倒：“{heading.text.strip()}”应排在“{known[places.index(before)].text.strip()}”之前",
                got=heading.text.strip(),
            )
            break
    titles = {section.key: section.title for section in ctx.form.sections}
    for heading in printed.headings:
        expected = titles.get(heading.key or "")
        if expected is None:
            yield Hit("s1", f"格式中没有“{heading.text.strip()}”这一部分", got=heading.text.strip())
        elif _bare(heading.text) != _bare(expected):
            yield _wrong_title(printed, heading, expected)


def _bare(title: str) -> str:
    return "".join(title.split())


def _wrong_title(printed: Printed, heading: PrintedHeading, expected: str) -> Hit:
    """A recognised variant is a warning: the section is there, only its title is not the prescribed one."""
    start, text = heading.start, heading.text
    found = printed.text[start : start + len(text)] == text
    edit = Edit(start=start, end=start + len(text), text=expected)
    return Hit(
        str(heading.key),
        f"标题印作“{text.strip()}”，应为“{expected}”",
        expected=expected,
        got=text.strip(),
        fix=Fix(title=f"改为“{expected}”", edits=(edit,), certain=True) if found else None,
        severity=Severity.WARNING,
        places=(Evidence(source="report", start=start, end=start + len(text), quote=text),) if found else (),
    )
