"""TYPO: words that are certainly or very likely wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Fix, Severity

_QUOTED = regex(r"《[^》\n]*》")


class _Typo(NamedTuple):
    """One entry of typos.toml; ``right`` may be “wrong→right” for a part of the match."""

    key: str
    pattern: re.Pattern[str]
    right: str
    why: str
    certain: bool = False
    severity: Severity | None = None

    def corrected(self, found: str) -> str:
        """The match put right."""
        wrong, arrow, right = self.right.partition("→")
        return found.replace(wrong, right) if arrow else self.right


@cache
def _lexicon() -> tuple[_Typo, ...]:
    raw = tomllib.loads((Path(__file__).parents[1] / "typos.toml").read_text(encoding="utf-8"))
    typos = []
    for entry in raw["typo"]:
        severity = Severity(entry["severity"]) if "severity" in entry else None
        typos.append(_Typo(**{**entry, "pattern": regex(entry["pattern"]), "severity": severity}))
    return tuple(typos)


@rule("TYPO", "没有错别字和误用词", Severity.WARNING, "language")
def typo(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：错别字和误用词影响报告的严肃性，有的还会改变意思，例如“截止”与“截至”。
    不合格：截止2023年12月31日，台帐更新及时，做为年度任务部暑。
    合格：截至2023年12月31日，台账更新及时，作为年度任务部署。
    修改：按提示改正；引用法规名称中的文字不作改动。
    """
    known = [one for one in _lexicon() if one.key in ctx.words]
    for passage in ctx.passages if known else ():
        text = passage.compact
        for one in known:
            if one.key not in text:
                continue
            quoted = [match.span() for match in _QUOTED.finditer(text)]
            for match in one.pattern.finditer(text):
                if any(start <= match.start() < end for start, end in quoted):
                    continue
                right, span = one.corrected(match.group()), passage.span(*match.span())
                yield Hit(
                    passage.key,
                    f"“{match.group()}”应为“{right}”：{one.why}",
                    expected=right,
                    got=match.group(),
                    fix=Fix(title=f"改为“{right}”", edits=ctx.rewording(span, right), certain=one.certain),
                    spans=(span,),
                    severity=one.severity,
                )
