"""Reads what the material asks: the figures it asks about are neither stated nor dropped, but asked back with its words."""

from __future__ import annotations

import re

from assistant.extraction.sentences.finding import find, target_of
from assistant.extraction.sentences.items import items_of
from assistant.extraction.sentences.judging import is_about_other_things, is_year
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Chunk, Sentence
from assistant.extraction.sentences.placing import rows_named
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, FormMap
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Unplaced, Use

__all__ = ["ask", "asked_clauses", "asks_about_before"]

_BESIDE = 8
"""characters beside a clause that hold words of it which the tokens do not"""
_ABOUT = re.compile(
    r"(?:这(?!种|样)|该|它|那|上述|以上)[^。？?，,]{0,8}?(?:算|填|写|计|进|归|放|用|要不要|能不能|是不是|列)"
    r"|算不算|算[^。？?，,]{0,8}吗|(?:直接|能不能|可不可以|是不是|是否)[^。？?，,]{0,6}[当填算列计写]"
)
"""the clause asks what is to become of a figure told before it"""
_JOINED = re.compile(
    r"(?:要不要|要否|用不用|该不该|是否|能不能|可不可以|需不需要).{0,4}(?:并|合并|加|算|计|合|报|写)"
    r"(?:到一起|在一起|一起|进来|进去|起来|入|进)|(?:用|填|按|报|取)(?:的是)?哪[一个]{0,2}(?:数|口径|套|$|[？?])"
)
"""分局的要不要并进来: whether the figures of two bodies are told together or apart"""
_CHOOSES = re.compile("算|还是|归|填")


def asked_clauses(sentence: Sentence, text: str) -> frozenset[int]:
    """Which clauses of a sentence ask, or are asked about by the one behind them."""
    found: set[int] = set()
    for number, chunk in enumerate(sentence.chunks):
        asks = chunk.cue("question") or any(c.cue("question") for c in chunk.inner)
        if not chunk.pieces or (not asks and not (sentence.asked and number == len(sentence.chunks) - 1)):
            continue
        found.add(number)
        words = _around(chunk, text)
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


def _is_about(chunk: Chunk) -> bool:
    """Whether it has no figure but those that point at what was told (这4件算吗)."""
    return all(f.makes == "known" for f in chunk.figures)


def _has_question(sentence: Sentence) -> bool:
    return any(c.cue("question") for c in sentence.chunks)


def _around(chunk: Chunk, text: str) -> str:
    start, end = chunk.pieces[0].start, chunk.pieces[-1].end
    return re.split(r"[。；？?;\n]", text[max(0, start - _BESIDE) : start])[-1] + text[start : end + _BESIDE]


def ask(chunk: Chunk, scope: Scope, form: FormMap, out: Output, text: str) -> Scope:
    """Asks back about the figures of a clause, or about the rows it names where it has none."""
    if not chunk.pieces:
        return scope
    span = Span(chunk.pieces[0].start, chunk.pieces[-1].end)
    words = text[span.start : span.end].strip()
    code = "SCOPE_MISMATCH" if _JOINED.search(_around(chunk, text)) else "AMBIGUOUS_MAP"
    question = f"“{words}”——这里的数是否填入、填入哪一项须由您确认，系统没有填写"
    rows = rows_named(chunk.labels, scope.but(pending=()), form)
    if chunk.figures:
        scope = _figures(chunk, scope, form, out, (code, question))
    elif rows and _ABOUT.search(_around(chunk, text)):
        places = tuple(Target(row.table, row.key, "*") for row in rows)
        out.unplaced.append(Unplaced((span,), words, places, question, code=code))
    elif code == "SCOPE_MISMATCH":
        out.unplaced.append(Unplaced((span,), words, (), question, code=code))
    applicants = {s.key for p in chunk.labels for s in p.senses[:1] if s.axis == COL and s.table == "table3"}
    if len(applicants) > 1 and _CHOOSES.search(words):
        # 个体户算自然人还是算商业企业？
        out.unplaced.append(Unplaced((span,), words, (), f"“{words}”——申请人类型须由您确认，系统没有填写"))
    for inner in chunk.inner:
        scope = ask(inner, scope, form, out, text)
    return scope


def _figures(chunk: Chunk, scope: Scope, form: FormMap, out: Output, asks: tuple[str, str]) -> Scope:
    code, question = asks
    for item in items_of(chunk, scope):
        labels = tuple(p for p in item.labels if p.kind == "label")
        if is_year(item, scope) or item.figure.token.value == 0:
            out.account(item.figure, Use.LEFT_OUT, "提问中的数")
        elif is_about_other_things(item, labels):
            out.account(item.figure, Use.NARRATIVE, "表格以外的数")
            scope = scope.but(decoy=True)
        else:
            target = target_of(find(item, scope, form), form)
            places = () if target is None else (target,)
            out.open(item.figure, chunk.pieces[0].token.text, places, question, code)
    return scope
