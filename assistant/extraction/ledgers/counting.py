"""Adds up the rows of a register: what is known becomes figures, what is not is asked once for all rows with the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.extraction.ledgers.applicants import ALL
from assistant.extraction.ledgers.entries import Entry
from assistant.extraction.ledgers.outcomes import leaf_rows
from assistant.extraction.statements import Statement, Target
from assistant.extraction.structure import Claimed, Option, StructureReading, Unplaced
from assistant.forms import Form

__all__ = ["count", "named_rows"]

_TIE = 1 / 3
"""share from which a row in doubt keeps a figure from being stated: two or three places, it may well be this one"""
_FAINT = 1 / 8
"""share below which a row in doubt leaves figures sure: unknown words may stand for any of twenty rows. They are asked about,
and their places keep zeros away; to have every figure of the register confirmed as well would only be a burden"""
_RECEIVED = {"new_received": "都是本年新收", "carried_over": "都是上年结转"}
_EITHER = 1 / 2
"""share of a row that counts or does not"""
_MOST_NAMED = 12
"""rows named one by one in a question"""


@dataclass
class _Tally:
    """Rows counted in one cell; ``doubt`` is the largest share with which a row in doubt may belong here as well."""

    entries: list[Entry] = field(default_factory=list)
    value: int = 0
    sure: bool = True
    doubt: float = 0.0


@dataclass
class _Question:
    entries: list[Entry] = field(default_factory=list)
    places: dict[Target, None] = field(default_factory=dict)
    adds: dict[str, dict[Target, int]] = field(default_factory=dict)
    """what each answer would count where, by its words"""
    vague: set[Target] = field(default_factory=set)
    """cells of which even the answer leaves open whether a row belongs there"""


def named_rows(labels: Sequence[str]) -> str:
    """第7、12行."""
    shown = "、".join(labels[:_MOST_NAMED])
    more = f"等{len(labels)}" if len(labels) > _MOST_NAMED else ""
    return f"第{shown}{more}行" if all(label.isdecimal() for label in labels) else f"{shown}{more}行"


def count(
    entries: Sequence[Entry], form: Form, typed: bool, answers: bool, combined: bool
) -> StructureReading:
    """Figures and questions of all counted rows.

    ``typed`` and ``answers`` tell whether the register says applicants and outcomes at all; ``combined`` that a row is a
    combination with its number (自然人,予以公开,9), so that nothing is known of receipt and totals.
    """
    counter = _Counter(form, typed, answers, combined)
    for entry in entries:
        counter.add(entry)
    return counter.reading()


class _Counter:
    def __init__(self, form: Form, typed: bool, answers: bool, combined: bool) -> None:
        self.form = form
        self.table = form.table("table3")
        self.leaves = leaf_rows(form.version)
        self.typed, self.answers, self.combined = typed, answers, combined
        self.cells: dict[Target, _Tally] = defaultdict(_Tally)
        self.questions: dict[tuple[str, str], _Question] = defaultdict(_Question)

    def add(self, entry: Entry) -> None:
        """Count one row in every cell it belongs to, and block those it may belong to."""
        if entry.asked:
            self._doubtful(entry)
            return
        if not self.combined:
            self._receipt(entry)
        self._end(entry)

    def _doubtful(self, entry: Entry) -> None:
        """A row of which it is not known whether it is ours raises no figure, and those it may raise are not stated."""
        received = (entry.period.received,) if entry.period.received else ("new_received", "carried_over")
        ended = entry.outcome.rows or self.leaves
        rows = (*received, "carried_forward")
        if entry.period.ended != "open":
            rows = (*received, "result_total", *ended)
        for row in rows:
            for target in self._targets((row,), entry):
                self.cells[target].doubt = max(self.cells[target].doubt, _EITHER)
        known = len(received) == 1 and (entry.period.ended == "open" or len(ended) == 1)
        answers = {"计入": rows, "不计入": ()} if known else {"不计入": ()}
        self._ask(("belongs", entry.asked), entry, self._targets(rows, entry), answers)

    # ------------------------------------------------------------ where a row belongs
    def _receipt(self, entry: Entry) -> None:
        rows = (entry.period.received,) if entry.period.received else ("new_received", "carried_over")
        self._place(entry, rows, entry.period.received_sure)
        if len(rows) > 1:
            answers = {_RECEIVED[row]: [row] for row in rows}
            self._ask(
                ("received", "" if entry.received else "undated"), entry, self._targets(rows, entry), answers
            )

    def _end(self, entry: Entry) -> None:
        ended, told = entry.period.ended, entry.outcome
        if ended == "open":
            self._place(entry, ("carried_forward",), entry.period.ended_sure)
            return
        known = ended == "done"
        if not self.combined:
            self._place(
                entry,
                ("result_total",) if known else ("result_total", "carried_forward"),
                entry.period.ended_sure,
            )
        if not self.answers:
            self._ask(
                ("missing", ""),
                entry,
                [Target("table3", r, "*") for r in (*self.leaves, "result_total", "carried_forward")],
                {},
            )
            return
        rows = told.rows or self.leaves
        if known and len(rows) == 1:
            self._place(entry, rows, told.sure and entry.period.ended_sure)
            return
        self._place(entry, rows, False, always_doubt=True)
        # an outcome closes a request; whether there was one at all may be open as well
        total = () if known or self.combined else ("result_total",)
        answers = {f"归{self.table.row(row).name}": [row, *total] for row in rows}
        if not known:
            rows = (*rows, "result_total", "carried_forward")
            answers["结转下年度"] = ["carried_forward"]
        self._ask(("outcome", entry.words), entry, self._targets(rows, entry), answers)

    def _place(self, entry: Entry, rows: Sequence[str], sure: bool, always_doubt: bool = False) -> None:
        cols = entry.applicant.cols or (ALL if self.typed else ())
        share = 1 / len(rows)
        for row in rows:
            total = self.cells[Target("table3", row, "total")]
            if len(rows) == 1 and not always_doubt:
                self._counted(total, entry, sure)
            else:
                total.doubt = max(total.doubt, share)
            for col in cols:
                cell = self.cells[Target("table3", row, col)]
                if len(rows) == len(cols) == 1 and not always_doubt:
                    self._counted(cell, entry, sure and entry.applicant.sure)
                else:
                    cell.doubt = max(cell.doubt, share / len(cols))
            if len(cols) != 1 and self.typed and len(rows) == 1:
                places = [Target("table3", row, col) for col in cols]
                label = entry.applicant.label
                question = self._question(("applicant", label), entry, places)
                for place in places:
                    counts = question.adds.setdefault(f"计入{self._label(place.col)}", defaultdict(int))
                    counts[place] += entry.weight

    @staticmethod
    def _counted(cell: _Tally, entry: Entry, sure: bool) -> None:
        cell.entries.append(entry)
        cell.value += entry.weight
        cell.sure = cell.sure and sure and entry.sure

    def _targets(self, rows: Iterable[str], entry: Entry) -> list[Target]:
        cols = entry.applicant.cols or (ALL if self.typed else ())
        return [Target("table3", row, col) for row in rows for col in (*cols, "total")]

    def _ask(
        self,
        key: tuple[str, str],
        entry: Entry,
        places: Iterable[Target],
        answers: Mapping[str, Sequence[str]],
    ) -> None:
        """Ask about a row of the register; ``answers`` are the rows of the form that each answer counts it in."""
        question = self._question(key, entry, places)
        cols = entry.applicant.cols or (ALL if self.typed else ())
        for words, rows in answers.items():
            counts = question.adds.setdefault(words, defaultdict(int))
            for row in rows:
                counts[Target("table3", row, "total")] += entry.weight
                if len(cols) == 1:
                    counts[Target("table3", row, cols[0])] += entry.weight
                else:
                    question.vague.update(Target("table3", row, col) for col in cols)

    def _question(self, key: tuple[str, str], entry: Entry, places: Iterable[Target]) -> _Question:
        question = self.questions[key]
        if not question.entries or question.entries[-1] is not entry:
            question.entries.append(entry)
        question.places.update(dict.fromkeys(places))
        return question

    def _options(self, question: _Question) -> tuple[Option, ...]:
        """The answers with what each would count, and with what is held back for the question's sake."""
        held = {
            place: self.cells[place].value
            for place in question.places
            if place in self.cells and self.cells[place].doubt >= _TIE and place not in question.vague
        }
        found = []
        for words, counts in question.adds.items():
            claims = [
                Claimed(place, counts.get(place, 0), held.get(place, 0))
                for place in dict.fromkeys((*held, *counts))
                if place not in question.vague and (held.get(place) or counts.get(place))
            ]
            found.append(Option(words, tuple(claims), counted=True))
        return tuple(found)

    def _label(self, col: str) -> str:
        return next(c.label for c in self.table.columns if c.key == col)

    # ------------------------------------------------------------ what comes out
    def reading(self) -> StructureReading:
        out = StructureReading()
        order = {row.key: index for index, row in enumerate(self.table.rows)}
        cols = {col: index for index, col in enumerate((*ALL, "total"))}
        for target, cell in sorted(
            self.cells.items(), key=lambda item: (order[item[0].row], cols[item[0].col])
        ):
            if not cell.entries or cell.doubt >= _TIE:
                continue
            if self.combined and target.col == "total":
                # combinations need not be all there are
                continue
            spans = [entry.evidence for entry in cell.entries]
            sure = cell.sure and cell.doubt < _FAINT
            out.statements.append(
                Statement("value", target, spans[0], cell.value, "件", words="登记簿", spans=spans, sure=sure)
            )
        out.unplaced = [self._unplaced(key, question) for key, question in self.questions.items()]
        if not self.typed and not self.combined and self.cells:
            out.unplaced.append(self._untyped())
        return out

    def _unplaced(self, key: tuple[str, str], question: _Question) -> Unplaced:
        kind, words = key
        rows = named_rows([entry.label for entry in question.entries])
        spans = tuple(entry.evidence for entry in question.entries)
        if kind == "applicant":
            about = f"的申请人“{words}”" if words else "没有写明申请人类别，"
            text = f"登记簿{rows}{about}计入哪一类申请人？"
        elif kind == "received":
            words, text = self._about_receipt(words, rows)
        elif kind == "belongs":
            text = f"登记簿{rows}（{_short(words)}）是本单位要统计的申请吗？"
        elif kind == "missing":
            text = "登记簿没有答复结果一栏，请问各件申请的办理结果分别是什么？"
        elif words:
            text = f"登记簿{rows}“{_short(words)}”归哪一行？"
        else:
            text = f"登记簿{rows}已答复但没有写明结果，归哪一行？"
        options = self._options(question)
        return Unplaced(spans, _short(words), tuple(question.places), text, options=options)

    @staticmethod
    def _about_receipt(words: str, rows: str) -> tuple[str, str]:
        """What the question is about, and the question."""
        if words == "undated":
            return "没有收到日期", f"登记簿{rows}没有收到日期，是本年新收还是上年结转？"
        return "日期不一致", f"登记簿{rows}的收到日期与备注或答复日期不一致，是本年新收还是上年结转？"

    def _untyped(self) -> Unplaced:
        rows = dict.fromkeys(target.row for target, cell in self.cells.items() if cell.entries)
        spans = tuple(dict.fromkeys(e.evidence for c in self.cells.values() for e in c.entries))[:1]
        places = tuple(Target("table3", row, col) for row in rows for col in ALL)
        return Unplaced(
            spans,
            "登记簿中的申请",
            places,
            "登记簿没有申请人类别，这些申请都是自然人提出的吗？",
            options=(Option("都是自然人", zero="table3.*.except.natural_person"),),
        )


def _short(words: str) -> str:
    return words if len(words) <= 30 else words[:30] + "…"
