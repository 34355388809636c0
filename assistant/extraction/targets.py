"""Decides which cell a set of words names, given what the text spoke of before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.extraction.lexicon import Entry
from assistant.extraction.statements import Statement, Target
from assistant.extraction.tokens import Token
from assistant.forms import Form

__all__ = ["Context", "Resolver", "Sense"]

_COUNTED = frozenset({"row", "t2row", "t4block", "t4col", "t2col", "fee", "decoy"})
"""kinds of words that say what a figure counts"""
_CASES = frozenset({"t4block", "t4col"})
_CARRY_GAP = ("转", "拖", "留", "结转", "挪", "剩", "压", "遗", "欠", "攒", "存")


@dataclass
class Context:
    """What the text speaks of at this point."""

    table: str = ""
    row: str = ""
    t2row: str = ""
    document_row: str = ""
    """the last row of table 2 that has several columns"""
    block: str = ""
    group: str = ""
    """deny, na, np, ot, subtotal or "" : the family of the last result row, for 其他"""
    col: str = ""
    """applicant that a group clause set for the items that follow"""
    col_sentence: int | None = None
    """the group clause ends with this sentence; None: it holds until changed"""
    whole: bool = False
    """the group clause says that the items that follow are all of that applicant (下面的全是自然人)"""
    applicants: bool = False
    """the last figure counted an applicant type"""
    last: Statement | None = None
    count: Statement | None = None
    """the last number of requests or cases, which 均…/全部… refers to"""
    sentence: int = 0
    case_sentence: int = -9
    """sentence in which cases (table 4) were last spoken of"""
    decoy_sentence: int = -9
    """sentence in which figures about other things were last given"""
    ruled_sentence: int = -9
    """a sentence with rulings (维持) of cases that are not named"""
    open: list[Statement] = field(default_factory=list)
    """table 3 figures without applicant type, which a clause such as 均为自然人 may complete"""


@dataclass(frozen=True)
class Sense:
    """What words mean together: ``targets`` (several only for lists such as 许可处罚强制), or why there is none."""

    targets: tuple[Target, ...] = ()
    words: str = ""
    official: bool = True
    decoy: bool = False
    ask: str = ""
    """a matter without a row"""
    ask_applicant: str = ""
    """an applicant without a column"""


class Resolver:
    """Turns words into targets for one form version."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.t2 = form.table2
        self._t2_rows = {r.key for r in self.t2.rows}
        self._t3_rows = {r.key for r in form.table("table3").rows}
        self._subtotal = {r.key: r.subtotal for r in form.table("table3").rows}
        self._aggregates = {a.key for a in form.aggregates}

    def sense(self, words: list[Token], ctx: Context, number: Token | None = None) -> Sense:
        """What the words name; ``number`` is the figure they stand with, if any."""
        words = [w for w in words if w.kind == "word"]
        if number is not None and number.approx:
            return Sense(decoy=True)
        nearest = self._nearest(words, number)
        if nearest is not None and (nearest.has("decoy") or self._about_other_things(nearest, words)):
            return Sense(decoy=True, words=nearest.text)
        if number is not None and any(w.cue("compare") and not w.has("t2col") for w in words):
            # 较上年增加2件: a difference, not a figure of the form
            return Sense(decoy=True)
        asked = next((w for w in words if "ask" in w.kinds), None)
        if asked is not None:
            return Sense(ask=asked.text)
        applicant = next((w for w in words if "ask_col" in w.kinds), None)
        if applicant is not None and number is not None and self._is_counted(applicant, number):
            return Sense(ask_applicant=applicant.text)
        return (
            self._fee(words, number)
            or self._table2(words, ctx, number)
            or self._table4(words, ctx, number)
            or self._table3(words, ctx, number)
            or Sense()
        )

    @staticmethod
    def _is_counted(word: Token, number: Token) -> bool:
        """社会组织1件: the figure stands directly behind the word, in a unit of requests."""
        return word.end == number.start and number.unit in ("件", "份", "起", "宗")

    @staticmethod
    def _about_other_things(nearest: Token, words: list[Token]) -> bool:
        """人大建议答复三件: a weak word behind one that speaks of other things."""
        weak = nearest.has("row", "result_total") or (
            nearest.has("row") and all(e.weak for e in nearest.entries if e.kind == "row")
        )
        # 信访件办了34件: the first meaning of the word before is another matter
        return weak and any(
            w.end == nearest.start and w.entries[:1] and w.entries[0].kind == "decoy" for w in words
        )

    @staticmethod
    def _nearest(words: list[Token], number: Token | None) -> Token | None:
        rows = [w for w in words if not w.kinds.isdisjoint(_COUNTED)]
        if not rows:
            return None
        if number is None:
            return rows[-1]
        before = [w for w in rows if w.end <= number.start]
        return before[-1] if before else rows[0]

    @staticmethod
    def _fee(words: list[Token], number: Token | None) -> Sense | None:
        named = next((w for w in words if "fee" in w.kinds), None)
        if named is None:
            return None
        cases = number is not None and number.unit_kind == "count"
        return Sense((Target("fee", "info_fee", "cases" if cases else "yuan"),), named.text)

    def _table2(self, words: list[Token], ctx: Context, number: Token | None) -> Sense | None:
        rows = [w for w in words if "t2row" in w.kinds]
        cols = [w for w in words if "t2col" in w.kinds]
        if rows and not self._weak_fee(number, ctx):
            strong = [w for w in rows if not all(e.weak for e in w.entries if e.kind == "t2row")]
            rows = rows if strong else []
        keys = [e.key for w in rows for e in w.entries if e.kind == "t2row" and e.key in self._t2_rows]
        if not keys and cols and not any(self._strong_row(w) for w in words):
            if ctx.table == self.t2.key and ctx.t2row:
                keys = [self._row_with(cols, ctx)]
            elif ctx.document_row and any(w.has("t2col", "in_force") for w in cols):
                # 去年年报里现行有效写的14
                keys = [ctx.document_row] if any(w.cue("previous") for w in words) else []
        keys = list(dict.fromkeys(keys)) or self._same_row(words, ctx, number)
        if not keys:
            return None
        if number is not None and number.unit_kind == "other":
            return Sense(decoy=True)
        amounts = any(c.kind == "amount" for key in keys for c in self.t2.columns_of(key))
        if number is not None and number.unit_kind == "money" and not amounts:
            # 罚款5000元: money never counts decisions or documents
            return Sense(decoy=True)
        names = [e.key for w in cols for e in w.entries if e.kind == "t2col"]
        official = all(any(e.official for e in w.entries) for w in rows)
        targets = tuple(t for key in keys for t in self._t2_targets(key, names, words, number))
        return Sense(targets, "".join(w.text for w in rows), official) if targets else None

    def _row_with(self, cols: list[Token], ctx: Context) -> str:
        """处罚是3802。现行有效改成71: the row spoken of, or the last one before it that has such a column."""
        names = {e.key for w in cols for e in w.entries if e.kind == "t2col"}
        has = names & {c.key for c in self.t2.columns_of(ctx.t2row)}
        return ctx.t2row if has or not ctx.document_row else ctx.document_row

    @staticmethod
    def _strong_row(word: Token) -> bool:
        if word.has("t2col"):
            return False
        return word.has("t4block") or any(e.kind == "row" and not e.weak for e in word.entries)

    def _same_row(self, words: list[Token], ctx: Context, number: Token | None) -> list[str]:
        """处罚2023年9件、2024年13件: a year and a figure go on about the same row."""
        last = ctx.last
        if (
            number is None
            or last is None
            or last.target.table != self.t2.key
            or last.sentence != ctx.sentence
            or not words
            or not all(w.cue("current", "previous") for w in words)
        ):
            return []
        signed = number.gap.rstrip().endswith(("-", "+"))
        return [last.target.row] if signed or len(self.t2.columns_of(last.target.row)) == 1 else []

    @staticmethod
    def _weak_fee(number: Token | None, ctx: Context) -> bool:
        if number is None:
            return ctx.table.startswith("table2")
        return number.unit_kind == "money" or number.scaled or ctx.table.startswith("table2")

    def _t2_targets(
        self, row: str, names: list[str], words: list[Token], number: Token | None
    ) -> list[Target]:
        columns = [c.key for c in self.t2.columns_of(row)]
        chosen = [n for n in names if n in columns]
        if number is not None and number.value != 0:
            chosen = chosen[-1:]
        if "delta_none" in names and "delta" in columns:
            chosen.append("delta")
        if (
            not chosen
            and "delta" in columns
            and number is not None
            and number.gap.rstrip().endswith(("-", "+"))
        ):
            chosen = ["delta"]
        if not chosen and len(columns) == 1:
            chosen = columns
        if not chosen and "prev_items" in columns and any(w.cue("previous") for w in words):
            chosen = ["prev_items"]
        if not chosen and number is not None and number.unit_kind == "money":
            chosen = [c for c in columns if c.startswith("amount")]
        if not chosen and number is not None and number.unit_kind == "count" and "projects" in columns:
            chosen = ["projects"]
        if not chosen:
            return [Target(self.t2.key, row, "*")]
        return [Target(self.t2.key, row, c) for c in dict.fromkeys(chosen)]

    def _table4(self, words: list[Token], ctx: Context, number: Token | None) -> Sense | None:
        if all(w.kinds.isdisjoint(_CASES) and "other" not in w.cues for w in words):
            return None
        blocks = [w for w in words if "t4block" in w.kinds]
        if len(blocks) > 1 and blocks[0].has("t4block", "litigation_all"):
            # 行政诉讼中未经复议直接起诉2件: the kind of lawsuit counts
            blocks = [w for w in blocks if not w.has("t4block", "litigation_all")] or blocks
        outcome = next(
            (e.key for w in words for e in w.entries if e.kind == "t4col" and self._t4_reads(w, ctx, blocks)),
            "",
        )
        here = (
            ctx.table == "table4"
            and ctx.sentence - ctx.case_sentence <= 1
            and ctx.decoy_sentence != ctx.sentence
        )
        if here and not outcome and ctx.sentence == ctx.case_sentence and any(w.cue("other") for w in words):
            outcome = "other"
        if not blocks and not (outcome and here and ctx.block):
            if outcome:
                ctx.ruled_sentence = ctx.sentence
            return None
        if number is not None and number.unit_kind in ("other", "money"):
            return Sense(decoy=True)
        keys = list(dict.fromkeys(e.key for w in blocks for e in w.entries if e.kind == "t4block")) or [
            ctx.block
        ]
        official = all(any(e.official for e in w.entries) for w in blocks)
        return Sense(
            tuple(Target("table4", key, outcome or "total") for key in keys),
            "".join(w.text for w in blocks),
            official,
        )

    @staticmethod
    def _t4_reads(word: Token, ctx: Context, blocks: list[Token]) -> bool:
        """撤回, 未办结 and the like are results of cases only where the text speaks of cases."""
        return bool(blocks) or ctx.table == "table4" or not word.has("row")

    def _table3(self, words: list[Token], ctx: Context, number: Token | None) -> Sense | None:
        if number is not None and (number.unit_kind in ("other", "money") or number.approx):
            return Sense(decoy=True)
        entry, word = self._row_entry(words, ctx, number)
        cols = [e.key for w in words for e in w.entries if e.kind == "col"]
        other = any(w.cue("other") for w in words)
        row = entry.key if entry else ""
        if word is not None and word.has("t4col") and ctx.ruled_sentence == ctx.sentence:
            # 两件维持，一件撤销: rulings of cases that nobody named, no withdrawn request
            return Sense(decoy=True, words=word.text)
        if entry is not None and word is not None and self._received_something_else(entry, word, number):
            return Sense(decoy=True, words=word.text)
        if row and entry is not None:
            row = self._with_other(row, other, words)
            official = entry.official
        elif other and ctx.table == "table3" and ctx.decoy_sentence != ctx.sentence:
            row, cols, official = *self._other(ctx, cols), True
        elif cols and ctx.table == "table3" and ctx.row:
            row, official = ctx.row, True
        else:
            return self._carry(words, ctx, number)
        row = self._year_shift(row, words, ctx)
        col = cols[0] if cols else (ctx.col or "total")
        if (
            other
            and entry is not None
            and not cols
            and row == entry.key
            and word is not None
            and ctx.table == "table3"
        ):
            col = "other_org" if not row.startswith("ot") else col
        return Sense((Target("table3", row, col),), word.text if word else "", official)

    def _row_entry(
        self, words: list[Token], ctx: Context, number: Token | None
    ) -> tuple[Entry | None, Token | None]:
        """The row word that counts: strong before weak, an item before its category, the nearest to the figure."""
        strong: list[tuple[Entry, Token]] = []
        weak: list[tuple[Entry, Token]] = []
        for word in words:
            for entry in word.entries if "row" in word.kinds else ():
                if entry.kind == "row" and self._known(entry.key):
                    (weak if entry.weak else strong).append((entry, word))
                    break
        items = [pair for pair in strong if not pair[0].key.endswith("_subtotal")] or strong
        if any(pair[0].key != "ot_other" and pair[0].key.startswith("ot_") for pair in items):
            # 逾期不补正终止办理: why it ended says more than that it ended
            items = [pair for pair in items if pair[0].key != "ot_other"]
        families = {pair[0].key for pair in strong}
        own = [pair for pair in weak if self._subtotal.get(pair[0].key) in families]
        if own and items is strong:
            # 不予处理_信访: the weak word is an item of the category beside it
            return own[-1]
        close = [p for p in weak if p[0].key == "granted" and number is not None and p[1].end == number.start]
        if (
            close
            and ctx.table == "table3"
            and all(p[0].key in ("result_total", "new_received") for p in strong)
        ):
            return close[-1]
        specific = [
            pair for pair in items if pair[0].key not in ("result_total", "received_all", "new_received")
        ] or items
        pool = specific or [p for p in weak if self._weak_ok(p[0], ctx, number)]
        if not pool:
            return None, None
        if number is None:
            return pool[-1]
        before = [p for p in pool if p[1].end <= number.start]
        return before[-1] if before else pool[0]

    @staticmethod
    def _received_something_else(entry: Entry, word: Token, number: Token | None) -> bool:
        """收到表扬信2封: what was received is named, and it is no request."""
        # 申请公开的有6件 counts requests, 申请公开的文件有6件 does not
        named = "申请" in word.text and not word.text.endswith("公开的")
        if entry.key != "new_received" or named or number is None or number.start < word.end:
            return False
        return (
            bool(re.sub(r"[的了有是为共计一总约只就才也都这那\s：:“”\"（(]+", "", number.gap))
            and "申请" not in number.gap
        )

    def _known(self, key: str) -> bool:
        return key in self._t3_rows or key in self._aggregates

    @staticmethod
    def _weak_ok(entry: Entry, ctx: Context, number: Token | None) -> bool:
        if entry.key in ("granted", "partial"):
            return ctx.table == "table3"
        if entry.key in ("np_petition", "deny_admin_query"):
            return ctx.table == "table3" and ctx.row.startswith(
                ("granted", "partial", "deny_", "na_", "np_", "ot_", "result_total")
            )
        return True

    @staticmethod
    def _with_other(row: str, other: bool, words: list[Token]) -> str:
        if row == "ot_subtotal" and other:
            return "ot_other"
        return row

    def _other(self, ctx: Context, cols: list[str]) -> tuple[str, list[str]]:
        """其他 alone: with an applicant it is a row; after applicant figures it is the applicant; else by the family."""
        if not cols and ctx.applicants and ctx.row:
            return ctx.row, ["other_org"]
        if ctx.group == "subtotal":
            return "ot_subtotal", cols
        return "ot_other" if "ot_other" in self._t3_rows else "ot_subtotal", cols

    @staticmethod
    def _year_shift(row: str, words: list[Token], ctx: Context) -> str:
        # 去年年报结转下年写的是5: last year's report is quoted, its own row is meant
        quoted = any(w.cue("previous") and re.search("年报|报告", w.text) for w in words)
        if (
            row == "carried_forward"
            and not quoted
            and any(w.cue("previous") or w.has("row", "carried_over") for w in words)
        ):
            return "carried_over"
        return row

    @staticmethod
    def _carry(words: list[Token], ctx: Context, number: Token | None) -> Sense | None:
        """加上年2, 转81到23年: a year word with a figure, where the text speaks of requests."""
        moved = number is not None and any(g in number.gap for g in _CARRY_GAP)
        if number is None or not (
            ctx.table == "table3" or (ctx.table == "" and moved and number.unit == "件")
        ):
            return None
        if any(w.cue("next") for w in words) and any(
            g in number.gap + "".join(w.gap for w in words) for g in _CARRY_GAP
        ):
            return Sense((Target("table3", "carried_forward", ctx.col or "total"),), official=False)
        if not moved and re.match(r"\s*(?:同期)?[是为才只就有]{1,2}\s*$", number.gap):
            # 新收120件，去年是96件: last year's figure of the same
            return None
        if any(w.cue("previous") for w in words) and not any(w.has("t2row") or w.has("t2col") for w in words):
            return Sense((Target("table3", "carried_over", ctx.col or "total"),), official=False)
        return None
