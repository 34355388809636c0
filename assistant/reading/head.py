"""Reads what stands above section one: title, unit, year and preamble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.document import Document, Line, Paragraph
from assistant.numerals import fold, parse_chinese
from assistant.reading.furniture import is_furniture
from assistant.reading.labels import bare
from assistant.report.pending import PENDING_LEAD

__all__ = ["Head", "read_head"]

_TITLE = re.compile(r"年度?报告|年报|政府信息公开工作报告|公开工作总结")
_YEAR = re.compile(r"((?:19|20)\d{2}|[二2][〇○零0oO][一二三四五六七八九〇○零]{2})\s*年?")
_UNIT_TAIL = re.compile(
    r"(政府|局|委|会|办|室|厅|院|处|所|站|中心|大队|支队|署|部|社|司|省|市|县|区|旗|州|盟|镇|乡|苏木|街道|管委会|公司|学校|集团)(（[^）]*）)?$"
)
_FACT = re.compile(r"^(编制单位|填报单位|报告单位|报告年度)\s*[：:]\s*(.+)$")
_BY = re.compile(
    r"由([^，。；、（(]{3,40}?)(?:编制|负责编制|根据|依据|按照)|请(?:与|联系|向)([^，。；（(]{3,40}?)(?:联系|反映|咨询|[（(])"
)
_PERIOD = re.compile(r"((?:19|20)\d{2})\s*年\s*1\s*月\s*1\s*日")


@dataclass(frozen=True)
class Head:
    """What stands above section one."""

    title: str
    unit: str
    year: int | None
    preamble: str


def read_head(document: Document, end: int) -> Head:
    """Title, unit, year and preamble from the items before ``end``, the first heading."""
    before = [p for p in (_as_paragraph(item, document) for item in document.items[:end]) if p.text]
    at, title_lines = _title(before, document)
    rest = before[at:]
    facts = dict(document.facts)
    rest = [p for p in rest if not p.text.startswith(PENDING_LEAD)]
    while rest and (fact := _FACT.match(rest[0].text)):
        facts["year" if fact[1] == "报告年度" else "unit"] = (
            fact[2].rstrip("年") if fact[1] == "报告年度" else fact[2]
        )
        rest = rest[1:]
    if document.furnished:
        rest = [p for p in rest if not is_furniture(p.text)]
    title, preamble = "".join(title_lines), "\n".join(p.text for p in rest)
    named, year = _name_and_year(title)
    return Head(
        title=title,
        unit=facts.get("unit") or named or _unit_of(preamble),
        year=_number(facts.get("year", "")) or year or _year_of(preamble),
        preamble=preamble,
    )


def _as_paragraph(item: Paragraph | Line, document: Document) -> Paragraph:
    """Rows above section one, such as a table of contacts, are prose; on a web page they are navigation."""
    if isinstance(item, Paragraph):
        return item
    words = [] if document.furnished else item.words
    return Paragraph(" ".join(piece.text for piece in words), words[0].start if words else 0)


def _title(paragraphs: Sequence[Paragraph], document: Document) -> tuple[int, list[str]]:
    """How many paragraphs the title ends after, and its lines. Navigation of a web page may repeat it above."""
    found = [i for i, p in enumerate(paragraphs) if _is_title(p)]
    marked = [i for i in found if paragraphs[i].title]
    if not found:
        return 0, []
    at = (marked or found)[-1 if document.furnished else 0]
    lines = [paragraphs[at].text]
    # the unit, or unit and year, on a line of their own above
    if at and (not _name_and_year(lines[0])[0] or _name_and_year(lines[0])[1] is None):
        above = paragraphs[at - 1].text
        named = _UNIT_TAIL.search(bare(above)) or _YEAR.search(fold(above))
        if len(above) <= 40 and named and not re.search(r"[。，；：:>》/|]", above):
            lines.insert(0, above)
    return at + 1, lines


def _is_title(paragraph: Paragraph) -> bool:
    text = bare(paragraph.text)
    return len(text) <= 70 and bool(_TITLE.search(text)) and not re.search(r"[。；！>|»：]|^附件|^《", text)


def _name_and_year(title: str) -> tuple[str, int | None]:
    words = bare(title)
    found = _YEAR.search(fold(words))
    name = words[: found.start()] if found else re.split(r"政府信息公开|信息公开", words)[0]
    name = re.sub(r"^关于|^\d+|[-—－_:：]+$", "", name)
    return name, _number(found[1]) if found else None


def _number(text: str) -> int | None:
    text = fold(text).strip()
    if re.fullmatch(r"\d{4}", text):
        return int(text)
    value = (
        parse_chinese(text.replace("2", "二", 1).replace("0", "〇").replace("o", "〇").replace("O", "〇"))
        if text
        else None
    )
    return value if isinstance(value, int) and 1990 <= value <= 2100 else None


def _unit_of(preamble: str) -> str:
    found = _BY.search(bare(preamble))
    name = (found[1] or found[2]) if found else ""
    return name if _UNIT_TAIL.search(name) else ""


def _year_of(preamble: str) -> int | None:
    found = _PERIOD.search(fold(preamble))
    return int(found[1]) if found else None
