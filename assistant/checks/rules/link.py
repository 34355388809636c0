"""LINK: the address for downloading the report is official and this year's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.claims.passages import Span
from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity

_URL = regex(
    r"(?P<scheme>https?://)?(?P<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?P<path>/[^\s，。；、）》”\u4e00-\u9fff]*)?",
    re.IGNORECASE,
)
_OFFICIAL = regex(r"\.gov\.cn$|\.gov\.cn:|\.政务$", re.IGNORECASE)
_DATED = regex(r"/t?(20\d\d)[-/]?(?:0[1-9]|1[0-2])(?:[-/]?[0-3]\d)?(?=/|\.|$|_)")


_ANY_YEAR = regex(r"(?<!\d)(20\d\d)(?!\d)")


def _of_older_report(path: str, year: int) -> bool:
    """nb2023.html in the report for 2024: the path names years, and all of them are before the report's."""
    years = [int(found) for found in _ANY_YEAR.findall(path)]
    return bool(years) and max(years) < year


@rule("LINK", "电子版网址可信且为本年度", Severity.INFO, "practice")
def link(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：网址应是政府网站或者加密网址，并指向本年度的报告；沿用上年网址会让公众下载到旧报告。
    不合格：2024 年度报告的下载网址仍是上年度报告的页面。
    合格：网址为本单位政府网站首页或者本年度报告页面。
    修改：换成本年度报告的网址。
    """
    passage = ctx.passage("preamble")
    text, year = passage.text, ctx.report.year
    if "." not in text:
        return
    previous = ctx.previous.preamble if ctx.previous is not None else ""
    for match in _URL.finditer(text):
        if text[match.start() - 1 : match.start()] == "@" or re.fullmatch(r"[\d.]+", match["host"]):
            continue
        said = ""
        dated = _DATED.search(match["path"] or "")
        if not _OFFICIAL.search(match["host"]) and (match["scheme"] or "").lower() != "https://":
            said = "不是政府网站域名，也不是加密网址"
        elif year is not None and _of_older_report(match["path"] or "", year):
            said = f"指向以前年度的报告，本报告为 {year} 年度"
        elif dated and year is not None and int(dated[1]) <= year:
            said = f"指向 {dated[1]} 年发布的内容，不像 {year} 年度报告（应在 {year + 1} 年发布）"
        elif len(match["path"] or "") > 1 and match.group() in previous:
            said = "与上年度报告的网址相同，可能仍指向上年度报告"
        if said:
            yield Hit(
                "preamble",
                f"网址“{match.group()}”{said}",
                got=match.group(),
                spans=(Span(passage.key, *match.span()),),
            )
