"""Which of the rows told before a clause speaks of: all, the last two, those that add up to so many."""

from __future__ import annotations

import re

from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.words import Sense

__all__ = ["closes_row", "counted_reach", "reach_of", "row_worth", "settled", "summing"]

_COUNTED = re.compile(
    r"(?P<which>前|最后|后|这|那|上述|以上)\s?(?P<many>[两二三四五六七八九十]|一|\d{1,4})\s?(?P<unit>[者个项条类种件行])"
)


_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def reach_of(scope: Scope, *, here: bool) -> list[Told]:
    """The rows told whose applicants nobody told yet: of this sentence, or of all before it."""
    rows: dict[tuple[str, str], Told] = {}
    detailed: set[tuple[str, str]] = set()
    for told in scope.told:
        if here and told.sentence != scope.sentence:
            continue
        key = (told.row.table, told.row.key)
        if told.settled or told.col not in ("total",):
            detailed.add(key)
        elif key in rows and rows[key].value != told.value:
            # 查无此文4件，个人；不归我们管1件，企业: the row is told in parts
            detailed.discard(key)
        if told.col == "total" and told.value != 0:
            rows[key] = told
    # 不予公开10件，其中行政查询5件（自然人4件、律所1件）: a group is told with its parts
    detailed |= {(t, f"{row.partition('_')[0]}_subtotal") for t, row in detailed}
    found = [told for key, told in rows.items() if key not in detailed]
    return [t for t in found if t.row.key != "result_total"] if len(found) > 1 else found


def counted_reach(words: str, scope: Scope) -> list[Told] | None:
    """前三项都是, 这两个都是, 最后一项是: which of the rows told in this sentence are meant."""
    match = _COUNTED.search(words)
    if match is None or not match["which"]:
        return None
    many = _NUMBERS.get(match["many"]) or (int(match["many"]) if match["many"].isdigit() else 0)
    rows = {
        (t.row.table, t.row.key): t for t in scope.told if t.sentence == scope.sentence and t.col == "total"
    }
    told = list(rows.values())
    if match["unit"] == "件" and many > 1:
        return summing(many, scope)
    if not many or many > len(told):
        return None
    return told[:many] if match["which"] == "前" else told[-many:]


def summing(many: object, scope: Scope) -> list[Told]:
    """这15件, 20件申请人均为…: the rows told last that add up to so many; none where nothing does."""
    here = [t for t in scope.told if t.sentence == scope.sentence and t.col == "total"]
    before = [t for t in scope.told[-1:] if t.col == "total"]
    told = list({(t.row.table, t.row.key): t for t in here or before}.values())
    for first in range(len(told) - 1, -1, -1):
        if sum(t.value for t in told[first:] if isinstance(t.value, int)) == many:
            return told[first:]
    return []


def row_worth(many: object, scope: Scope) -> Sense | None:
    """19件里…, 这19件中…: the one row of table 3 whose total was told as so many."""
    told = [t.row for t in scope.told if t.row.table == "table3" and (t.col, t.value) == ("total", many)]
    return told[-1] if len({row.key for row in told}) == 1 else None


def closes_row(many: object, scope: Scope, *, alone: bool = False) -> bool:
    """19份，个人18份，剩下1份是公司: whether so many are what the columns told leave of the row told in this sentence;
    ``alone``: even where none was told (2份，是两位村民的)."""
    last = scope.told[-1] if scope.told else None
    if last is None or last.sentence != scope.sentence or last.col in ("", "*"):
        return False
    mine = [t for t in scope.told if t.sentence == scope.sentence and t.row.key == last.row.key]
    total = next((t.value for t in mine if t.col == "total"), None)
    values = [t.value for t in mine if t.col != "total" and isinstance(t.value, int)]
    return (
        isinstance(total, int)
        and isinstance(many, int)
        and sum(values) + many == total
        and (bool(values) or alone)
    )


def settled(scope: Scope, rows: set[str]) -> Scope:
    """The scope in which the applicants of these rows are told."""
    return scope.but(told=tuple(t._replace(settled=True) if t.row.key in rows else t for t in scope.told))
