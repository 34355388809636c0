"""What the label of a question names: the same words that name the rows and columns of tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.extraction.statements import Target
from assistant.extraction.tables.facets import Facets, fold_labels
from assistant.extraction.tables.family import Family, family_of
from assistant.extraction.tables.labels import Label, read_label
from assistant.extraction.tables.vocabulary import short_sets
from assistant.numerals import fold

__all__ = ["Named", "column_of", "name", "name_in_line", "outcome_of"]

_SERIAL = re.compile(
    r"^\s*(?:\d{1,2}[-－]\d{1,2}[)）.、]|[(（]?[\d一二三四五六七八九十]{1,3}[)）.、]|问[:：]|Q\d*[:：.])\s*"
)
_ASKING = re.compile(
    r"[\s:：?？/、,，。;；\-—_]|请|填写|是否|有无|有没有|多少|几件|几|本年度?|全年|今年|年度|年底|年内|共|了|的|是|为|在|有|被|因|若|如|需|到|提起|提出"
    r"|政府信息公开|信息公开|各|分别|答"
)
"""what a question holds beside the words of the form"""
_LIST = re.compile(r"[^\s:：()/、]{1,10}(?:[/、][^\s:：()/、]{1,10})+")
_SUMS = frozenset({"总计", "合计", "计", "小计"})
_KINDS = {"table3": "col", "table4": "t4col"}
_SLACK = 2
"""unread characters that leave a label clear"""


@dataclass(frozen=True)
class Named:
    """``targets`` are the places in the order they are named, a row with column ``*`` where its columns are not told; ``clear``
    that hardly a word is left that nobody knows."""

    targets: tuple[Target, ...] = ()
    clear: bool = True
    prior: bool = False
    other_work: bool = False
    applicant: str = ""
    """the one column of table 3 that it names, and no row: 其中：自然人"""


@lru_cache(maxsize=2048)
def name(label: str, group: str, year: int | None, form: str) -> Named:
    """The targets of a label; ``group`` is the question that the label is an option of."""
    family = family_of(form)
    labels = [_read(words, year, form) for words in (group, label) if words.strip()]
    facets = fold_labels(labels, family)
    targets = _targets(facets, labels[-1], family) if labels else ()
    targets = _listed(label, targets, year, form) or targets
    other = any(one.kind == "decoy" for one in labels[-1].names) if labels else False
    if other and not any(one.lines for one in labels):
        # 公开培训: other work, whatever else a word of it may mean
        targets = ()
    rest = _ASKING.sub("", facets.rest)
    columns = [] if targets or rest else [one.key for one in facets.columns if one.kind == "col"]
    applicant = columns[0] if len(columns) == 1 else ""
    return Named(targets, len(rest) < _SLACK, facets.year == -1, other, applicant)


def _read(words: str, year: int | None, form: str) -> Label:
    bare = _SERIAL.sub("", fold(words))
    whole = read_label(bare, year, form)
    if not whole.rest:
        return whole
    asked = read_label(_ASKING.sub("", bare), year, form)
    return asked if len(asked.rest) <= len(whole.rest) and asked.names else whole


def _targets(facets: Facets, label: Label, family: Family) -> tuple[Target, ...]:
    lines = facets.lines
    found: list[Target] = []
    for line in lines:
        if not family.knows(line):
            continue
        table, keys = family.table_of(line), family.columns_of(line)
        named = [c.key for c in facets.columns if family.table_with(c) == table and c.key in keys]
        if not named and table in _KINDS:
            named = ["total"]
        elif not named and table == "fee":
            named = ["cases" if "件" in label.text else "yuan"]
        elif not named and len(keys) == 1:
            named = list(keys)
        found += [family.target(line, key) for key in named or ["*"]]
    return tuple(dict.fromkeys(found))


def _full(words: str) -> str:
    """自 as 自然人, 公 as 社会公益组织."""
    sets = short_sets()
    told = (*(known for known, _ in sets), *(general for _, general in sets))
    return next((known[words] for known in told if words in known), words)


def _listed(label: str, targets: tuple[Target, ...], year: int | None, form: str) -> tuple[Target, ...]:
    """The columns in the order in which a label lists them: 行政复议（维持/纠正/其他/未结/总计）."""
    found = _LIST.search(_SERIAL.sub("", fold(label)))
    if found is None or len({(t.table, t.row) for t in targets}) != 1:
        return ()
    whole = targets[0]._replace(col="*")
    columns = [
        "total" if w in _SUMS else column_of(w, whole, year, form) for w in re.split("[/、]", found.group())
    ]
    return tuple(whole._replace(col=c) for c in columns) if "" not in columns and "*" not in columns else ()


@lru_cache(maxsize=2048)
def column_of(words: str, target: Target, year: int | None, form: str) -> str:
    """The column of the target's row that words beside a figure name; the target's own where they name the row again; empty
    where they say something else."""
    family = family_of(form)
    label = read_label(_full(words), year, form)
    columns = {c.key for c in label.columns if family.table_with(c) == target.table}
    lines = {line.key for line in (*label.lines, *label.weak) if line.kind in ("row", "t2row", "t4block")}
    if "other" in label.marks and not columns and not label.rest:
        return {"table3": "other_org", "table4": "other"}.get(target.table, "")
    if target.table == "table3" and label.lines and target.row not in lines:
        # 新收：…，上年结转1（自然人）: the answer goes on to another row
        return ""
    if len(columns) == 1:
        return next(iter(columns))
    return target.col if not columns and target.row in lines else ""


@lru_cache(maxsize=2048)
def outcome_of(words: str, year: int | None, form: str) -> str:
    """The one outcome of table 3 that words beside a figure name; empty where there is none or more."""
    family = family_of(form)
    label = read_label(words, year, form)
    rows = family.innermost(tuple(n for n in (label.lines or label.weak) if n.kind == "row"))
    keys = {row.key for row in rows if row.key in family.parts["result_total"]}
    return next(iter(keys)) if len(keys) == len(rows) == 1 else ""


def name_in_line(label: str, group: str, held: Target | None, year: int | None, form: str) -> Named:
    """The targets of a label in a line of boxes: a word that names nothing by itself is a part of what its group names
    (复议：☑其他) or of the row asked for before (规范性文件　制发□有　废止□有)."""
    named = name(label, group, year, form)
    whole = name(group, "", year, form).targets if group else ()
    if len(whole) == 1 and named.targets == whole:
        part = _part_of(label, whole[0], year, form)
        return replace(named, targets=(part,) if part is not None else ())
    if named.targets or named.other_work or named.prior or group or held is None:
        return named
    part = _part_of(label, held, year, form)
    return replace(named, targets=(part,), clear=True) if part is not None else named


def _part_of(label: str, whole: Target, year: int | None, form: str) -> Target | None:
    """The cell that a label names which is but a column of a row."""
    words = _SERIAL.sub("", fold(label)).strip(" :：;；,，。、")
    column = column_of(words, whole, year, form) if words else ""
    return whole._replace(col=column) if column not in ("", "*", "total") else None
