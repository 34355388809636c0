"""Reads running text clause by clause into statements: the grammar of the offline reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.extraction.phrases import Binding, Phrase, bind, is_feature, phrases_of
from assistant.extraction.statements import Remark, Span, Statement, Target
from assistant.extraction.targets import Context, Resolver, Sense
from assistant.extraction.tokens import Token
from assistant.extraction.vectors import fold_vectors

__all__ = ["ClauseReader", "Reading"]

_REPORT_BEHIND = re.compile(r"[（(]?\d*年?[）)]?[度的里发报]{0,3}(?:年报|报告|报(?!送|数|了))")
_APPLICANT_CLAUSE = re.compile(r"[的是系由为属也都均全统皆一律申请人提出递交来要过所有\s\"“”、()（）和及与]*")
_RESULT_ROWS = ("granted", "partial", "deny_", "na_", "np_", "ot_")


@dataclass
class Reading:
    """What a text says: statements in order, remarks for the clerk, and the spans that were understood."""

    statements: list[Statement] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)


class ClauseReader:
    """One pass over the phrases of a text with a memory of what was spoken of (:class:`Context`)."""

    def __init__(self, resolver: Resolver, source: str) -> None:
        self.resolver = resolver
        self.source = source
        self.out = Reading()
        self.ctx = Context()
        self.dangling: list[Token] = []
        self.orphan: Binding | None = None
        self.sentence = -1
        self.correcting = False
        self.text_channel = False
        self.prior = False
        self.prior_row = ""
        self.led_by: dict[int, str] = {}
        """sentences whose first word names the applicant of all their figures"""
        self.replacing: Statement | None = None
        """the statement that 不是3件 has just taken back"""
        self.prior_report = False
        """last year's report is being quoted"""
        self.scope = ""
        self.excepted: set[str] = set()
        self.of_which = False
        self.segment = -1

    # ------------------------------------------------------------ driving
    def read(self, tokens: list[Token]) -> Reading:
        """Read all tokens; statements come out in the order of the text."""
        phrases = list(phrases_of(fold_vectors(tokens, self.resolver.form)))
        self.led_by = _applicant_lines(phrases)
        for phrase in phrases:
            self.out.phrases.append(phrase)
            self._enter(phrase)
            self._phrase(phrase)
        return self.out

    def _enter(self, phrase: Phrase) -> None:
        """Sentence and segment borders end what holds only inside them."""
        if phrase.sentence != self.sentence:
            keep = self.correcting and not self._said_in(self.sentence)
            self.sentence, self.correcting = phrase.sentence, keep
            self.text_channel = self.prior = self.prior_report = False
            self.scope, self.orphan = "", None
            self.excepted = set()
            if self.ctx.col_sentence is not None and self.ctx.col_sentence < phrase.sentence:
                self.ctx.col, self.ctx.col_sentence = "", None
            if not (self.dangling and phrase.before == "\n" and self._heading):
                self.dangling = []
            self.ctx.applicants = False
            self.ctx.sentence = phrase.sentence
            self.replacing = None
            if phrase.sentence in self.led_by:
                self.ctx.col, self.ctx.col_sentence = self.led_by[phrase.sentence], phrase.sentence
        if phrase.segment != self.segment or (phrase.before == ")" and not phrase.depth):
            self.prior_report = False
        if phrase.segment != self.segment:
            self.segment = phrase.segment
            self.of_which = False
            self.ctx.applicants = False

    @property
    def _heading(self) -> bool:
        return bool(self.out.phrases[:-1]) and self.out.phrases[-2].after == ":"

    def _said_in(self, sentence: int) -> bool:
        return any(s.sentence == sentence for s in self.out.statements)

    # ------------------------------------------------------------ one phrase
    def _phrase(self, phrase: Phrase) -> None:
        self._cues(phrase)
        self._including(phrase)
        bindings = [b for b in bind(phrase) if not self._anaphor(phrase, b.number)]
        words = [t for t in phrase.tokens if t.kind == "word"]
        if phrase.cue("pending"):
            self._pending(phrase, words)
            return
        vectors = [t for t in phrase.tokens if t.kind == "vec"]
        for token in vectors:
            self._vector(phrase, token, words)
        if vectors and not bindings:
            self.dangling = []
            return
        if self._group_clause(phrase, words, bindings):
            return
        if bindings:
            for binding in bindings:
                self._figure(phrase, binding)
            self._tail(phrase, bindings)
            self.dangling = []
        else:
            self._without_figure(phrase, words)

    @staticmethod
    def _anaphor(phrase: Phrase, number: Token) -> bool:
        """这四项都是个人, 7件里予以公开3件: the figure points back and counts nothing new."""
        index = phrase.tokens.index(number)
        following = phrase.tokens[index + 1] if index + 1 < len(phrase.tokens) else None
        if index and phrase.tokens[index - 1].cue("above") and phrase.cue("every") is not None:
            return True
        # 一件都没收到, 法人一件没有
        if number.value == 1 and any(t.cue("zero") and len(t.gap) <= 1 for t in phrase.tokens[index + 1 : index + 3]):
            return True
        if number.gap.rstrip().endswith(("这", "上述", "以上", "前面")) and phrase.cue("every") is not None:
            return True
        return following is not None and following.gap.lstrip().startswith(("里", "中", "当中"))

    def _cues(self, phrase: Phrase) -> None:
        if phrase.cue("correction"):
            self.correcting = True
        if any(t.kind == "year" for t in phrase.tokens):
            self.prior = True
            self.prior_row = ""
        if phrase.cue("text"):
            self.text_channel = True
        elif phrase.cue("table", "table2", "table3", "table4"):
            self.text_channel = False
        for name, key in (("table2", self.resolver.t2.key), ("table3", "table3"), ("table4", "table4")):
            if phrase.cue(name):
                self.ctx.table = key
        if phrase.cue("whole_area"):
            self.scope = "area"
        elif phrase.cue("own_body"):
            self.scope = "own"
        if phrase.cue("current", "next") or any(t.kind == "word" and t.text.startswith(("今年", "本年", "全年")) for t in phrase.tokens):
            self.prior = self.prior_report = False
        if any(t.cue("previous") and (re.search("年报|报告", t.text) or _REPORT_BEHIND.match(self.source, t.end)) for t in phrase.tokens):
            self.prior_report = True
        if phrase.cue("of_which") or (phrase.depth and phrase.before == "(" and phrase.cue("of_which")):
            self.of_which = True
        if self.ctx.col and self.ctx.col_sentence is None and self._closes_group(phrase):
            self.ctx.col = ""
        if phrase.cue("except") and not phrase.numbers:
            self.excepted = {e.key for t in phrase.tokens for e in t.entries if e.kind == "row"}

    @staticmethod
    def _closes_group(phrase: Phrase) -> bool:
        """A grand total, or figures of another table, end the items of one applicant."""
        if any(e.kind in ("t2row", "t4block") for t in phrase.tokens for e in t.entries):
            return True
        return phrase.cue("sum") is not None and phrase.before in ("\n", "。") and any(t.has("row") for t in phrase.tokens)

    def _including(self, phrase: Phrase) -> None:
        """1261件（含上年结转74件）: the figure before the bracket is new and carried over together."""
        first = phrase.cue("of_which")
        if first is None or phrase.before not in ("(", ",", ":"):
            return
        last = self.ctx.last
        over = any(t.has("row", "carried_over") for t in phrase.tokens)
        if last is not None and last.sentence != phrase.sentence:
            return
        if over and last is not None and last.target.row in ("new_received", "result_total", "received_all"):
            last.target = last.target._replace(row="received_all")

    # ------------------------------------------------------------ figures
    def _figure(self, phrase: Phrase, binding: Binding) -> None:
        number, words = binding.number, binding.words
        if number.value is None:
            return
        if self._negated(phrase, number):
            return
        if self._replaces(phrase, binding):
            return
        sense = self.resolver.sense(words, self.ctx, number)
        listed = number.value == 0 and phrase.before == "、"
        category = bool(sense.targets) and sense.targets[0].row.endswith("_subtotal") and phrase.before in (")", "+", ",")
        listed = listed or (category and any(e.kind == "row" and not e.key.endswith("_subtotal") for t in self.dangling for e in t.entries))
        if self.dangling and not sense.decoy and (listed or not sense.targets) and self._joins(phrase):
            words = self.dangling + words
            sense = self.resolver.sense(words, self.ctx, number)
        if sense.ask and number.value == 0:
            return
        if sense.ask:
            self._remark("AMBIGUOUS_MAP", sense.ask, f"“{sense.ask}”{number.value}件在表三没有固定的行，请说明计入哪一项", binding.span, got=number.value)
            return
        if sense.decoy and self._one_applicant(phrase, binding):
            return
        if sense.decoy:
            self.ctx.applicants = False
            self.ctx.decoy_sentence = phrase.sentence
            return
        if number.value == 0 and not sense.targets and self._bare_zero(phrase, words):
            return
        if not sense.targets:
            self._orphan(phrase, binding, words)
            return
        if number.value != 0 and len(sense.targets) > 1:
            self._remark("AMBIGUOUS_MAP", sense.words, f"“{sense.words}”合计 {number.value}，请分别说明各是多少", binding.span, got=number.value)
            return
        span = binding.span if not self.dangling else binding.span.join(Span(self.dangling[0].start, self.dangling[-1].end))
        for target in sense.targets:
            self._value(phrase, target, binding, sense, span, words)
            if self._whole_case(target, binding):
                self._value(phrase, target._replace(col="total"), binding, sense, span, words)

    @staticmethod
    def _whole_case(target: Target, binding: Binding) -> bool:
        """复议1件维持: the figure is the total and the outcome at once."""
        if target.table != "table4" or target.col == "total":
            return False
        return any(w.has("t4block") for w in binding.before) and not any(w.has("t4col") for w in binding.before)

    def _vector(self, phrase: Phrase, token: Token, words: list[Token]) -> None:
        """规章0/0/0: one figure a column; a stroke leaves its cell blank and is asked."""
        row = Target(*token.row)
        named = [w for w in words if w.end <= token.start]
        span = Span(named[-1].start if named else token.start, token.end)
        prior = self._is_prior(named, row)
        for item, name in zip(token.items, token.columns, strict=True):
            place = Target(row.table, *name.split(".")) if "." in name else row._replace(col=name)
            if item.kind == "num":
                self._add("value", place, span, phrase, value=item.value, prior=prior)
        if any(item.kind == "slash" for item in token.items) and row.row != "*":
            name = self.resolver.form.table(row.table).row(row.row).name
            self.out.remarks.append(
                Remark("BLANK_ZERO", f"{row.table}.{row.row}", f"“{name}”一行写的是“/”，表格中须填数字，请确认是否为 0", span, "info")
            )
        self._follow(row, None)

    def _value(self, phrase: Phrase, target: Target, binding: Binding, sense: Sense, span: Span, words: list[Token]) -> None:
        number = binding.number
        prior = self._is_prior(words, target)
        rest = any(w.cue("rest") for w in words)
        if rest and number.value == 0:
            self._add("zero", Target(target.table, target.row, "rest"), span, phrase)
            return
        if target.col == "*" or (number.value == 0 and len(sense.targets) > 1 and target.table != "table3"):
            if number.value != 0:
                return
            col = target.col if target.col not in ("total", "*") else "*"
            self._add("zero", Target(target.table, target.row, col), span, phrase, prior=prior, words=sense.words)
            self._follow(target, None)
            return
        value = number.value
        if words and any(t.has("t2col", "delta") and t.text.endswith(("减", "减少", "减了", "少", "少了", "取消")) for t in words):
            value = -value
        if target.col == "delta" and number.gap.rstrip().endswith("-"):
            value = -value
        statement = self._add(
            "value", target, span, phrase, value=value, unit=number.unit, prior=prior, words=sense.words, official=sense.official
        )
        statement.whole = self._is_whole(target, binding)
        if number.scaled and not number.unit and target.col.startswith("amount"):
            statement.unit = "元"
        self._follow(target, statement)

    def _is_whole(self, target: Target, binding: Binding) -> bool:
        if target.table != "table3" or target.col in ("total", "*") or self.ctx.col:
            return False
        named = any(e.kind == "row" for w in binding.before for e in w.entries)
        return named and any(w.has("col") for w in binding.after) and not any(w.has("col") for w in binding.before)

    def _one_applicant(self, phrase: Phrase, binding: Binding) -> bool:
        """申请就一份，一家公司要…的: the one applicant of the one request."""
        cols = [e.key for w in binding.after for e in w.entries if e.kind == "col"]
        count = self.ctx.count
        if not cols or binding.number.value != 1 or count is None or count.value != 1 or count.sentence != phrase.sentence:
            return False
        self._only([count], cols[0], binding.span, phrase)
        return True

    def _bare_zero(self, phrase: Phrase, words: list[Token]) -> bool:
        """表二全是0; 其余格子都是0."""
        named = [w for w in words if is_feature(w) and not w.cue("other")]
        every, other, rest = phrase.cue("every"), phrase.cue("other"), phrase.cue("rest")
        if named:
            return False
        if rest is not None or (other is not None and every is not None):
            self._rest_zero(phrase, rest or other, [])
            return True
        if phrase.cue("table2", "table3", "table4"):
            self._add("zero", Target(self.ctx.table, "*", "*"), phrase.span, phrase)
            return True
        return False

    def _negated(self, phrase: Phrase, number: Token) -> bool:
        """不是24: the figure is what it is not; it tells which earlier statement is being corrected."""
        index = phrase.tokens.index(number)
        before = [t for t in phrase.tokens[:index] if t.cue("negated")]
        if not before or any(t.kind == "num" for t in phrase.tokens[phrase.tokens.index(before[-1]) : index]):
            return False
        self.correcting = True
        named = self.resolver.sense(phrase.tokens[:index], self.ctx, number).targets
        same = [s for s in self.out.statements if s.kind == "value" and s.value == number.value]
        wrong = next((s for s in reversed(same) if any(s.target.row == t.row for t in named)), same[-1] if same else None)
        if wrong is None:
            return True
        self.ctx.last = self.replacing = wrong
        for statement in self.out.statements:
            if statement.sentence == self.sentence and statement.target == wrong.target and statement is not wrong:
                statement.corrects = True
        return True

    def _replaces(self, phrase: Phrase, binding: Binding) -> bool:
        """不是三件是两件个人的: the figure behind takes the place of the one taken back."""
        wrong, number = self.replacing, binding.number
        if wrong is None or number.value is None or any(w.has("row") or w.has("t2row") or w.has("t4block") or w.has("t2col") or w.has("t4col") for w in binding.words):
            return False
        self.replacing = None
        statement = self._add("value", wrong.target, binding.span, phrase, value=number.value, unit=number.unit)
        cols = [e.key for w in binding.after for e in w.entries if e.kind == "col"]
        if cols and wrong.target.table == "table3":
            statement.target = wrong.target._replace(col="total")
            self._only([statement], cols[0], binding.span, phrase)
        self.ctx.last = statement
        self.ctx.row = wrong.target.row if wrong.target.table == "table3" else self.ctx.row
        self.ctx.applicants = False
        return True

    def _is_prior(self, words: list[Token], target: Target) -> bool:
        if any(w.cue("current") for w in words):
            self.prior = False
            return False
        if self.prior_report and target.row != "carried_over":
            return True
        if target.col == "prev_items" or target.row in ("carried_over", "carried_forward"):
            return False
        if any(w.cue("previous") or w.kind == "year" for w in words):
            self.prior, self.prior_row = True, target.row
            return True
        if self.prior and not self.prior_row:
            self.prior_row = target.row
        elif target.row != self.prior_row:
            # another row is spoken of without 去年: back to the report year
            self.prior = False
        return self.prior and target.table != "table4"

    def _joins(self, phrase: Phrase) -> bool:
        return phrase.before in (":", "、", " ", ")", "—", "…", ",", "(", "\n", "+", "→", "|")

    def _orphan(self, phrase: Phrase, binding: Binding, words: list[Token]) -> None:
        """A figure whose words name nothing: a total, a correction of the last figure, or the start of a story."""
        number = binding.number
        if number.unit_kind in ("other", "money") or number.approx or number.value is None:
            return
        if any(w.cue("sum") for w in words) and self._sum(phrase, binding):
            return
        if self._next_column(phrase, binding, words):
            return
        led = self.led_by.get(phrase.sentence)
        if led and not any(s.sentence == phrase.sentence for s in self.out.statements) and not any(is_feature(w) for w in words):
            place = Target("table3", "new_received", led)
            self._follow(place, self._add("value", place, binding.span, phrase, value=number.value, unit=number.unit))
            return
        if self.correcting and self.ctx.last is not None and not any(is_feature(w) for w in words):
            target = self.ctx.last.target
            self._add("value", target, binding.span, phrase, value=number.value, unit=number.unit)
            return
        if number.unit_kind == "count" and not any(is_feature(w) for w in words):
            self.orphan = binding
            if self.scope and phrase.cue("whole_area", "own_body") and number.value:
                place = Target("table3", self.ctx.row or "new_received", "total")
                self._add("aside", place, binding.span, phrase, value=number.value)

    def _next_column(self, phrase: Phrase, binding: Binding, words: list[Token]) -> bool:
        """强制：上年126，增减0，25: a bare figure fills the last column where the ones before it are filled in order."""
        last, number = self.ctx.last, binding.number
        if last is None or words or last.sentence != phrase.sentence or last.target.table != self.resolver.t2.key or number.unit:
            return False
        columns = [c.key for c in self.resolver.t2.columns_of(last.target.row)]
        said = [s.target.col for s in self.out.statements if s.target.row == last.target.row and s.sentence == phrase.sentence]
        if said != columns[:-1] or phrase.before not in (",", "、", " "):
            return False
        target = last.target._replace(col=columns[-1])
        self.ctx.last = self._add("value", target, last.span.join(binding.span), phrase, value=number.value)
        return True

    def _sum(self, phrase: Phrase, binding: Binding) -> bool:
        """合计81, 共2: the total of the row of applicants, of the results, or of the block of cases."""
        ctx, target = self.ctx, None
        if ctx.table == "table4" and ctx.block:
            target = Target("table4", ctx.block, "total")
        elif ctx.table == "table3" and ctx.applicants and ctx.row:
            target = Target("table3", ctx.row, "total")
        elif ctx.table == "table3" and ctx.row.startswith(_RESULT_ROWS):
            target = Target("table3", "result_total", ctx.col or "total")
        if target is None:
            return False
        statement = self._add("value", target, binding.span, phrase, value=binding.number.value, official=False)
        ctx.last = statement
        if target.table == "table3":
            ctx.row, ctx.applicants = target.row, False
        return True

    # ------------------------------------------------------------ clauses after a figure, and without one
    def _tail(self, phrase: Phrase, bindings: list[Binding]) -> None:
        """予以公开二十一件全是个人: the clause behind the last figure completes it."""
        last = bindings[-1]
        tail = [t for t in phrase.tokens if t.start >= last.number.end]
        every = next((t for t in tail if t.cue("every")), None)
        if every is None:
            return
        cols = [e.key for t in tail if t.start >= every.start for e in t.entries if e.kind == "col"]
        if cols and self.ctx.last is not None and self.ctx.last.kind == "value":
            previous = self.ctx.last
            target = previous.target
            if target.table == "table3" and target.col == cols[0]:
                previous.target = target._replace(col="total")
                target = previous.target
            if target.table == "table3":
                self._only([previous], cols[0], Span(every.start, tail[-1].end), phrase)
        elif not cols:
            self._all_of(phrase, [t for t in tail if t.start >= every.start], every)

    def _without_figure(self, phrase: Phrase, words: list[Token]) -> None:
        zero = phrase.cue("zero") or next((t for t in words if t.has("t2col", "delta_none")), None)
        every = phrase.cue("every")
        cols = [e.key for t in words for e in t.entries if e.kind == "col"]
        if zero is not None:
            self._zero(phrase, words, zero)
        elif cols and not self._names_row(words) and self._only_clause(phrase, cols, every, words):
            pass
        elif cols and self._single_out(phrase, words, cols):
            pass
        elif self._unplaced(phrase, words):
            pass
        elif self._adopt_orphan(phrase, words, cols):
            pass
        elif every is not None and self._all_of(phrase, words, every):
            pass
        elif self._story(phrase, words):
            pass
        else:
            self._remember(phrase, words)

    @staticmethod
    def _names_row(words: list[Token]) -> bool:
        return any(e.kind == "row" and not e.weak and e.key != "new_received" for w in words for e in w.entries)

    def _remember(self, phrase: Phrase, words: list[Token]) -> None:
        """Keep the words for the figure that follows; they also tell what the text speaks of now."""
        features = [t for t in words if is_feature(t) or t.cue("previous", "rest", "every")]
        if phrase.depth and self.dangling:
            return
        if phrase.before == "、" and self.dangling:
            self.dangling = self.dangling + features
        else:
            self.dangling = features
        sense = self.resolver.sense(words, self.ctx)
        if sense.decoy or not sense.targets:
            return
        target = sense.targets[-1]
        block = target.table == "table4" and self._refine_block(target, phrase)
        if not block:
            self._follow(target, None)

    def _refine_block(self, target: Target, phrase: Phrase) -> bool:
        """官司一件，没走复议直接告的: the second clause says which kind the first one meant."""
        last = self.ctx.last
        same = last is not None and last.sentence == phrase.sentence and last.target.row == "litigation_all"
        if last is None or not same or target.row not in ("litigation_direct", "litigation_after_review"):
            return False
        blocks = [t for t in phrase.tokens if t.has("t4block")]
        if phrase.after == ":" or len(blocks) != 1 or re.search("哪|还是|怎么", blocks[0].gap + phrase.tokens[0].gap) or phrase.cue("hedge", "pending", "question"):
            return False
        last.target = target._replace(col=last.target.col)
        last.span = last.span.join(phrase.span)
        self.ctx.block = target.row
        return True

    # ------------------------------------------------------------ zero
    def _zero(self, phrase: Phrase, words: list[Token], zero: Token) -> None:
        span = phrase.span
        rest = None if phrase.cue("previous") else phrase.cue("rest")
        every = phrase.cue("every")
        other = phrase.cue("other")
        named = [t for t in words if is_feature(t) and not t.cue("other")]
        if rest is not None or (other is not None and every is not None and not named):
            self._rest_zero(phrase, rest or other, named)
            return
        if phrase.cue("table2", "table3", "table4") and not named:
            self._add("zero", Target(self.ctx.table, "*", "*"), span, phrase)
            return
        features = named
        joined = self.dangling if self._list_goes_on(phrase, named) else []
        sense_words = [*joined, *words]
        targets = self._zero_targets(sense_words, [t for t in joined if is_feature(t)] + features)
        if not targets and any(t.cue("previous") for t in words) and self.ctx.table == "table3":
            targets = [Target("table3", "carried_over", "*")]
        if joined:
            span = span.join(Span(joined[0].start, joined[-1].end))
        if self._both_ways(words, targets):
            targets.append(Target("table3", "carried_over", "*"))
        for target in targets:
            prior = self._is_prior(words, target)
            self._add("zero", target, span, phrase, prior=prior)
            self._follow(target, None)
        self.dangling = []

    def _both_ways(self, words: list[Token], targets: list[Target]) -> bool:
        """没有结转 without a direction says that nothing came over and nothing goes on."""
        plain = [w for w in words if w.has("row", "carried_forward") and w.text in ("结转", "结转的")]
        if not plain or len(targets) != 1 or targets[0].row != "carried_forward" or any(w.cue("next", "previous") for w in words):
            return False
        return any(w.cue("zero") and w.text in ("没", "没有", "无", "都没有", "也没有", "均无") for w in words) and not any(
            s.target.row == "carried_over" for s in self.out.statements
        )

    def _list_goes_on(self, phrase: Phrase, named: list[Token]) -> bool:
        if not self.dangling:
            return False
        if not named:
            return self._joins(phrase)
        return phrase.before == "、"

    def _zero_targets(self, words: list[Token], features: list[Token]) -> list[Target]:
        """Every row named in a clause of absence; 没有逾期答复 and the like name none."""
        out: list[Target] = []
        for word in features:
            if word.has("decoy") or word.has("ask") or word.cue("hedge"):
                continue
            if word.has("row", "result_total") or word.has("row", "granted") and all(e.weak for e in word.entries if e.kind == "row"):
                continue
            if word.has("t2col") and not word.has("t2row"):
                continue
            if word.has("col") and any(w.has("row") for w in features):
                continue
            if word.has("t2row", "admin_fee") and all(e.weak for e in word.entries if e.kind == "t2row"):
                # 没收费 may mean 事业性收费 or 信息处理费; settled when the whole message is known
                out.append(Target("charge", "*", "*"))
                continue
            context = [w for w in words if w.cue("previous", "next") or (word.has("row") and w.has("col"))]
            context += [w for w in words if w.has("t2col")] if word.has("t2row") else []
            out += self._widen(self.resolver.sense([*context, word], self.ctx).targets, word)
        if not out and any(w.has("t2col") for w in features):
            out += self.resolver.sense([w for w in features if w.has("t2col")], self.ctx).targets
        return list(dict.fromkeys(out))

    @staticmethod
    def _widen(targets: tuple[Target, ...], word: Token) -> list[Target]:
        return [t._replace(col="*") if t.col == "total" and t.table in ("table3", "table4") else t for t in targets]

    def _rest_zero(self, phrase: Phrase, cue: Token | None, named: list[Token]) -> None:
        """其余全零: the rest of the block of cases, of the named group, or of the table spoken of."""
        if cue is None or self._vague_rest(phrase, cue):
            return
        ctx = self.ctx
        sense = self.resolver.sense(named, ctx) if named else Sense()
        if sense.targets:
            target = sense.targets[-1]
            target = target._replace(col="rest")
        elif ctx.table == "table4" and ctx.block and phrase.before not in ("。", "\n"):
            target = Target("table4", ctx.block, "rest")
        elif phrase.before in ("。", "\n", "") and not re.search("[行格列]", cue.text) and phrase.after in ("。", "\n", "!"):
            target = Target("*", "rest", "rest")
        else:
            target = Target(ctx.table or "table3", "rest", "rest")
        self._add("zero", target, phrase.span, phrase)

    @staticmethod
    def _vague_rest(phrase: Phrase, cue: Token) -> bool:
        """别的没有 (nothing else happened) does not say that cells are zero; 其余为0, 别的行都没有 do."""
        exact = any((t.cue("zero") and re.search("[零0]", t.text)) or t.kind == "num" for t in phrase.tokens)
        return not exact and not re.search("[行格项栏列]|其余", cue.text) and not phrase.cue("every")

    # ------------------------------------------------------------ applicants
    def _group_clause(self, phrase: Phrase, words: list[Token], bindings: list[Binding]) -> bool:
        """企业那3件：…, 下面说的都是个人…, 自然人：新收…: the applicant of the items that follow."""
        cols = [e.key for t in words for e in t.entries if e.kind == "col"]
        if not cols or self._names_row(words):
            return False
        anaphor = bool(bindings) and all(b.number.gap.rstrip().endswith("那") or self._that(phrase, b.number) for b in bindings)
        if phrase.cue("below"):
            self.ctx.col, self.ctx.col_sentence = cols[0], None
            return True
        if anaphor and phrase.after in (":", "—", ","):
            self.ctx.col, self.ctx.col_sentence = cols[0], phrase.sentence
            return True
        boxed = phrase.before in ("—", "【", "[") and phrase.after in ("—", "】", "]", "\n")
        if boxed and not bindings and not phrase.cue("zero") and len({*cols}) == 1:
            self.ctx.col, self.ctx.col_sentence = cols[0], None
            return True
        if not bindings and phrase.after in (":", "—") and not phrase.cue("every", "zero") and not phrase.depth:
            self.ctx.col, self.ctx.col_sentence = cols[0], phrase.sentence + (phrase.after == ":" and self._line_end(phrase))
            self.dangling = [t for t in words if t.has("col")]
            return True
        return False

    def _line_end(self, phrase: Phrase) -> bool:
        return self.source[phrase.span.end : phrase.span.end + 3].strip(" ：:的—-")[:1] in ("\n", "")

    @staticmethod
    def _that(phrase: Phrase, number: Token) -> bool:
        index = phrase.tokens.index(number)
        return index > 0 and phrase.tokens[index - 1].cue("that")

    def _only_clause(self, phrase: Phrase, cols: list[str], every: Token | None, words: list[Token]) -> bool:
        """都是自然人, 系自然人申请, （个人）: completes the figures before it."""
        if phrase.cue("except"):
            for row in self.excepted:
                self._add("only", Target("table3", row, cols[0]), phrase.span, phrase)
            return True
        if self.orphan is not None:
            return False
        if every is None and not phrase.cue("rest") and not self._is_applicant_clause(phrase):
            return False
        if phrase.cue("rest"):
            self._rest_applicants(phrase, cols[0])
            return True
        everything = every is not None and (phrase.cue("above") or phrase.before in ("。", "\n", ""))
        said = [s for s in self.ctx.open if s.sentence == phrase.sentence]
        if everything or (every is not None and not said and any("申请人" in t.gap or "所有" in t.gap for t in phrase.tokens)):
            self._add("only", Target("table3", "*", cols[0]), phrase.span, phrase)
            self.ctx.open.clear()
            return True
        items = [s for s in self.ctx.open if s.sentence == phrase.sentence and s.target.row not in self.excepted]
        pointed = next((t for t in phrase.tokens if t.kind == "num" and t.unit in ("项", "行", "类", "条", "种")), None)
        if pointed is not None and isinstance(pointed.value, int):
            items = self.ctx.open[-pointed.value :]
            self._only(items, cols[0], phrase.span, phrase)
            return True
        if every is None or phrase.depth:
            items = items[-1:]
        else:
            items = self._same_segment(items, phrase) or items[-1:]
        if not items and (self.excepted or every is not None):
            self._add("only", Target("table3", "*", cols[0]), phrase.span, phrase)
            return True
        self._only(items, cols[0], phrase.span, phrase)
        return bool(items)

    def _unplaced(self, phrase: Phrase, words: list[Token]) -> bool:
        """还有1件…，属于党务信息: the figure before it has no row of its own; it is asked, not filled."""
        asked = next((w for w in words if w.has("ask")), None)
        recent = [s for s in self.out.statements if s.kind == "value" and not s.dropped][-1:]
        if asked is None or not recent or recent[0].sentence != phrase.sentence or phrase.span.start - recent[0].span.end > 30:
            return False
        recent[0].dropped = "ask"
        self._remark("AMBIGUOUS_MAP", asked.text, f"“{asked.text}”在表三没有固定的行，请说明计入哪一项", phrase.span, got=recent[0].value)
        return True

    def _single_out(self, phrase: Phrase, words: list[Token], cols: list[str]) -> bool:
        """部分公开那件是公司申请的: the applicant of one row."""
        if phrase.cue("that") is None:
            return False
        sense = self.resolver.sense([w for w in words if not w.has("col")], self.ctx)
        if len(sense.targets) != 1 or sense.targets[0].table != "table3":
            return False
        self._add("only", sense.targets[0]._replace(col=cols[0]), phrase.span, phrase)
        self.ctx.open = [s for s in self.ctx.open if s.target.row != sense.targets[0].row]
        return True

    def _is_applicant_clause(self, phrase: Phrase) -> bool:
        """个人的, 是企业申请的: nothing but the applicant; 让他去找别的单位 is no such clause."""
        stop = re.search(r"[，,。；;、：:\n（）()]|$", self.source[phrase.span.end :])
        end = phrase.span.end + (stop.start() if stop else 0)
        words = phrase.tokens[0].gap + self.source[phrase.span.start : end]
        for token in phrase.tokens:
            if token.has("col") or token.has("row"):
                words = words.replace(self.source[token.start : token.end], "", 1)
        return _APPLICANT_CLAUSE.fullmatch(words) is not None

    def _same_segment(self, items: list[Statement], phrase: Phrase) -> list[Statement]:
        starts = [p.span.start for p in self.out.phrases if p.segment == phrase.segment]
        return [s for s in items if s.span.start >= min(starts)]

    def _only(self, items: list[Statement], col: str, span: Span, phrase: Phrase) -> None:
        for item in items:
            self._add("only", Target("table3", item.target.row, col), item.span.join(span), phrase)
            if item in self.ctx.open:
                self.ctx.open.remove(item)

    def _rest_applicants(self, phrase: Phrase, col: str) -> None:
        """其余都是自然人: of the row spoken of; 没注明的都是个人: of every row without an applicant."""
        rest = phrase.cue("rest")
        unmarked = rest is not None and re.search("注明|标|写|说", rest.text)
        singled = any(s.kind == "only" and s.sentence == phrase.sentence for s in self.out.statements)
        row = "*" if unmarked or singled or not self.ctx.row else self.ctx.row
        self._add("rest_only", Target("table3", row, col), phrase.span, phrase)

    # ------------------------------------------------------------ one outcome for the whole of a figure
    def _all_of(self, phrase: Phrase, words: list[Token], every: Token) -> bool:
        """均维持; 全部属于行政查询事项: the whole of the figure before."""
        sense = self.resolver.sense(words, self.ctx)
        if not sense.targets:
            return False
        target = sense.targets[-1]
        parent = self.ctx.last if target.table == "table4" else self.ctx.count
        if target.table == "table3" and target.row == "result_total" and "没" not in phrase.tokens[0].text:
            return self._all_done(phrase, words)
        if parent is None or parent.value is None or parent.target.table != target.table:
            return False
        if target.table == "table3" and not target.row.startswith(_RESULT_ROWS):
            return False
        if parent.target.row == target.row and target.table == "table3":
            return False
        if target.table == "table4" and (target.col == "total" or parent.target.col != "total"):
            return False
        row = parent.target.row if target.table == "table4" else target.row
        self._add("value", Target(target.table, row, target.col), parent.span.join(phrase.span), phrase, value=parent.value, words=sense.words, official=sense.official)
        return True

    def _all_done(self, phrase: Phrase, words: list[Token]) -> bool:
        """都办完了: nothing is left for next year. 均按期答复 speaks of the time limit and says nothing here."""
        done = next((w for w in words if w.has("row", "result_total") and re.search("办结|办完|办理完|办毕|处理完", w.text)), None)
        if done is None:
            return False
        self._add("zero", Target("table3", "carried_forward", "*"), phrase.span, phrase, words=done.text)
        return True

    def _story(self, phrase: Phrase, words: list[Token]) -> bool:
        """就1件，…涉及商业秘密: a single request's or case's outcome needs no figure."""
        if phrase.after in (":", "、") and not phrase.depth:
            return False
        sense = self.resolver.sense(words, self.ctx)
        if len(sense.targets) != 1:
            return False
        target = sense.targets[0]
        parent = self.ctx.last if target.table == "table4" else self.ctx.count
        if target.table == "table3" and parent is not None and parent.target.row not in ("new_received", "received_all", "carried_over"):
            return False
        if parent is None or parent.value != 1 or parent.sentence != phrase.sentence or parent.target.table != target.table:
            return False
        if target.table == "table4":
            if target.col == "total" or parent.target.col != "total":
                return False
            target = target._replace(row=parent.target.row)
        elif not target.row.startswith(_RESULT_ROWS) or target.row.endswith("_subtotal") or parent.target.row == target.row:
            return False
        self._add("value", target, parent.span.join(phrase.span), phrase, value=1, words=sense.words, official=sense.official)
        return True

    def _adopt_orphan(self, phrase: Phrase, words: list[Token], cols: list[str]) -> bool:
        """就1件，个人来要的: the second clause says what the figure of the first one counts."""
        if self.orphan is None:
            return False
        sense = self.resolver.sense([w for w in words if not w.has("col")], self.ctx)
        if not sense.targets or sense.targets[-1].table not in ("table3", "table4"):
            return False
        binding, target = self.orphan, sense.targets[-1]
        adjacent = len(self.out.phrases) >= 2 and self.out.phrases[-2].span.end >= binding.span.end
        outcome = adjacent and target.row.startswith(_RESULT_ROWS) and not target.row.endswith("_subtotal") and phrase.cue("zero") is None
        if target.table == "table3" and not outcome and target.row not in ("new_received", "received_all", "carried_over"):
            return False
        self.orphan = None
        span = binding.span.join(phrase.span)
        statement = self._add("value", target, span, phrase, value=binding.number.value, words=sense.words, official=False)
        self._follow(target, statement)
        if cols:
            self._only([statement], cols[0], span, phrase)
        return True

    def _pending(self, phrase: Phrase, words: list[Token]) -> None:
        named = [t for t in words if is_feature(t)] or self.dangling
        for target in self.resolver.sense(named, self.ctx).targets:
            self._add("pending", target, phrase.span, phrase)
        if phrase.cue("table2", "table3", "table4"):
            self._add("pending", Target(self.ctx.table, "*", "*"), phrase.span, phrase)
        self.dangling = []

    # ------------------------------------------------------------ bookkeeping
    def _add(
        self, kind: str, target: Target, span: Span, phrase: Phrase, *, value: object = None, unit: str = "",
        prior: bool = False, words: str = "", official: bool = True,
    ) -> Statement:
        statement = Statement(
            kind, target, span, value, unit, words, official,  # type: ignore[arg-type]
            corrects=self.correcting, hedged=phrase.cue("hedge") is not None, text_channel=self.text_channel,
            prior=prior, part=self.of_which, scope=self.scope, sentence=phrase.sentence,
        )
        self.out.statements.append(statement)
        return statement

    def _remark(self, code: str, where: str, message: str, span: Span, *, got: object = None) -> None:
        self.out.remarks.append(Remark(code, where, message, span, got=got))  # type: ignore[arg-type]

    def _follow(self, target: Target, statement: Statement | None) -> None:
        """Move the focus to what was just said."""
        ctx = self.ctx
        ctx.table = target.table if target.table != "fee" else ctx.table
        if target.table == "table3":
            ctx.row = target.row
            ctx.applicants = target.col not in ("total", "*") and not ctx.col
            if target.row.endswith("_subtotal"):
                ctx.group = "subtotal" if statement is not None and ctx.group in ("", "subtotal") else target.row.split("_")[0]
            elif target.row.startswith(_RESULT_ROWS):
                ctx.group = target.row.split("_")[0] if "_" in target.row else ctx.group
        elif target.table == "table4":
            ctx.block = target.row
            ctx.case_sentence = ctx.sentence
            ctx.applicants = False
        elif target.table == self.resolver.t2.key:
            ctx.t2row = target.row
            ctx.applicants = False
        if statement is None:
            return
        ctx.last = statement
        if target.table == "table3" and (target.col == "total" or statement.whole):
            if not statement.whole:
                ctx.open.append(statement)
            ctx.applicants = False
            ctx.count = statement
        elif target.table == "table3":
            ctx.open = [s for s in ctx.open if s.target.row != target.row]
            ctx.count = statement if target.row == "new_received" else ctx.count


def _applicant_lines(phrases: list[Phrase]) -> dict[int, str]:
    """个人来的 新收29 去年剩1 公开12: sentences led by one applicant, whose figures are all that applicant's."""
    out: dict[int, str] = {}
    for phrase in phrases:
        first = phrase.tokens[0]
        if phrase.sentence in out or phrase.before not in ("", "\n", "。") or not first.has("col") or first.has("row"):
            continue
        mine = [p for p in phrases if p.sentence == phrase.sentence]
        cols = {e.key for p in mine for t in p.tokens for e in t.entries if e.kind == "col"}
        rows = sum(1 for p in mine if p.numbers and any(t.has("row") for t in p.tokens))
        if len(cols) == 1 and rows >= 3 and not any(p.cue("every", "rest") for p in mine if any(t.has("col") for t in p.tokens)):
            out[phrase.sentence] = next(iter(cols))
    return out
