"""Decides what 合计 and 其他 stand for by the lines beside them: applicants, results, rows, offices, months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.extraction.structure import Use
from assistant.extraction.tables.facets import PART, SUM_OF_UNITS, Facets, Why, as_other, fold_line
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.layout import Line, Place
from assistant.extraction.tables.vocabulary import Name

__all__ = ["axis_facets"]

_SUM = Why(Use.LEFT_OUT, "各项合计")


def axis_facets(axis: Mapping[Place, Line], family: Family) -> dict[Place, Facets]:
    """The facets of every line of an axis, sums and 其他 decided."""
    facets = {place: fold_line(line, family) for place, line in axis.items()}
    groups: dict[tuple[int, ...], list[Place]] = {}
    for place, line in axis.items():
        groups.setdefault(line.group, []).append(place)
    for places in groups.values():
        _settle(sorted(places), facets, family)
    return facets


def _settle(places: Sequence[Place], facets: dict[Place, Facets], family: Family) -> None:
    since = 0
    for at, place in enumerate(places):
        mine = facets[place]
        if mine.generic == "other":
            facets[place] = _other(
                mine, [facets[p] for p in places[:at]], [facets[p] for p in places[at + 1 :]], family
            )
    for at, place in enumerate(places):
        mine = facets[place]
        if mine.generic != "sum":
            continue
        beside = [facets[p] for p in places[since:at]] or _until_sum([facets[p] for p in places[at + 1 :]])
        facets[place], closed = _sum(mine, beside, family)
        if closed:
            for p in places[since:at]:
                facets[p] = replace(facets[p], why=facets[p].why or PART)
        since = at + 1


def _until_sum(after: list[Facets]) -> list[Facets]:
    ends = [at for at, facets in enumerate(after) if facets.generic == "sum"]
    return after[: ends[0]] if ends else after


def _sum(mine: Facets, beside: list[Facets], family: Family) -> tuple[Facets, bool]:
    """The sum of the lines beside it; whether those are unknown parts of a known line."""
    told = [f for f in beside if f.why is None and not f.part and f.own]
    lines = {f.lines for f in told if f.lines}
    columns = {f.columns for f in told if f.columns}
    constant = next(iter(lines)) if len(lines) == 1 else ()
    if sum(f.own == "unit" for f in told) * 2 > len(told):
        return replace(mine, generic="", unit=SUM_OF_UNITS), False
    if sum(f.own == "period" for f in told) * 2 > len(told):
        return replace(mine, generic="", period="year_whole"), False
    if len(columns) > 1 or (columns and len(lines) <= 1):
        kind = next(iter(columns))[0].kind
        return replace(mine, generic="", lines=mine.lines or constant, columns=(Name(kind, "total"),)), False
    if len(lines) > 1 or (lines and not mine.lines):
        return _sum_of_lines(mine, [n for names in lines for n in names], family), False
    unknown = [f for f in told if f.own == "rest"]
    if unknown and mine.lines and len(unknown) == len(told):
        # 行政处罚 over 普通程序, 简易程序, 小计
        return replace(mine, generic=""), True
    if unknown:
        return replace(mine, generic="", rest="合计"), False
    return replace(mine, generic=""), False


def _sum_of_lines(mine: Facets, names: list[Name], family: Family) -> Facets:
    keys = {name.key for name in names}
    if all(name.kind == "row" for name in names):
        if keys == {"new_received", "carried_over"}:
            return replace(mine, generic="", lines=(Name("row", "received_all"),))
        group = next((n for n in mine.lines if n.key in family.parts and keys <= family.parts[n.key]), None)
        if group is not None:
            return replace(mine, generic="", lines=(group,))
        if keys & family.parts["result_total"] and not keys & {"carried_forward"}:
            return replace(mine, generic="", lines=(Name("row", "result_total"),))
    if keys == {"litigation_direct", "litigation_after_review"}:
        return replace(mine, generic="", lines=(Name("t4block", "litigation_all"),))
    return replace(mine, generic="", why=_SUM)


def _other(mine: Facets, before: list[Facets], after: list[Facets], family: Family) -> Facets:
    """其他 is of the kind of the line before it, at the head of that behind it."""
    near = [f for f in (*reversed(before), *after) if f.own not in ("", "generic")]
    if not near:
        return as_other(mine, mine.lines, family) or replace(mine, generic="", rest="其他")
    nearest = near[0]
    if nearest.own == "column" and nearest.columns:
        kind = nearest.columns[0].kind
        if kind in ("col", "ask_col"):
            return replace(mine, generic="", columns=(Name("col", "other_org"),))
        if kind == "t4col":
            return replace(mine, generic="", columns=(Name("t4col", "other"),))
    if nearest.own == "line":
        return _other_line(mine, nearest, family)
    if nearest.own == "unit":
        return replace(mine, generic="", unit="其他")
    if nearest.own == "channel":
        return replace(mine, generic="", why=nearest.why)
    return replace(mine, generic="", rest="其他")


def _other_line(mine: Facets, nearest: Facets, family: Family) -> Facets:
    """其他 below a row of the form: the third item of 其他处理 behind its first two, else it may be many rows."""
    if nearest.columns and nearest.columns[0].kind == "t4col":
        return replace(mine, generic="", lines=mine.lines or nearest.lines, columns=(Name("t4col", "other"),))
    if any(name.key.startswith("ot_") for name in nearest.lines):
        return as_other(mine, (Name("row", "ot_subtotal"),), family) or mine
    own = next((n for n in mine.lines if n.key in family.parts), None)
    if own is not None:
        return as_other(mine, (own,), family) or replace(mine, generic="", rest="其他")
    if any(name.kind == "row" for name in nearest.lines):
        rest = sorted(family.parts["result_total"] & {row.key for row in family.form.table("table3").rows})
        return replace(mine, generic="", lines=(), open=tuple(Name("row", key) for key in rest))
    return replace(mine, generic="", lines=(), rest="其他")
