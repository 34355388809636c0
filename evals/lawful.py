"""Draws random lawful annual reports, on which a checker must stay silent and a round trip must lose nothing."""

from __future__ import annotations

import random
from decimal import Decimal

from assistant.forms import CellKey, Form, load_form
from assistant.report import AnnualReport, Contact, InfoFee, Level, Tables, UnitProfile, blank_tables
from evals.lawful_phrases import AREAS, CITIES, DEPARTMENTS, PROVINCES, TOWNS
from evals.lawful_prose import Prose, Writer

__all__ = ["lawful_pair", "lawful_report", "lawful_tables", "lawful_unit"]


def lawful_report(seed: int, *, form: str = "2021", level: Level | None = None) -> AnnualReport:
    """A random lawful report: sums hold, prose agrees with the tables, sections and punctuation are right.

    The same seed gives the same report. ``level`` fixes the kind of unit; a street office or town is ``Level.TOWN``.
    """
    rng = random.Random(f"report {seed} {form} {level}")
    unit = lawful_unit(rng, level)
    first, last = load_form(form).years
    year = rng.randint(first, min(last, 2026))
    return _compose(rng, unit, year, form)


def lawful_pair(seed: int, *, level: Level | None = None) -> tuple[AnnualReport, AnnualReport]:
    """Two lawful reports of one unit, last year's and this year's: carry-overs and documents in force tie together."""
    rng = random.Random(f"pair {seed} {level}")
    unit = lawful_unit(rng, level)
    year = rng.randint(2022, 2026)
    last = _compose(rng, unit, year - 1, "2021")
    return last, _compose(rng, unit, year, "2021", last)


def lawful_unit(rng: random.Random, level: Level | None = None) -> UnitProfile:
    """An invented unit whose name shows its level, with an office contact."""
    level = level or rng.choice(
        [Level.TOWN, Level.TOWN, Level.DEPARTMENT, Level.DEPARTMENT, Level.COUNTY, Level.CITY, Level.PROVINCE]
    )
    city, area = rng.choice(CITIES), rng.choice(AREAS)
    if level is Level.PROVINCE:
        name = f"{rng.choice(PROVINCES)}人民政府"
    elif level is Level.CITY:
        name = f"{city}人民政府"
    elif level is Level.COUNTY:
        name = f"{rng.choice(('', city))}{area}人民政府"
    elif level is Level.TOWN:
        town = rng.choice(TOWNS)
        name = f"{area}{town}{'办事处' if town.endswith('街道') else '人民政府'}"
    else:
        name = f"{rng.choice((city, area, city + area))}{rng.choice(DEPARTMENTS)}"
    contact = Contact(
        address=f"{area}{rng.choice(('人民路', '建设大街', '府前街', '文化路'))}{rng.randint(1, 300)}号",
        postcode=f"{rng.randint(100000, 799999)}",
        phone=f"0{rng.randint(310, 990)}-{rng.randint(2000000, 8999999)}",
        website=f"http://www.{rng.choice(('qinghe', 'liulin', 'jinhu', 'baita'))}.gov.cn",
    )
    return UnitProfile.infer(name, level).model_copy(update={"contact": contact})


def lawful_tables(
    rng: random.Random, form: Form, unit: UnitProfile, last: AnnualReport | None = None
) -> Tables:
    """Figures for every cell of the form that satisfy all its sums; ``last`` gives what is carried over."""
    tables = blank_tables(form)
    for key in form.cells:
        tables[key.table][key.row][key.col] = 0
    _fill_requests(rng, form, tables, last)
    _fill_disputes(rng, form, tables)
    if form.version == "2021":
        _fill_documents(rng, tables, unit, last)
    else:
        _fill_old_documents(rng, form, tables)
    return tables


def _fill_requests(rng: random.Random, form: Form, tables: Tables, last: AnnualReport | None) -> None:
    table = tables["table3"]
    received, carried, done, open_ = _balance_rows(form)
    outcomes = _outcome_rows(form)
    size = rng.choice([0, 0, 3, 8, 20, 60, 400])
    columns = [c.key for c in form.table("table3").columns if c.key != "total"]
    for col in columns:
        weight = 1.0 if col == columns[0] else rng.choice([0, 0, 0, 0.1, 0.3])
        table[received][col] = new = rng.randint(0, int(size * weight)) if size else 0
        old = _known(last.table3[open_][col]) if last else rng.choice([0, 0, 0, new // 5])
        table[carried][col] = old
        table[open_][col] = left = rng.choice([0, 0, 0, min(2, new), new // 10])
        handled = new + old - left
        table[done][col] = handled
        likely = rng.sample(outcomes, k=min(len(outcomes), rng.randint(1, 7)))
        for _ in range(handled):
            row = rng.choice(likely)
            table[row][col] = _known(table[row][col]) + 1
    for row in table:
        table[row]["total"] = sum(_known(table[row][col]) for col in columns)


def _balance_rows(form: Form) -> tuple[str, str, str, str]:
    identity = next(form.identities_of("T3_BALANCE"))
    (received, carried), (done, open_) = identity.left, identity.right
    return received.row, carried.row, done.row, open_.row


def _outcome_rows(form: Form) -> list[str]:
    return [key.row for key in next(form.identities_of("T3_RESULT_SUM")).right]


def _fill_disputes(rng: random.Random, form: Form, tables: Tables) -> None:
    if rng.random() < 0.55:
        return
    for identity in form.identities_of("T4_SUM"):
        total = 0
        for key in identity.right:
            value = rng.choice([0, 0, 0, 1, 2, 5])
            tables[key.table][key.row][key.col] = value
            total += value
        (key,) = identity.left
        tables[key.table][key.row][key.col] = total


def _fill_documents(rng: random.Random, tables: Tables, unit: UnitProfile, last: AnnualReport | None) -> None:
    table = tables["table2"]
    large = unit.level in (Level.PROVINCE, Level.CITY)
    for row in ("rules", "normative_docs"):
        if row == "rules" and not unit.may_make_rules:
            continue
        before = _known(last.table2[row]["in_force"]) if last else rng.choice([0, 3, 12, 65])
        issued, abolished = rng.choice([0, 0, 2, 9]), rng.choice([0, 0, min(1, before), before // 4])
        table[row].update(issued=issued, abolished=abolished, in_force=before + issued - abolished)
    for row in ("admin_license", "admin_penalty", "admin_compulsion"):
        table[row]["decisions"] = rng.choice(
            [0, 0, rng.randint(1, 60), rng.randint(61, 9000 if large else 900)]
        )
    if rng.random() < 0.3:
        cents = rng.randint(1, 4_000_000_00 if large else 900_00)
        table["admin_fee"]["amount_wan"] = Decimal(cents) / rng.choice([100, 100, 10_000])


def _fill_old_documents(rng: random.Random, form: Form, tables: Tables) -> None:
    for key in form.table2.cells:
        column = form.column(key)
        if key.row == "rules" or rng.random() < 0.5:
            continue
        value = rng.choice([rng.randint(1, 20), rng.randint(1, 400)])
        tables[key.table][key.row][key.col] = (
            rng.choice([1, -1]) * value if column.kind == "signed" else value
        )
    row = tables[form.table2.key]["normative_docs"]
    made = _known(row["made"])
    row.update(published=made, total_public=made + rng.randint(0, 30))


def _known(value: int | Decimal | None) -> int:
    if value is None or value != int(value):
        raise ValueError("a lawful report has whole counts everywhere")
    return int(value)


def _compose(
    rng: random.Random, unit: UnitProfile, year: int, form: str, last: AnnualReport | None = None
) -> AnnualReport:
    layout = load_form(form)
    tables = lawful_tables(rng, layout, unit, last)
    cases = rng.choice([0, 0, 0, 0, 1, 2])
    if not _known(tables["table3"]["new_received"]["total"]):
        cases = 0
    bare = AnnualReport(
        form=form,
        org=unit,
        year=year,
        tables=tables,
        info_fee=InfoFee(yuan=cases * 100 * rng.randint(1, 5), cases=cases),
    )
    prose: Prose = Writer(rng, bare, last).write()
    return bare.model_copy(update={"title": prose.title, "preamble": prose.preamble}).with_sections(
        prose.sections
    )


def total_of(report: AnnualReport, row: str) -> int:
    """The total of one row of table 3."""
    return _known(report.value(CellKey("table3", row, "total")))
