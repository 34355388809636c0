"""Decides what 合计 and 其他 stand for by the lines beside them: applicants, results, rows, offices, months."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.extraction.structure import Use
from assistant.extraction.tables.facets import DECOY, PART, SUM_OF_UNITS, Facets, Why, as_other, with_label
from assistant.extraction.tables.family import Family
from assistant.extraction.tables.gaps import gaps
from assistant.extraction.tables.labels import Label
from assistant.extraction.tables.lines import Line, Place
from assistant.extraction.tables.vocabulary import Name

__all__ = ["axis_facets"]

_UNSAID, _UNKNOWN_SUM, _SUBTOTAL = "（未写明）", "合计", "小计"
_SUMMED = re.compile("小计|合计|总计|总数$")
_NEARLY = 0.8
_SEVERAL = 3
_CARRIED = frozenset({"carried_over", "carried_forward"})
_Node = tuple[object, ...]
_SUM = Why(Use.LEFT_OUT, "各项合计")


def axis_facets(axis: Mapping[Place, Line], family: Family, *, rows: bool) -> dict[Place, Facets]:
    """The facets of every line of an axis. Labels under one label are settled together, outer labels first."""
    lines = sorted(axis.values(), key=lambda line: (line.place.part, line.place.at))
    facets: dict[_Node, Facets] = {}
    depth = max((len(line.labels) for line in lines), default=0)
    for level in range(depth):
        below: dict[_Node, dict[_Node, Label]] = {}
        for line in lines:
            if level < len(line.labels):
                below.setdefault(line.node(level), {}).setdefault(line.node(level + 1), line.labels[level])
        for parent, children in below.items():
            outer = facets.get(parent, Facets())
            facets |= {node: with_label(outer, label, family) for node, label in children.items()}
        usual = _usual([facets[node] for children in below.values() for node in children])
        for children in below.values():
            _settle(list(children), facets, family, usual)
    found = {place: facets.get(line.node(len(line.labels)), Facets()) for place, line in axis.items()}
    found = _below_topics(axis, found)
    found = {place: _alone(facets) for place, facets in found.items()}
    if not rows:
        found = {place: _beside_groups(place, found, family) for place in found}
        found = _of_the_whole(found)
    found = _other_work(_by_place(found, family), family)
    lacking = gaps(axis, found, family, rows=rows)
    return {p: replace(f, rest=f.rest or _UNSAID) if p in lacking else f for p, f in found.items()}


def _below_topics(axis: Mapping[Place, Line], found: Mapping[Place, Facets]) -> dict[Place, Facets]:
    """执法与收费 over 许可, 处罚, 强制: a head that nobody knows, over several lines of the form that stand nowhere else, is their topic."""
    groups: dict[_Node, list[Place]] = {}
    for place, line in axis.items():
        outer, own = line.labels[:-1], line.own
        unknown = any(label.rest and not label.is_unit for label in outer)
        if unknown and found[place].lines and not own.rest and (own.lines or own.weak):
            groups.setdefault(line.node(len(outer)), []).append(place)
    settled = dict(found)
    for members in groups.values():
        lines = {found[place].lines for place in members}
        elsewhere = {f.lines for place, f in found.items() if place not in members}
        if len(lines) == len(members) >= _SEVERAL and not lines & elsewhere:
            settled |= {place: replace(found[place], rest="") for place in members}
    return settled


def _by_place(found: Mapping[Place, Facets], family: Family) -> dict[Place, Facets]:
    """结转 alone: behind the outcomes it is what goes over, before them what came over. No more than likely."""
    outcomes = family.parts["result_total"] | {"result_total"}
    told = {place: {n.key for n in f.lines if n.kind == "row"} for place, f in found.items()}
    open_ = [place for place, keys in told.items() if keys == _CARRIED]
    if not open_ or any(len(keys) == 1 and keys <= _CARRIED for keys in told.values()):
        return dict(found)
    settled = dict(found)
    ends: dict[int, list[int]] = {}
    for place, keys in told.items():
        if keys & outcomes and not keys & _CARRIED:
            ends.setdefault(place.part, []).append(place.at)
    for place in open_:
        beside = ends.get(place.part)
        if beside and not min(beside) < place.at < max(beside):
            key = "carried_forward" if min(beside) < place.at else "carried_over"
            settled[place] = replace(found[place], lines=(Name("row", key),), blurred=True)
    return settled


def _alone(mine: Facets) -> Facets:
    """行政执法决定 heads the lines below it; with a figure of its own nobody knows which of them it is."""
    return replace(mine, rest=mine.rest or mine.label) if mine.own == "topic" and not mine.lines else mine


def _other_work(found: Mapping[Place, Facets], family: Family) -> dict[Place, Facets]:
    """信访件 beside 主动公开信息 counts letters; only beside outcomes of requests is it one of them."""
    doubtful = {place for place, f in found.items() if f.either_work}
    outcomes = family.parts["result_total"]
    told = any(n.key in outcomes for place, f in found.items() if place not in doubtful for n in f.lines)
    if told or not doubtful:
        return dict(found)
    return {p: replace(f, why=f.why or DECOY) if p in doubtful else f for p, f in found.items()}


def _of_the_whole(found: Mapping[Place, Facets]) -> dict[Place, Facets]:
    """其中自然人 behind 全年 is a part of what stands before it, of its period, year and office."""
    told: dict[Place, Facets] = {}
    whole: Facets | None = None
    for place in sorted(found, key=lambda p: (p.part, p.at)):
        mine = found[place]
        inner = mine.part and bool(mine.columns) and not (mine.period or mine.unit or mine.lines)
        if inner and whole is not None:
            year = whole.year if mine.year is None else mine.year
            mine = replace(mine, period=whole.period, unit=whole.unit, year=year, lines=whole.lines)
        elif not mine.part:
            whole = mine
        told[place] = mine
    return told


def _beside_groups(place: Place, found: Mapping[Place, Facets], family: Family) -> Facets:
    """总计 beside 申请人 over 自然人, 企业 is the sum of what stands below its neighbour, which is known only in the end."""
    mine = found[place]
    told = mine.lines or mine.columns or mine.unit or mine.period or mine.why or mine.rest
    if mine.rest != _UNKNOWN_SUM and (mine.own != "generic" or told):
        return mine
    beside = [f for at, f in found.items() if at != place and at.part == place.part and at.at < place.at]
    summed, _ = _sum(replace(mine, generic="sum", rest=""), beside, family)
    return summed if summed.columns and not summed.rest else mine


def _usual(told: Sequence[Facets]) -> Facets | None:
    """What labels of one depth are where nearly all of them name applicants: 其他 alone below its row is one as well."""
    known = [f for f in told if f.own not in ("", "generic")]
    named = [f for f in known if f.own == "column" and f.columns[0].kind == "col"]
    return named[0] if named and len(named) >= _NEARLY * len(known) else None


def _settle(
    nodes: Sequence[_Node], facets: dict[_Node, Facets], family: Family, usual: Facets | None
) -> None:
    nearest = _nearest([facets[node] for node in nodes])
    for node, near in zip(nodes, nearest, strict=True):
        if facets[node].generic == "other":
            facets[node] = _other(facets[node], near or usual, family)
    _leave_parts(nodes, facets)
    since = 0
    for at, node in enumerate(nodes):
        if facets[node].generic != "sum":
            continue
        # a sum directly behind another is that of all lines above
        above = [facets[n] for n in nodes[since:at]] or [facets[n] for n in nodes[:at]]
        beside = above or _until_sum(nodes, at + 1, facets)
        facets[node], closed = _sum(facets[node], beside, family)
        if closed:
            facets |= {n: replace(facets[n], why=facets[n].why or PART) for n in nodes[since:at]}
        since = at + 1


def _leave_parts(nodes: Sequence[_Node], facets: dict[_Node, Facets]) -> None:
    """处罚小计 behind 一般程序, 简易程序, all below 行政处罚: what nobody knows there are its parts."""
    unknown = [node for node in nodes if facets[node].own == "rest" and facets[node].lines]
    for node in nodes:
        mine = facets[node]
        if mine.own == "line" and not mine.rest and _SUMMED.search(mine.label):
            facets |= {
                n: replace(facets[n], why=facets[n].why or PART)
                for n in unknown
                if facets[n].lines == mine.lines
            }


def _nearest(told: Sequence[Facets]) -> list[Facets | None]:
    """For each line the nearest before it that says what it is, at the head the first behind it."""
    first = next((f for f in told if f.own not in ("", "generic")), None)
    found: list[Facets | None] = []
    last: Facets | None = None
    for facets in told:
        found.append(last or first)
        if facets.own not in ("", "generic"):
            last = facets
    return found


def _until_sum(nodes: Sequence[_Node], start: int, facets: Mapping[_Node, Facets]) -> list[Facets]:
    behind = (facets[nodes[at]] for at in range(start, len(nodes)))
    return list(takewhile(lambda f: f.generic != "sum", behind))


def _sum(mine: Facets, beside: list[Facets], family: Family) -> tuple[Facets, bool]:
    """The sum of the lines beside it; whether those are unknown parts of a known line."""
    told = [f for f in beside if f.why is None and not f.part and f.own]
    aside = {f.why for f in beside if f.why is not None}
    if not told and len(aside) == 1:
        # 合计 of the channels
        return replace(mine, generic="", why=aside.pop()), False
    lines = tuple(dict.fromkeys(f.lines for f in told if f.lines))
    columns = tuple(dict.fromkeys(f.columns for f in told if f.columns))
    constant = lines[0] if len(lines) == 1 else ()
    if sum(f.own == "unit" for f in told) * 2 > len(told):
        partial = mine.label if _SUBTOTAL in mine.label else ""
        return replace(mine, generic="", unit=SUM_OF_UNITS + partial), False
    if sum(f.own == "period" for f in told) * 2 > len(told):
        return replace(mine, generic="", period="year_whole"), False
    if len(columns) > 1 or (columns and len(lines) <= 1):
        kinds = [names[0].kind for names in columns]
        kind = "col" if kinds[0] == "ask_col" else kinds[0]
        return replace(mine, generic="", lines=mine.lines or constant, columns=(Name(kind, "total"),)), False
    if len(lines) > 1 or (lines and not mine.lines):
        return _sum_of_lines(mine, [n for names in lines for n in names], family), False
    unknown = [f for f in told if f.own == "rest"]
    if unknown and mine.lines and len(unknown) == len(told):
        # 行政处罚 over 普通程序, 简易程序, 小计
        return replace(mine, generic=""), True
    if unknown:
        return replace(mine, generic="", rest=_UNKNOWN_SUM), False
    return replace(mine, generic=""), False


def _sum_of_lines(mine: Facets, names: list[Name], family: Family) -> Facets:
    keys = {name.key for name in names}
    if all(name.kind == "row" for name in names):
        part = _subtotal(mine, keys, family)
        if part is not None:
            return replace(mine, generic="", lines=(part,))
        if keys == {"new_received", "carried_over"}:
            # 合计 of what came in, or 总计 of the form with all outcomes left out
            either = (Name("row", "received_all"), Name("row", "result_total"))
            return replace(mine, generic="", lines=either)
        group = next((n for n in mine.lines if n.key in family.parts and keys <= family.parts[n.key]), None)
        if group is not None:
            return replace(mine, generic="", lines=(group,))
        if keys & family.parts["result_total"]:
            # 总计 below 结转下年 may count what is still open as well
            all_of = (Name("row", "received_all"),) if "carried_forward" in keys else ()
            return replace(mine, generic="", lines=(Name("row", "result_total"), *all_of))
    if keys == {"litigation_direct", "litigation_after_review"}:
        return replace(mine, generic="", lines=(Name("t4block", "litigation_all"),))
    return replace(mine, generic="", why=_SUM)


def _subtotal(mine: Facets, keys: set[str], family: Family) -> Name | None:
    """小计 of lines that are all of one group, or of what stands below 公开: that group, not all results."""
    given = any(name.key == "granted" for name in mine.lines)
    if not given and (mine.lines or _SUBTOTAL not in mine.label):
        return None
    groups = (key for key, parts in family.parts.items() if keys <= parts and key != "result_total")
    return next((Name("row", key) for key in groups), None)


def _other(mine: Facets, nearest: Facets | None, family: Family) -> Facets:
    """其他 is of the kind of the line beside it."""
    if nearest is None:
        return as_other(mine, mine.lines, family) or replace(mine, generic="", rest="其他")
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
