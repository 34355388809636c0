"""Reads one table of figures from its grid to statements, with an account of every figure in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.blocks import Block, Cell
from assistant.extraction.inventory import inventory_of
from assistant.extraction.statements import Span
from assistant.extraction.structure import Account, Situation, StructureReading, Unplaced, Use
from assistant.extraction.tables.cells import Holds, content_of
from assistant.extraction.tables.comparing import wrong_growth
from assistant.extraction.tables.completing import completed
from assistant.extraction.tables.declared import Declared
from assistant.extraction.tables.facets import CONTACT, Facets, fold_labels
from assistant.extraction.tables.family import Family, family_of
from assistant.extraction.tables.grid import FIGURES, Grid
from assistant.extraction.tables.labels import read_label
from assistant.extraction.tables.layout import lay_out
from assistant.extraction.tables.lines import Layout
from assistant.extraction.tables.periods import make_a_year
from assistant.extraction.tables.placing import place_all
from assistant.extraction.tables.readings import Reading
from assistant.extraction.tables.remarks import Remarks
from assistant.extraction.tables.settling import Settler
from assistant.extraction.tables.sums import confirm
from assistant.extraction.tables.vocabulary import shape
from assistant.forms import Form
from assistant.numerals import fold

__all__ = ["read_tables"]

_UNIT_LINE = re.compile(r"单位[:：]?\s*[(（]?(?:[件份宗起个][、,，/和 ]{1,2}){0,2}(亿元|万元|元)")
_YEAR = re.compile(r"20[0-4]\d(?=\s*年)")
_HEADING_WORDS = 20


@dataclass(frozen=True)
class _Laid:
    """A table laid out, with a reading of every figure and the part of the year that its heading names."""

    layout: Layout
    readings: list[Reading]
    said: Declared
    period: str


def read_tables(
    tables: Sequence[tuple[Block, Declared]], situation: Situation, form: Form
) -> list[StructureReading | None]:
    """What each table block says of the form, with what the words beside it say of it; None for one that says nothing of the form,
    or lists single requests one a row. The tables of the halves, quarters or months of the year are one table: the first of them
    says what all say together."""
    laid = [_laid(block, situation, form, said) for block, said in tables]
    parts = [one for one in laid if one is not None and one.period]
    together = parts if len(parts) > 1 and make_a_year([one.period for one in parts]) else []
    found: list[StructureReading | None] = []
    for one in laid:
        if one is None:
            found.append(None)
        elif one in together[1:]:
            found.append(StructureReading())
        else:
            found.append(_settled(together if one in together else [one], situation, form))
    return found


def _laid(block: Block, situation: Situation, form: Form, said: Declared) -> _Laid | None:
    if block.table is None:
        return None
    family = family_of(form.version)
    layout = lay_out(completed(block.table, said), situation.year, family)
    if not any(figure.content.holds in FIGURES for figure in layout.figures):
        return None
    heading = _heading(block, layout, situation, family)
    readings = place_all(layout, family, heading)
    if not _concerns_form(readings, layout) or _is_register(block, readings, situation, family):
        return None
    own = any(r.period != heading.period for r in readings)
    return _Laid(layout, readings, said, "" if own else heading.period)


def _settled(parts: Sequence[_Laid], situation: Situation, form: Form) -> StructureReading:
    """What one table says, or several that make up a year."""
    family = family_of(form.version)
    readings = [reading for part in parts for reading in part.readings]
    scope = [sentence for part in parts for sentence in part.said.scope]
    settler = Settler(readings, situation, family, scope)
    out = settler.settle()
    confirm(out, family, settler.dashes, none=all(part.said.no_figure for part in parts))
    for part in parts:
        out.remarks += wrong_growth(part.layout, out.statements)
        told = Remarks(part.layout, family, situation.year, part.said.default).read(out)
        _account_rest(out, part.layout, told)
    return out


def _heading(block: Block, layout: Layout, situation: Situation, family: Family) -> Facets:
    """What the headings above and within the table say: the year, the unit of money, an office, the line where it is all they name."""
    texts = [*block.headings, *(label.text for label in layout.titles)]
    labels = [read_label(text, situation.year, family.form.version) for text in texts]
    short = [one for one in labels if len(one.text) <= _HEADING_WORDS and (not one.rest or one.is_unit)]
    facets = fold_labels(short, family)
    money = [found[1] for text in texts if (found := _UNIT_LINE.search(text))]
    year = facets.year if facets.year is not None else _year_of(texts, situation)
    lines = facets.lines if short and short[-1].lines else ()
    # 财务处: an office within the body, whose figures are the body's
    unit = facets.unit or next((name for text in reversed(texts) if (name := _titled(text))), "")
    unit = "" if shape("office").search(unit) else unit
    return Facets(lines=lines, year=year, period=facets.period, unit=unit, money=money[-1] if money else "")


def _titled(text: str) -> str:
    """县林业局2024年…统计表: the body whose table it is."""
    found = shape("titled").search(fold(text).strip())
    return found[0] if found else ""


def _year_of(texts: Sequence[str], situation: Situation) -> int | None:
    """The year of the nearest heading that names exactly one."""
    for text in reversed(texts):
        years = set(_YEAR.findall(text))
        if len(years) == 1 and situation.year is not None:
            return int(years.pop()) - situation.year
        if years:
            return None
    return None


def _concerns_form(readings: Sequence[Reading], layout: Layout) -> bool:
    """Whether any figure has to do with the form."""
    told = [r for r in readings if r.targets or r.places or r.lines or r.row.columns or r.column.columns]
    counted = [r for r in told if r.figure.content.holds in FIGURES]
    return any(r.figure.content.holds is not Holds.DASH or r.targets for r in counted)


def _is_register(block: Block, readings: Sequence[Reading], situation: Situation, family: Family) -> bool:
    """A list of single requests: dates or ticks in most rows, and no column of figures that a header of the form names."""
    assert block.table is not None
    grid = Grid(block.table, situation.year, family.form.version)
    cells = [cell for cell in block.table.cells if cell.text.strip()]
    single = [c for c in cells if content_of(c.text).holds in (Holds.DATE, Holds.TICK, Holds.PERSON)]
    rows = {cell.row for cell in single}
    if len(rows) * 2 <= len({cell.row for cell in cells}):
        return False
    heads = [grid.head(col) for col in grid.figure_columns]
    return not any(h.columns or h.lines or (h.known and not h.rest and not h.marks) for h in heads)


def _account_rest(out: StructureReading, layout: Layout, told: frozenset[int]) -> None:
    """Figures in headings and labels are no counts; those in remarks are left to the readers of sentences, and asked till then."""
    for cell in layout.serials:
        out.accounts.append(Account(_span(cell), Use.LEFT_OUT, "序号"))
    for cell in layout.contacts:
        out.accounts.append(Account(_span(cell), CONTACT.use, CONTACT.words))
    for cell in layout.differences:
        out.accounts.append(Account(_span(cell), Use.LEFT_OUT, "增减"))
    for cell in layout.words:
        if _has_figure(cell):
            out.accounts.append(Account(_span(cell), Use.LEFT_OUT, "标题或栏目中的数字"))
    for cell in layout.notes:
        if cell.start in told:
            continue
        if any(figure.is_candidate for figure in inventory_of(cell.text)):
            out.unplaced.append(Unplaced((_span(cell),), cell.text.strip()))
        elif _has_figure(cell):
            out.accounts.append(Account(_span(cell), Use.LEFT_OUT, "说明中的日期、编号等"))


def _has_figure(cell: Cell) -> bool:
    return any(char.isdigit() for char in cell.text)


def _span(cell: Cell) -> Span:
    return Span(cell.start, cell.end)
