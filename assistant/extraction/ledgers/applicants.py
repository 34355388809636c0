"""Tells the column of an applicant from the words of its type, else from its name; names are looked at and never kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.extraction.ledgers.faults import differs_once
from assistant.extraction.ledgers.vocabulary import data, matches
from assistant.numerals import fold

__all__ = ["ALL", "Applicant", "combined", "looks_named", "named", "typed"]

ALL = (
    "natural_person",
    "biz_enterprise",
    "research_inst",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
)
_OFFICIAL = {
    "natural_person": "自然人",
    "biz_enterprise": "商业企业",
    "research_inst": "科研机构",
    "public_welfare_org": "社会公益组织",
    "legal_service_org": "法律服务机构",
}
"""the form's own words, which nothing behind them changes: 自然人（律师）"""
_BRACKET = re.compile(r"^[^()]+\(([^()]{2,12})\)$")
_OTHER = re.compile(r"其[他它](?:组织)?\(")
_GROUP = re.compile(r"^(?:法人)?(?:[/、或者和及与]*)其[他它]组织|^法人(?:和|或者?|及|与|[/、])?")
_MARKS = re.compile(r"[\s\-—_/:：()（）·,，、.。\"“”【】\[\]]+|申请人?$|类$")


@dataclass(frozen=True)
class Applicant:
    """``cols``: the columns it may be counted in, one when known; none when nothing is known."""

    cols: tuple[str, ...] = ()
    sure: bool = True
    label: str = ""
    """what to ask about: a word for a kind of applicant, never a name"""


@cache
def _types() -> list[tuple[str, re.Pattern[str]]]:
    return [(col, re.compile("|".join(patterns))) for col, patterns in data()["applicants"].items()]


@cache
def _asked() -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    return [(re.compile(item["words"]), tuple(item["cols"])) for item in data()["applicants_asked"]]


@lru_cache(maxsize=4096)
def typed(text: str) -> Applicant:
    """The column that the words of a type name: 法人或其他组织-商业企业, 公民, 村委会 (asked)."""
    label = fold(text).strip()
    if not label or label in ("/", "-", "—"):
        return Applicant()
    bracket = _BRACKET.match(label.replace(" ", ""))
    if bracket is not None and _OTHER.match(label.replace(" ", "")):
        # 其他（村民小组）: the clerk has said which of its columns it is
        return Applicant(("other_org",), True, text.strip())
    if bracket is not None and not _GROUP.match(label):
        inner = typed(bracket.group(1))
        if len(inner.cols) and not any(label.startswith(name) for name in _OFFICIAL.values()):
            # 王强（自然人）: the name is no part of what is asked about
            return inner
    group = None if label in ("其他组织", "其它组织") else _GROUP.match(label)
    detail = _MARKS.sub("", label[group.end() :]) if group else _MARKS.sub("", label)
    if group and not detail:
        return Applicant(ALL[1:], False, text.strip())
    official = next((col for col, name in _OFFICIAL.items() if detail.startswith(name)), "")
    if official:
        return Applicant((official,), True, text.strip())
    for pattern, cols in _asked():
        if pattern.pattern.startswith("法人"):
            continue
        asked = pattern.search(detail)
        if asked is not None and not re.search("律师事务所|律所|商业企业", detail):
            return Applicant(cols, False, asked.group() if len(label) > 6 else text.strip())
    found = [col for col, pattern in _types() if pattern.search(detail)]
    if group and found == ["natural_person"]:
        return Applicant((), False, text.strip())
    if len(found) == 1:
        return Applicant((found[0],), True, text.strip())
    if found:
        return Applicant(tuple(found), False, text.strip())
    meant = [col for col, name in _OFFICIAL.items() if differs_once(detail, name)]
    if meant:
        # 自燃人, 科研机够
        return Applicant((meant[0],), True, text.strip())
    generic = _asked()[-1]
    if generic[0].search(label):
        return Applicant(generic[1], False, text.strip())
    # words that may be a name are not kept
    unknown = len(label) <= 6 and not matches("names.person", label)
    return Applicant((), False, text.strip() if unknown else "")


@lru_cache(maxsize=20_000)
def named(name: str) -> Applicant:
    """The column that a name tells; a name that only looks like a person's is not sure."""
    text = re.sub(r"\s", "", fold(name))
    if not text:
        return Applicant()
    bracket = _BRACKET.match(text)
    if bracket is not None and typed(bracket.group(1)).cols:
        # 王强（自然人）
        return typed(bracket.group(1))
    if matches("names.called", text):
        return Applicant(("natural_person",), True)
    for col in ("legal_service_org", "biz_enterprise"):
        if matches(f"names.{col}", text):
            return Applicant((col,), True)
    for pattern, cols in _asked():
        found = None if pattern.pattern.startswith("法人") else pattern.search(text)
        if found is not None and len(text) > 4:
            return Applicant(cols, False, found.group())
    for col in ("public_welfare_org", "research_inst"):
        if matches(f"names.{col}", text):
            return Applicant((col,), False)
    if matches("names.person", text) and not matches("names.organisation", text):
        return Applicant(("natural_person",), False)
    return Applicant((), False)


@lru_cache(maxsize=20_000)
def looks_named(text: str) -> bool:
    """Whether a cell holds the name of a person or a body."""
    folded = re.sub(r"\s", "", fold(text))
    if typed(folded).cols and len(folded) <= 4:
        return False
    return (
        matches("names.person", folded)
        or (
            len(folded) > 4
            and any(
                matches(f"names.{col}", folded)
                for col in ("legal_service_org", "biz_enterprise", "public_welfare_org", "research_inst")
            )
        )
        or (len(folded) > 4 and bool(named(folded).cols))
    )


def combined(kind: Applicant | None, name: str, declared: Sequence[tuple[str, str]] = ()) -> Applicant:
    """The type where it says one column, helped by the name where it says several (法人 and 某律师事务所); what the material
    itself says of a word (合作社计入商业企业) goes before what is known of it."""
    words = kind.label if kind is not None and kind.label else name
    for word, col in declared:
        if word in words and (kind is None or not kind.sure or len(kind.cols) != 1):
            return Applicant((col,), True, word)
    if kind is None or (not kind.label and not kind.cols):
        return named(name)
    told = named(name)
    if len(kind.cols) == 1:
        # 自然人 beside the name of a company: the clerk may have meant the person who came
        odd = (
            kind.cols == ("natural_person",) and len(told.cols) == 1 and told.cols[0] in ALL[1:] and told.sure
        )
        return Applicant(kind.cols, not odd, kind.label)
    if len(told.cols) == 1 and told.sure and told.cols[0] in (kind.cols or ALL):
        return Applicant(told.cols, bool(kind.cols), kind.label)
    return kind
