"""Reads what the material asks: the figures it asks about are neither stated nor dropped, but asked back with its words."""

from __future__ import annotations

import re

from assistant.extraction.sentences.finding import find, target_of
from assistant.extraction.sentences.items import items_of
from assistant.extraction.sentences.judging import is_about_other_things, is_year
from assistant.extraction.sentences.known import Known
from assistant.extraction.sentences.output import Output, span_of
from assistant.extraction.sentences.pieces import Chunk, Piece, Sentence
from assistant.extraction.sentences.placing import Place, rows_named
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, FormMap, Sense
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Unplaced, Use

__all__ = ["Asking", "asked_clauses", "asks_about_before", "is_confirmed", "row_asked"]

_BESIDE = 8
"""characters beside a clause that hold words of it which the tokens do not"""
_ABOUT = re.compile(
    r"(?:这(?!种|样)|该|它|那|上述|以上)[^。？?，,]{0,8}?(?:算|填|写|计|进|归|放|用|要不要|能不能|是不是|列)"
    r"|算不算|算[^。？?，,]{0,8}吗|(?:直接|能不能|可不可以|是不是|是否)[^。？?，,]{0,6}[当填算列计写]"
)
"""the clause asks what is to become of a figure told before it"""
_JOINED = re.compile(
    r"(?:要不要|要否|用不用|该不该|是否|能不能|可不可以|需不需要).{0,4}"
    r"(?:[并加合]入|[并加合算计报写](?:到一起|在一起|一起|进来|进去|起来|进年报))"
    r"|(?:用|填|按|报|取)(?:的是)?哪[一个]{0,2}(?:数|口径|套|$)"
)
"""分局的要不要并进来: whether the figures of two bodies are told together or apart"""
_ENDS = re.compile(r"[。；？?;\n]")
_TAIL = 30
"""characters behind the last word of a clause that may still be of it"""
_YES = re.compile(
    r"[^\n?？]{0,6}[?？]\s*(?:[^\n:：，,。]{1,8}[:：])?\s*(?:对|没错|是的|嗯|不错|正确)(?=[，,。\s])"
)
_LONGEST = 60
"""characters of the material that a question quotes"""
_CHOOSES = re.compile("算|还是|归|填")


def asked_clauses(sentence: Sentence, text: str) -> frozenset[int]:
    """Which clauses of a sentence ask, or are asked about by the one behind them."""
    found: set[int] = set()
    for number, chunk in enumerate(sentence.chunks):
        asks = chunk.cue("question") or any(c.cue("question") for c in chunk.inner)
        if not chunk.pieces or (not asks and not (sentence.asked and number == len(sentence.chunks) - 1)):
            continue
        found.add(number)
        words = _around(number, sentence, text)
        if _JOINED.search(words):
            return frozenset(range(len(sentence.chunks)))
        if number and _is_about(chunk) and _ABOUT.search(words):
            found.add(number - 1)
    return frozenset(found)


def asks_about_before(sentence: Sentence, text: str) -> bool:
    """这个要不要填进表二？: a sentence that asks what the figures of the one before it are."""
    if not all(map(_is_about, sentence.chunks)) or not (sentence.asked or _has_question(sentence)):
        return False
    words = text[sentence.start - 1 : sentence.end + 1].lstrip("。；，\n ")
    return re.match(r"(?:那)?[这以上]", words) is not None or "上述" in words


def is_confirmed(sentence: Sentence, behind: Sentence | None, text: str) -> bool:
    """新收一百二十八？ 对，一百二十八: what is asked is said by the answer, which says yes or the same figure."""
    figures = [f.token.value for c in sentence.chunks for f in c.figures]
    if behind is None or not (sentence.asked or _has_question(sentence)) or len(figures) != 1:
        return False
    answer = next((f.token.value for c in behind.chunks for f in c.figures), None)
    return _YES.match(text, sentence.end) is not None or answer == figures[0]


def row_asked(sentence: Sentence, scope: Scope, form: FormMap) -> Sense | None:
    """The one row that a question without a figure asks for: its answer need not name it again."""
    if not (sentence.asked or _has_question(sentence)) or any(c.figures for c in sentence.chunks):
        return None
    labels = tuple(p for c in sentence.chunks for p in c.labels)
    rows = rows_named(labels, scope.but(pending=()), form)
    return rows[0] if len(rows) == 1 else None


def _is_about(chunk: Chunk) -> bool:
    """Whether it has no figure but those that point at what was told (这4件算吗)."""
    return all(f.makes == "known" for f in chunk.figures)


def _has_question(sentence: Sentence) -> bool:
    return any(c.cue("question") for c in sentence.chunks)


def _around(number: int, sentence: Sentence, text: str) -> str:
    """A clause with the words around it that are no pieces: up to the next clause, or to the end of its sentence."""
    chunk = sentence.chunks[number]
    start, end = chunk.pieces[0].start, chunk.pieces[-1].end
    behind = next((c.pieces[0].start for c in sentence.chunks[number + 1 :] if c.pieces), end + _TAIL)
    before = _ENDS.split(text[max(0, start - _BESIDE) : start])[-1]
    return before + text[start:end] + _ENDS.split(text[end : min(behind, end + _TAIL)], maxsplit=1)[0]


class Asking:
    """Gathers what a sentence asks about, and asks it in one question."""

    def __init__(self, sentence: Sentence, form: FormMap, known: Known, out: Output) -> None:
        self._sentence, self._form, self._known, self._out = sentence, form, known, out
        self._spans: list[Span] = []
        self._places: list[Target] = []
        self._code = "AMBIGUOUS_MAP"
        self._rival = ""
        self._asked = False

    def hear(self, chunk: Chunk, scope: Scope, text: str) -> Scope:
        """Takes in one clause that asks, or that is asked about."""
        if not chunk.pieces:
            return scope
        self._asked = True
        words = text[chunk.pieces[0].start : chunk.pieces[-1].end + _BESIDE]
        if chunk.cue("whole_area") and not self._known.area:
            self._code = "SCOPE_MISMATCH"
        rows = rows_named(chunk.labels, scope.but(pending=()), self._form)
        applicants = {
            s.key for p in chunk.labels for s in p.senses[:1] if s.axis == COL and s.table == "table3"
        }
        if chunk.figures:
            scope = self._figures(chunk, scope, text)
        elif (rows and _ABOUT.search(words)) or (len(applicants) > 1 and _CHOOSES.search(words)):
            # 个体户算自然人还是算商业企业？ is asked of no row
            self._spans.append(Span(chunk.pieces[0].start, chunk.pieces[-1].end))
            self._places += [Target(row.table, row.key, "*") for row in rows]
        for inner in chunk.inner:
            scope = self.hear(inner, scope, text)
        return scope

    def _figures(self, chunk: Chunk, scope: Scope, text: str) -> Scope:
        # 网上办件2542件次，这个算许可吗？: what it counts is what is asked
        about = _ABOUT.search(text, self._sentence.start, self._sentence.end + _BESIDE) is not None
        for item in items_of(chunk, scope):
            labels = tuple(p for p in item.labels if p.kind == "label")
            if is_year(item, scope) or item.figure.token.value == 0 or item.figure.makes == "known":
                self._out.account(item.figure, Use.LEFT_OUT, "提问中的数")
            elif is_about_other_things(item, labels) and about:
                # where it would go is told by the question alone
                self._spans += [span_of(token) for token in item.figure.items if token.kind == "num"]
            elif is_about_other_things(item, labels):
                self._out.account(item.figure, Use.NARRATIVE, "表格以外的数")
                scope = scope.but(decoy=True)
            else:
                self._figure(item.figure, find(item, scope, self._form), scope)
        return scope

    def _figure(self, figure: Piece, found: Place, scope: Scope) -> None:
        self._spans += [span_of(token) for token in figure.items if token.kind == "num"]
        target = target_of(found, self._form)
        if target is None:
            return
        self._places.append(target)
        told = [t.value for t in scope.told if (t.row.table, t.row.key, t.col) == target]
        if found.own_row and told and told[-1] not in (0, None, figure.token.value):
            # 我登记本上新收是45件啊？ where 47 was told
            self._rival = str(told[-1])

    def ask(self, text: str) -> None:
        """Asks about all that was heard; nothing where nothing was."""
        start, end = self._sentence.start, self._sentence.end
        words = text[start:end] + _ENDS.split(text[end : end + _TAIL], maxsplit=1)[0]
        if self._asked and _JOINED.search(words):
            self._code = "SCOPE_MISMATCH"
        if not self._spans and self._code != "SCOPE_MISMATCH":
            return
        words = words.strip() if len(words) <= _LONGEST else f"{words.strip()[:_LONGEST]}…"
        spans = tuple(self._spans) or (Span(start, end),)
        question = f"“{words}”——这里的数是否填入、填入哪一项须由您确认，系统没有填写"
        # 办结的18733件能直接当许可填吗 asks into which row it goes
        if self._rival and len({place[:2] for place in self._places}) == 1:
            self._code = "CONFLICT"
            question = f"“{words}”与前面说的 {self._rival} 不同，请确认以哪个为准"
        self._out.unplaced.append(
            Unplaced(spans, words, tuple(dict.fromkeys(self._places)), question, code=self._code)
        )
