"""Reads running text clause by clause into statements: the grammar of the offline reader."""

from __future__ import annotations

import re

from assistant.extraction.clause_absences import absence
from assistant.extraction.clause_applicants import (
    all_but,
    all_but_part,
    group_clause,
    only,
    only_clause,
    rows_only,
    single_out,
    unplaced,
)
from assistant.extraction.clause_figures import figure, vector
from assistant.extraction.clause_outcomes import (
    adopt_orphan,
    promised,
    refine_block,
    renamed,
    single_story,
    that_one,
    whole_of,
)
from assistant.extraction.clause_state import RESULT_ROWS, ClauseState, Reading
from assistant.extraction.clause_stories import outcome_alone, stories_of
from assistant.extraction.distributed import dealt_out, past_and_present, with_objects
from assistant.extraction.phrases import Binding, Phrase, bind, is_feature, phrases_of
from assistant.extraction.statements import Span, Story, Target
from assistant.extraction.tokens import Token
from assistant.extraction.vectors import fold_vectors

__all__ = ["ClauseReader", "Reading"]

_WAITING = re.compile(
    r"(?:的?数[字据]?)?(?:还|得|在|需)?要?等(?!部门|单位|有关)[一-龥]{1,8}?(?:报|给|发|补|提供|统计|汇总|核)(?:[上过]?来|数|我|好|完|了)?(?![一-龥])"
)
"""处罚数等法规科报"""
_LONGEST_HEAD = 200
"""characters of a line that heads others"""
_ALL_OF_THEM = ("同一", "全公开", "全部公开", "都公开", "均公开")
_REPORT_BEHIND = re.compile(r"[（(]?\d*年?[）)]?[度的里发报]{0,3}(?:年报|报告|报(?!送|数|了))")


class ClauseReader(ClauseState):
    """One pass over the phrases of a text; each kind of clause has its own module."""

    year: int | None = None
    stories: dict[int, Story]
    alone = False
    """the only story is that of the only applicants the message names"""
    story_segment = -1
    scope_outside = row_outside = ""
    before_story: tuple[str, int | None] = ("", None)

    def read(self, tokens: list[Token]) -> Reading:
        """Read all tokens; statements come out in the order of the text."""
        phrases = dealt_out(list(phrases_of(fold_vectors(tokens, self.resolver.form))))
        phrases = with_objects(past_and_present(phrases, self.source, self.year))
        self.led_by = _applicant_lines(phrases)
        self.stories = stories_of(phrases)
        self.alone = _only_one_applicant(phrases) if len(self.stories) == 1 else False
        self.last_of_line = self._line_ends(phrases)
        self.dashes = sum(t.gap.rstrip().endswith("-") for t in tokens if t.kind == "num") >= 3
        for phrase in phrases:
            self.out.phrases.append(phrase)
            began = self.segments.get(phrase.segment, phrase.span.start)
            self.segments[phrase.segment] = min(began, phrase.span.start)
            self._enter(phrase)
            self._phrase(phrase)
            self._lead(phrase)
        return self.out

    def _line_ends(self, phrases: list[Phrase]) -> dict[int, int]:
        lines = [(phrase.sentence, self.lines.start(phrase.span.start)) for phrase in phrases]
        last: dict[int, int] = {}
        for sentence, line in lines:
            last[line] = max(sentence, last.get(line, sentence))
        return {sentence: last[line] for sentence, line in lines}

    def _enter(self, phrase: Phrase) -> None:
        """Sentence and segment borders end what holds only inside them."""
        begins = phrase.sentence != self.sentence
        if begins:
            keep = self.correcting and not self.said_in(self.sentence)
            self.sentence, self.correcting = phrase.sentence, keep
            self.text_channel = self.prior = self.prior_report = False
            self.scope, self.orphan, self.orphan_col = self.heading_scope, None, ""
            self.vague = []
            self.excepted = set()
            if self.ctx.col_sentence is not None and self.ctx.col_sentence < phrase.sentence:
                self.ctx.col, self.ctx.col_sentence, self.ctx.whole = "", None, False
            if not (self.dangling and phrase.before == "\n" and self._heading):
                self.dangling = []
            self.ctx.applicants = False
            self.ctx.sentence = phrase.sentence
            self.replacing = None
            if phrase.sentence in self.led_by:
                self.ctx.col, self.ctx.col_sentence = self.led_by[phrase.sentence], phrase.sentence
        closed = self.depth > 0 and not phrase.depth
        if phrase.depth and not self.depth:
            self.scope_outside = self.scope
            self.row_outside = self.ctx.row
        elif closed and not begins:
            # （备案审查过全区的66件）；行政许可9件: the scope ends with its bracket
            self.scope = self.scope_outside
        self.depth = phrase.depth
        if phrase.segment != self.segment or closed:
            # 去年同期收到9件，予以公开7件; the next segment speaks of the report year again
            self.prior = False
            self.prior_report = self.prior_report and closed and self.report_depth == 0
        if closed:
            self.ctx.applicants = False
            if not begins and any(t.has("col") for t in phrase.tokens) and not self.names_row(phrase.tokens):
                # 受理18件（上年结转2件），其中自然人15件: the applicants are those of the figure before the bracket
                self.ctx.row = self.row_outside or self.ctx.row
            if self.orphan_depth:
                # （台账上就查到3件）: a figure in a bracket waits for nothing outside
                self.orphan, self.orphan_depth = None, 0
        if phrase.segment != self.segment:
            self.segment = phrase.segment
            self.of_which = False
            self.ctx.applicants = False

    @property
    def _heading(self) -> bool:
        return bool(self.out.phrases[:-1]) and self.out.phrases[-2].after == ":"

    def _tell(self, phrase: Phrase) -> None:
        """Begin or end the story of one kind of applicant."""
        begins = self.stories.get(phrase.span.start)
        if self.story is not None and (begins is not None or phrase.segment != self.story_segment):
            self.story, self.story_lead, self.story_told = None, None, False
            col, until = self.before_story
            lasts = until is None or until >= phrase.sentence
            self.ctx.col, self.ctx.col_sentence = (col, until) if lasts else ("", None)
        group = ("", "legal_persons", begins.col if begins is not None else "")
        if begins is None or self.ctx.col not in group:
            return
        self.story, self.story_segment = begins, phrase.segment
        self.before_story = self.ctx.col, self.ctx.col_sentence
        self.ctx.col = ""
        if phrase.sentence > self.stories_line:
            self.story_row = ""
        self.stories_line = self.last_of_line[phrase.sentence]
        named = {e.key for t in phrase.tokens for e in t.entries if e.kind == "row"}
        row = "result_total" if "result_total" in named else self.story_row or "new_received"
        self.story_row = row
        self.ctx.table, self.ctx.row, self.ctx.applicants = "table3", row, False

    def _lead(self, phrase: Phrase) -> None:
        """Behind the figure of the applicant, what follows is told of that applicant."""
        if self.story is None or self.story_lead is not None:
            return
        told = self.told_in(phrase.sentence)
        made = [s for s in told if s.kind == "value" and s.span.meets(phrase.span)]
        if self.story.bracketed and self.orphan is not None and phrase.depth:
            place = Target("table3", self.story_row, self.story.col)
            span = self.orphan.span.join(phrase.span)
            made = [self.add("value", place, span, phrase, value=self.story.value)]
            self.orphan = None
            self.follow(place, made[0])
        if made and made[-1].target.col == self.story.col:
            self.story_lead = made[-1]
            self.ctx.col, self.ctx.col_sentence, self.ctx.whole = self.story.col, phrase.sentence, self.alone
            if self.alone:
                self.story_lead.whole = True

    def _phrase(self, phrase: Phrase) -> None:
        self._tell(phrase)
        self._cues(phrase)
        self._including(phrase)
        bindings = [b for b in bind(phrase) if not self._anaphor(phrase, b.number)]
        words = [t for t in phrase.tokens if t.kind == "word"]
        if phrase.cue("pending") or (not bindings and _WAITING.match(self.source, phrase.span.end)):
            promised(self, phrase, words)
            return
        vectors = [t for t in phrase.tokens if t.kind == "vec"]
        for token in vectors:
            vector(self, phrase, token, words)
        if vectors and not bindings:
            self.dangling = []
            return
        if group_clause(self, phrase, words, bindings) or all_but(self, phrase, words):
            return
        if bindings:
            for binding in bindings:
                figure(self, phrase, binding)
            self._tail(phrase, bindings)
            self.dangling = []
        else:
            self._without_figure(phrase, words)

    def _anaphor(self, phrase: Phrase, number: Token) -> bool:
        """这四项都是个人, 7件里予以公开3件: the figure points back and counts nothing new."""
        index = phrase.tokens.index(number)
        following = phrase.tokens[index + 1] if index + 1 < len(phrase.tokens) else None
        if index and phrase.tokens[index - 1].cue("above") and phrase.cue("every") is not None:
            return True
        # 一件都没收到, 一件申请都没收到, 法人一件没有
        if number.value == 1:
            behind = phrase.tokens[index + 1 : index + 4]
            if phrase.after == "+" and len(behind) == 1 and behind[0].cue("every") and behind[0].text == "都":
                # 申请一份都|没有: 一…都 is only said of what there is not
                return True
            none = next((i for i, t in enumerate(behind) if t.cue("zero") and len(t.gap) <= 1), None)
            if none is not None and all(
                t.cue("every") or t.has("row", "new_received") for t in behind[:none]
            ):
                return True
        if number.gap.rstrip().endswith(("这", "上述", "以上", "前面")) and phrase.cue("every") is not None:
            return True
        # 许可、处罚、强制三项都是零: the figure counts the words before it
        if number.unit in ("项", "栏", "类", "样", "种", "列", "个") and index:
            behind = phrase.tokens[index + 1 :]
            if phrase.after == "+" and len(behind) == 1 and behind[0].cue("every"):
                return True
            listed = [t for t in (*self.dangling, *phrase.tokens[:index]) if is_feature(t)]
            if phrase.before == "、" and not behind and number.value == len(listed) >= 3:
                return True
        return following is not None and following.gap.lstrip().startswith(("里", "中", "当中"))

    def _cues(self, phrase: Phrase) -> None:
        """What the phrase says of the place, the scope and the year of what follows; most phrases say nothing of it."""
        if any(t.kind == "year" for t in phrase.tokens):
            self.prior = True
            self.prior_table = ""
        if phrase.cues:
            self._place_cues(phrase)
        now = (
            ("今年", "本年", "全年")
            if self.prior_report
            else ("今年", "本年", "全年", "现行", "目前", "现在")
        )
        # 2022年收到9件，当年办结9件: the year that was named
        current = phrase.cue("current")
        that_year = current is not None and current.text == "当年" and self.prior
        # 去年年报里现行有效140件 is last year's, 目前有效 elsewhere is this year's
        if (current and not that_year) or any(
            t.kind == "word" and t.text.startswith(now) for t in phrase.tokens
        ):
            self.prior = self.prior_report = False
        elif phrase.cue("next"):
            # 去年年报结转下年写的是4件 still speaks of last year's report
            self.prior = False
        if phrase.cue("previous") and any(
            t.cue("previous") and (re.search("年报|报告", t.text) or _REPORT_BEHIND.match(self.source, t.end))
            for t in phrase.tokens
        ):
            # 去年（2020年）年报里: the bracket only explains the year
            self.report_depth = min(self.report_depth, phrase.depth) if self.prior_report else phrase.depth
            self.prior_report = True
        lasting = self.ctx.col_sentence is None or phrase.sentence > self.heading_sentence >= 0
        if self.ctx.col and lasting and self._closes_group(phrase):
            self.ctx.col, self.ctx.whole = "", False

    def _place_cues(self, phrase: Phrase) -> None:
        void = phrase.cue("correction")
        # 作废四件 counts what was abolished
        counts = (
            void is not None
            and void.text.startswith("作废")
            and any(t.start > void.start for t in phrase.numbers)
        )
        if void is not None and not phrase.cue("pending") and not counts:
            self.correcting = True
        if phrase.cue("sum_up") and (
            self.ctx.table == "table4" or any(t.has("t4block") for t in phrase.tokens)
        ):
            # 所以复议合起来是维持3、纠正1: takes the place of the cases told one by one
            self.correcting = True
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
        if phrase.cue("whole_area", "own_body") and self._heads_lines(phrase):
            self.heading_scope = self.scope
        if phrase.cue("of_which"):
            self.of_which = True
        if phrase.cue("except") and not phrase.numbers:
            self.excepted = {e.key for t in phrase.tokens for e in t.entries if e.kind == "row"}

    def _heads_lines(self, phrase: Phrase) -> bool:
        """—— 市局机关 ——, 【全系统】: a line that holds nothing but the scope of the lines below."""
        start, end = self.lines.start(phrase.span.start), self.lines.end(phrase.span.end)
        if end == len(self.source) or end - start > _LONGEST_HEAD:
            return False
        around = self.source[start : phrase.span.start] + self.source[phrase.span.end : end]
        return re.fullmatch(r"[\s—\-=*#【】\[\]（）()一二三四五、：:.．\d口径数据的]*", around) is not None

    @staticmethod
    def _closes_group(phrase: Phrase) -> bool:
        """A grand total, or figures of another table, end the items of one applicant."""
        if any(e.kind in ("t2row", "t4block") for t in phrase.tokens for e in t.entries):
            return True
        # 以上共办结63件 adds up what all applicants were told
        done = [t for t in phrase.tokens if t.has("row", "result_total")]
        adds_up = (
            phrase.cue("sum") is not None
            or any(t.text.endswith(("合计", "总计")) for t in done)
            or (phrase.cue("above") is not None and bool(done))
        )
        return adds_up and phrase.before in ("\n", "。") and any(t.has("row") for t in phrase.tokens)

    def _including(self, phrase: Phrase) -> None:
        """1261件（含上年结转74件）: the figure before the bracket is new and carried over together."""
        first = phrase.cue("of_which")
        if first is None or phrase.before not in ("(", ",", ":"):
            return
        last = self.ctx.last
        over = any(t.has("row", "carried_over") for t in phrase.tokens) or (
            # 其中上年度结转112件: the year in front turns the word round
            phrase.cue("previous") is not None and any(t.has("row", "carried_forward") for t in phrase.tokens)
        )
        if last is not None and last.sentence != phrase.sentence:
            return
        if over and last is not None and last.target.row in ("new_received", "result_total", "received_all"):
            last.target = last.target._replace(row="received_all")

    def _tail(self, phrase: Phrase, bindings: list[Binding]) -> None:
        """予以公开二十一件全是个人: the clause behind the last figure completes it."""
        last = bindings[-1]
        tail = [t for t in phrase.tokens if t.start >= last.number.end]
        every = next((t for t in tail if t.cue("every")), None)
        if every is None:
            return
        cols = [e.key for t in tail if t.start >= every.start for e in t.entries if e.kind == "col"]
        if (
            not cols
            and self.orphan is last
            and any(t.has("row", "result_total") and not t.text.endswith(("答复", "回复")) for t in tail)
        ):
            # 37件当年全部办结
            place = Target("table3", "result_total", "total")
            self.follow(place, self.add("value", place, last.span, phrase, value=last.number.value))
            self.orphan = None
        if cols and phrase.cue("except"):
            all_but_part(self, phrase, cols[0], Span(every.start, tail[-1].end))
        elif cols and self._counts_nobody(last) and not phrase.cue("previous", "next", "rest"):
            # 14件全是个人提的, where no word says which row: all that are spoken of
            span = last.span.join(Span(every.start, tail[-1].end))
            self.add("only", Target("table3", "*", cols[0]), span, phrase)
        elif cols and self.ctx.last is not None and self.ctx.last.kind == "value":
            previous = self.ctx.last
            target = previous.target
            if target.table == "table3" and target.col == cols[0]:
                previous.target = target._replace(col="total")
                target = previous.target
            if target.table == "table3":
                only(self, [previous], cols[0], Span(every.start, tail[-1].end), phrase)
        elif not cols and not self._applicants_outcome(phrase, last, every, tail):
            whole_of(self, phrase, [t for t in tail if t.start >= every.start], every)

    def _counts_nobody(self, binding: Binding) -> bool:
        """Whether the figure waits for its row and names no applicant."""
        return self.orphan is binding and not any(w.has("col") for w in binding.words)

    def _applicants_outcome(self, phrase: Phrase, last: Binding, every: Token, tail: list[Token]) -> bool:
        """企业的2件都是部分公开: the figure of an applicant with the outcome of all of it."""
        held = self.ctx.last
        applicant = any(w.has("col") for w in last.before) and not any(w.has("row") for w in last.before)
        if (
            not applicant
            or held is None
            or held.value != last.number.value
            or held.sentence != phrase.sentence
        ):
            return False
        sense = self.resolver.sense([t for t in tail if t.start >= every.start], self.ctx)
        if len(sense.targets) != 1 or not sense.targets[0].row.startswith(RESULT_ROWS):
            return False
        held.target = sense.targets[0]._replace(col=held.target.col)
        held.words = sense.words
        held.inherited = False
        return True

    def _without_figure(self, phrase: Phrase, words: list[Token]) -> None:
        if outcome_alone(self, phrase, words) or that_one(self, phrase, words):
            return
        if (phrase.cue("negated") or self.renaming) and renamed(self, phrase, words):
            return
        zero = phrase.cue("zero") or next((t for t in words if t.has("t2col", "delta_none")), None)
        # 是同一个人要的, 全部公开了: all of them
        every = phrase.cue("every") or next((t for t in words if t.text.startswith(_ALL_OF_THEM)), None)
        cols = [e.key for t in words for e in t.entries if e.kind == "col"]
        if zero is not None:
            absence(self, phrase, words, zero)
        elif (every is not None and cols and rows_only(self, phrase, words, cols, every)) or (
            (cols and not self.names_row(words) and only_clause(self, phrase, cols, every, words))
            or (cols and single_out(self, phrase, words, cols))
            or unplaced(self, phrase, words)
            or adopt_orphan(self, phrase, words, cols)
            or (every is not None and whole_of(self, phrase, words, every))
            or single_story(self, phrase, words)
        ):
            pass
        else:
            self._remember(phrase, words)

    def _remember(self, phrase: Phrase, words: list[Token]) -> None:
        """Keep the words for the figure that follows; they also tell what the text speaks of now."""
        features = [t for t in words if is_feature(t) or t.cue("previous", "rest", "every")]
        if phrase.depth and self.dangling:
            return
        if phrase.before == "、" and self.dangling:
            self.dangling = self.dangling + features
        else:
            self.dangling = features
        heads_total = phrase.cue("sum") is not None and not features and phrase.after in (":", "—")
        if heads_total and self.ctx.table == "table3" and phrase.before in ("\n", "。", ""):
            self.ctx.row, self.dangling = "result_total", []
            return
        sense = self.resolver.sense(words, self.ctx)
        if sense.decoy or not sense.targets:
            return
        target = sense.targets[-1]
        if phrase.before == "+" and target.table == "table3" and target.row == self.ctx.row:
            # 收了8件申请: the word behind the figure only names it once more
            self.dangling = []
            return
        block = target.table == "table4" and refine_block(self, target, phrase)
        if not block:
            self.follow(target, None)


def _only_one_applicant(phrases: list[Phrase]) -> bool:
    cols = {e.key for p in phrases for t in p.tokens for e in t.entries if e.kind == "col"}
    return len(cols) == 1 and not any(
        p.cue("rest", "sum") for p in phrases if any(t.has("col") for t in p.tokens)
    )


def _applicant_lines(phrases: list[Phrase]) -> dict[int, str]:
    """个人来的 新收29 去年剩1 公开12: sentences led by one applicant, whose figures are all that applicant's."""
    out: dict[int, str] = {}
    sentences: dict[int, list[Phrase]] = {}
    for phrase in phrases:
        sentences.setdefault(phrase.sentence, []).append(phrase)
    for phrase in phrases:
        first = phrase.tokens[0]
        if (
            phrase.sentence in out
            or phrase.before not in ("", "\n", "。")
            or not first.has("col")
            or first.has("row")
        ):
            continue
        mine = sentences[phrase.sentence]
        cols = {e.key for p in mine for t in p.tokens for e in t.entries if e.kind == "col"}
        rows = sum(1 for p in mine if p.numbers and any(t.has("row") for t in p.tokens))
        if (
            len(cols) == 1
            and rows >= 3
            and not any(p.cue("every", "rest") for p in mine if any(t.has("col") for t in p.tokens))
        ):
            out[phrase.sentence] = next(iter(cols))
    return out
