"""What a whole row or column says: the labels of its path folded into one set of facets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.extraction.structure import Use
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.labels import Label, read_label
from assistant.extraction.tables.vocabulary import Name

__all__ = [
    "CONTACT",
    "DECOY",
    "NO_CELL",
    "OTHER_MEASURE",
    "OURS",
    "PART",
    "SUM_OF_UNITS",
    "Facets",
    "Why",
    "as_other",
    "fold_labels",
    "with_label",
]

SUM_OF_UNITS = "∑"
OURS = "本机关"


@dataclass(frozen=True)
class Why:
    """Why figures of a row or column make no statement."""

    use: Use
    words: str


CONTACT = Why(Use.LEFT_OUT, "电话、日期等")
_MARKS = {
    "serial": Why(Use.LEFT_OUT, "序号"),
    "note": Why(Use.LEFT_OUT, "说明"),
    "contact": CONTACT,
    "share": Why(Use.LEFT_OUT, "占比"),
    "plan": Why(Use.LEFT_OUT, "计划数"),
    "diff": Why(Use.LEFT_OUT, "增减"),
    "channel": Why(Use.NARRATIVE, "申请渠道"),
    "aside": Why(Use.LEFT_OUT, "另附，不报"),
}
DECOY = Why(Use.NARRATIVE, "其他工作的数字")
_OLD = "2019"
_OLD_FORM = Why(Use.LEFT_OUT, "旧表式的栏目")
_SUCCEEDED = frozenset({"made", "published", "total_public", "decisions"})
"""columns of 2019 whose figures may belong to a column of today"""
OTHER_MEASURE = Why(Use.NARRATIVE, "另一种计量的数")
NO_CELL = Why(Use.LEFT_OUT, "表中没有这一格")
PART = Why(Use.NARRATIVE, "其中项")


@dataclass(frozen=True)
class Facets:
    """What the labels of a row or column say together.

    ``lines`` and ``columns`` are alternatives; ``generic`` is ``sum`` or ``other`` while nobody has told of what; ``rest`` are
    words that nobody knows; ``open`` are lines that an unknown label may stand for.
    """

    lines: tuple[Name, ...] = ()
    columns: tuple[Name, ...] = ()
    year: int | None = None
    period: str = ""
    unit: str = ""
    money: str = ""
    measure: str = ""
    rest: str = ""
    detail: str = ""
    """unknown words in brackets behind a known label"""
    why: Why | None = None
    part: bool = False
    generic: str = ""
    open: tuple[Name, ...] = ()
    asked: bool = False
    blurred: bool = False
    either_work: bool = False
    """the own label may as well count other work"""
    clash: bool = False
    """two labels of the path name two columns: header and figures do not stand above each other"""
    remainder: bool = False
    """其余各项: all that have no line of their own"""
    own: str = ""
    """what the innermost label adds: line, column, unit, period, year, channel, topic, rest"""
    label: str = ""
    """the words of the innermost label"""

    @property
    def is_silent(self) -> bool:
        """Whether the labels say nothing that bears on the form."""
        return not (self.lines or self.columns or self.rest or self.generic or self.why or self.asked)


def fold_labels(labels: Iterable[Label], family: Family) -> Facets:
    """The facets of labels, from the outermost inwards."""
    facets = Facets()
    for label in labels:
        facets = with_label(facets, label, family)
    return facets


def with_label(outer: Facets, label: Label, family: Family) -> Facets:
    """What a label says below the labels that ``outer`` was made of."""
    if label.is_empty:
        return outer
    found = _with(outer, label, family)
    # 道路货运经营许可 below 行政许可 is an item that nobody knows, not the line again
    unknown = bool(label.rest) and bool(outer.lines) and found.lines == outer.lines and not label.columns
    return replace(found, own="rest" if unknown else _own(label), label=label.bare)


def _own(label: Label) -> str:
    if label.lines or any(name.kind not in ("mark", "col", "t4col", "t2col") for name in label.weak):
        return "column" if label.columns and not label.lines else "line"
    for said, kind in (
        (label.columns, "column"),
        (label.is_unit or "bodies" in label.marks, "unit"),
        (label.period, "period"),
        (label.year is not None, "year"),
        ("channel" in label.marks, "channel"),
        ("area" in label.marks, "area"),
        (label.marks & {"sum", "other"}, "generic"),
        (label.rest, "rest"),
        ("topic" in label.marks, "topic"),
    ):
        if said:
            return kind
    return ""


def _with(facets: Facets, label: Label, family: Family) -> Facets:
    lines = _lines(facets, label, family)
    columns = _columns(facets, label, family)
    # 本年新收 below 2020年 is of that year
    within_year = facets.year is not None and label.year == 0 and bool(label.lines)
    changes = replace(
        facets,
        lines=lines,
        columns=columns,
        year=facets.year if label.year is None or within_year else label.year,
        period=label.period or facets.period,
        money=label.money or facets.money,
        measure=label.measure or facets.measure,
        detail=label.bracket or facets.detail,
        asked=facets.asked or any(name.kind == "ask" for name in label.names),
        blurred=facets.blurred or label.blurred,
        either_work=label.either_work,
        part=facets.part or "part" in label.marks,
        clash=facets.clash or _clashes(facets, label),
        generic="",
    )
    if label.is_unit:
        unit = OURS if "ours" in label.marks and not label.rest else label.bare
        return replace(changes, unit=unit)
    if "area" in label.marks:
        return replace(changes, unit=SUM_OF_UNITS, rest=facets.rest + label.rest)
    if "bodies" in label.marks:
        # 乡镇小计: some of the offices
        return replace(changes, unit=SUM_OF_UNITS + label.bare, rest=facets.rest + label.rest)
    changes = replace(changes, rest=facets.rest + label.rest, why=facets.why or _why(label, family))
    return _generic(changes, label, family)


def _clashes(facets: Facets, label: Label) -> bool:
    outer = any(name.key not in ("legal_persons", "total") for name in facets.columns)
    return outer and bool(label.columns) and not label.lines


def _lines(facets: Facets, label: Label, family: Family) -> tuple[Name, ...]:
    own = family.innermost(tuple(n for n in label.lines))
    if own:
        kept = tuple(n for n in own if any(family.within(n, outer) for outer in facets.lines))
        if label.rest and facets.lines and not kept:
            # 未取得经营许可从事经营 below 行政处罚 is what was punished
            return facets.lines
        return kept or own
    weak = family.innermost(tuple(n for n in label.weak if n.kind in ("row", "t2row", "t4block")))
    if not weak or label.rest or label.columns:
        return facets.lines
    kept = tuple(n for n in weak if any(family.under(n, outer) for outer in facets.lines))
    return kept or (facets.lines if facets.lines else weak)


def _columns(facets: Facets, label: Label, family: Family) -> tuple[Name, ...]:
    columns = label.columns
    tables = {family.table_of(line) for line in label.lines}
    if tables:
        # 申请人撤回 and 未办结 are lines of table 3 here, no results of cases
        columns = tuple(name for name in columns if family.table_with(name) in tables)
    if not columns:
        return facets.columns
    specific = tuple(name for name in columns if name.key != "legal_persons")
    return specific or columns


def _why(label: Label, family: Family) -> Why | None:
    if any(name.kind == "t2col" for name in label.columns) and "share" not in label.marks:
        # 本年增/减 is a column of the form of 2019
        return None
    for mark, why in _MARKS.items():
        if mark in label.marks:
            return why
    if any(name.kind == "decoy" for name in label.names) and not label.lines:
        return DECOY
    if label.rest and family.form.version != _OLD and _of_old_form(label, family):
        return _OLD_FORM
    return None


def _of_old_form(label: Label, family: Family) -> bool:
    """Whether the label is one of the form of 2019 that counts what the form of today does not."""
    old = read_label(label.text, None, _OLD)
    named = {name.key for name in old.names if name.kind in ("t2row", "t2col")}
    rows = {row.key for row in family.form.table2.rows}
    return not old.rest and bool(named - rows) and not named & _SUCCEEDED


def _generic(facets: Facets, label: Label, family: Family) -> Facets:
    """合计 and 其他 alone wait for their neighbours; beside a line of the form they say what they are."""
    marks = label.marks & {"sum", "other"}
    if "remainder" in label.marks:
        group = [name for name in facets.lines if name.key in family.parts] or [Name("row", "result_total")]
        parts = sorted(key for name in group for key in family.parts[name.key])
        return replace(
            facets, lines=(), remainder=True, open=tuple(Name(group[0].kind, key) for key in parts)
        )
    if not marks or label.rest:
        return facets
    said = bool(label.lines or label.columns or label.period or label.year is not None)
    if "sum" in marks:
        if label.chapter == "七" and not said:
            return replace(facets, lines=(Name("row", "result_total"),))
        if label.lines and not label.columns:
            # 复议总计 below 复议维持
            return replace(facets, columns=())
        return facets if said else replace(facets, generic="sum")
    if label.chapter == "六" and not said:
        return as_other(facets, (Name("row", "ot_subtotal"),), family) or facets
    if any(name.key == "legal_persons" for name in facets.columns):
        return replace(facets, columns=(Name("col", "other_org"),))
    other = as_other(facets, facets.lines, family)
    if other is not None and (label.lines or any(name.key == "ot_subtotal" for name in facets.lines)):
        return other
    return facets if said else replace(facets, generic="other")


def as_other(mine: Facets, lines: tuple[Name, ...], family: Family) -> Facets | None:
    """What 其他 is within a line: the third item of 其他处理, another result of a case, some row of a group; None elsewhere."""
    if not lines:
        return None
    if all(name.kind == "t4block" for name in lines):
        return replace(mine, generic="", columns=(Name("t4col", "other"),))
    if any(name.key == "ot_subtotal" for name in lines):
        rows = {row.key for row in family.form.table("table3").rows}
        return replace(
            mine, generic="", lines=(Name("row", "ot_other" if "ot_other" in rows else "ot_subtotal"),)
        )
    groups = [name for name in lines if name.kind == "row" and name.key in family.parts]
    if not groups:
        return None
    parts = sorted(key for name in groups for key in family.parts[name.key])
    return replace(mine, generic="", lines=(), open=tuple(Name("row", key) for key in parts))
