"""Groups tokens into sentences and phrases and binds each figure to the words it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.extraction.statements import Span
from assistant.extraction.tokens import Token

__all__ = ["Binding", "Phrase", "phrases_of"]

_LONGEST_PHRASE, _LONGEST_SENTENCE = 160, 800
"""tokens; nobody writes more without a mark, and what is compared with its whole phrase or sentence must have an end"""
_STRONG = {"。", "！", "!", "？", "?", "\n", ";"}
FEATURES = frozenset({"row", "t2row", "t4block", "t4col", "t2col", "col", "fee", "decoy", "ask"})
_FILLER = re.compile(
    r"[的了是有为共达约只就才也都这那还又再另外个中里上下头我们他她它人家嘛呢吧啊哦呀:说答复因由被把给向对于属于算来去其\s\"“”'‘’《》、，,=即方面情况]+"
)


@dataclass
class Phrase:
    """Tokens between two separators (at least one). ``before``/``after`` are those separators, ``depth`` counts open brackets.

    The tokens do not change once the phrase is cut, so what they say together is gathered at once.
    """

    tokens: list[Token]
    before: str = ""
    after: str = ""
    depth: int = 0
    sentence: int = 0
    segment: int = 0
    """runs of phrases between strong separators and semicolons"""
    question: bool = False
    span: Span = field(init=False)
    cues: frozenset[str] = field(init=False)
    """all cues of the phrase; most phrases have hardly any, and are asked for many"""

    def __post_init__(self) -> None:
        self.span = Span(self.tokens[0].start, self.tokens[-1].end)
        said = [t.cues for t in self.tokens if t.cues]
        self.cues = said[0].union(*said[1:]) if said else frozenset()

    @property
    def numbers(self) -> list[Token]:
        return [t for t in self.tokens if t.kind == "num"]

    @property
    def features(self) -> list[Token]:
        return [t for t in self.tokens if is_feature(t)]

    def cue(self, *keys: str) -> Token | None:
        """The first of these cues in the phrase."""
        if self.cues.isdisjoint(keys):
            return None
        return next(t for t in self.tokens if t.cue(*keys))


@dataclass
class Binding:
    """A figure with the words that say what it counts; ``after`` are words behind it, ``far`` marks doubtful ones."""

    number: Token
    before: list[Token]
    after: list[Token]

    @property
    def words(self) -> list[Token]:
        return self.before + self.after

    @property
    def span(self) -> Span:
        tokens = [*self.before, self.number, *self.after]
        return Span(min(t.start for t in tokens), max(t.end for t in tokens))


_ROW_KINDS = frozenset({"row", "t2row", "t4block", "t4col", "t2col", "fee"})


def is_feature(token: Token) -> bool:
    """Whether the word says what a figure counts."""
    return not token.kinds.isdisjoint(FEATURES) or "other" in token.cues


def phrases_of(tokens: list[Token]) -> Iterator[Phrase]:
    """Cut tokens into phrases, then into chunks of one figure each, so that speech without punctuation reads the same."""
    for phrase in _separated(_without_articles(tokens)):
        yield from _chunks(phrase)


def _without_articles(tokens: list[Token]) -> list[Token]:
    """一家公司的1件申请, 一名村民来申请2件: the first figure only stands for an article."""
    return [token for i, token in enumerate(tokens) if not _is_article(token, tokens[i + 1 : i + 4])]


def _is_article(token: Token, following: list[Token]) -> bool:
    if token.kind != "num" or token.value != 1 or token.unit not in ("家", "名", "位", "个"):
        return False
    if len(following) < 2 or not following[0].has("col"):
        return False
    number = following[2] if len(following) > 2 and following[1].has("row", "new_received") else following[1]
    asked = number is not following[1] or number.gap.strip().startswith(("的", "要", "来", "提", "递", "交"))
    return number.kind == "num" and number.unit in ("件", "份", "宗", "次") and asked


def _chunks(phrase: Phrase) -> Iterator[Phrase]:
    """新收二十六件都是个人的去年结转三件 reads as 新收二十六件都是个人的 | 去年结转三件."""
    groups: list[list[Token]] = [[]]
    postfix = _is_postfix(phrase.tokens)
    for i, token in enumerate(phrase.tokens):
        rest = phrase.tokens[i + 1 :]
        if token.kind == "num" and groups[-1] and groups[-1][-1].kind == "num" and not token.gap.strip():
            # 复议四件三件维持一件还没审完: from here on the figures stand first
            postfix = True
        closed = postfix and _closes_part(groups[-1], token, rest)
        if groups[-1] and (closed or _starts_chunk(groups[-1], token, rest, postfix)):
            # behind 里面有 the order may turn: 部分公开九件里面有一件是企业的
            postfix = _is_postfix(phrase.tokens[i:]) if token.cue("of_which") or closed else postfix
            groups.append([])
        groups[-1].append(token)
    if len(groups) == 1:
        yield phrase
        return
    for i, group in enumerate(groups):
        first, last = i == 0, i == len(groups) - 1
        yield Phrase(
            group,
            phrase.before if first else "+",
            phrase.after if last else "+",
            phrase.depth,
            phrase.sentence,
            phrase.segment,
        )


def _closes_part(chunk: list[Token], token: Token, rest: list[Token]) -> bool:
    """里面有一件是企业的|部分公开两件: the part is complete with its applicant, a row with its own figure begins."""
    return (
        bool(chunk)
        and chunk[0].cue("of_which")
        and any(t.kind == "num" for t in chunk)
        and any(t.has("col") for t in chunk)
        and _is_row(token)
        and bool(rest)
        and rest[0].kind == "num"
    )


def _is_postfix(tokens: list[Token]) -> bool:
    """Whether figures stand before their words (一件纠正一件其他结果)."""
    first = next((t for t in tokens if t.kind in ("num", "vec") or is_feature(t)), None)
    return first is not None and first.kind == "num"


def _starts_chunk(chunk: list[Token], token: Token, rest: list[Token], postfix: bool) -> bool:
    """Whether a token begins a new statement behind a chunk that is already complete."""
    figures = [t for t in chunk if t.kind in ("num", "vec")]
    zero = next((i for i, t in enumerate(chunk) if t.cue("zero") or t.has("t2col", "delta_none")), None)
    if not figures and token.cue("zero") and token.text in ("没", "无", "未", "不", "不用"):
        # 都办完了没结转: a short negation belongs to the word behind it
        return any(_is_row(t) for t in chunk) and bool(rest) and _is_row(rest[0]) and not rest[0].gap
    if not figures:
        # 收费没有|复议…, but 没有上年结转 goes on
        named = zero is not None and any(is_feature(t) for t in chunk[:zero])
        said = zero is not None and any(is_feature(t) for t in chunk[zero:])
        row = _is_row(token) and bool(rest) and _has_value(rest)
        return (named and (_is_row(token) or token.kind == "num")) or (
            said and row and not chunk[-1].cue("zero")
        )
    if token.kind in ("num", "vec"):
        return True
    if token.cue("of_which", "previous", "current", "negated") and not token.cue("other"):
        return True
    behind = chunk[chunk.index(figures[-1]) + 1 :]
    if token.cue("zero") and chunk[-1] is figures[-1] and figures[-1].value == 1 and len(token.gap) <= 1:
        # 复议诉讼一件没有: the one that there is not
        return False
    if postfix:
        return False
    if _is_row(token):
        # 自然人那1件部分公开: applicant before, outcome behind
        bare = (
            not any(_is_row(t) for t in chunk)
            and any(t.has("col") for t in chunk)
            and not any(t.kind == "num" for t in rest)
        )
        # 政府集中采购 12个项目: row before, column behind
        column = (
            token.has("t2col")
            and not any(t.has("t2col") for t in chunk)
            and not any(t.kind == "num" for t in rest[:1])
        )
        bare = bare or (column and any(t.has("t2row") for t in chunk))
        # 复议一件维持: case before, outcome behind
        outcome = (
            token.has("t4col")
            and not any(t.has("t4col") for t in chunk)
            and not any(t.kind == "num" for t in rest[:1])
        )
        bare = bare or (outcome and any(t.has("t4block") for t in chunk))
        # 还有一件个人的没办完: behind 还有 the figure comes first
        turned = chunk[0].kind == "num" and chunk[0].gap.rstrip().endswith(
            ("还有", "另有", "还剩", "剩下", "另外", "还余")
        )
        bare = bare or (turned and not any(_is_row(t) for t in chunk))
        return not bare and not any(t.cue("every", "negated") for t in behind[-1:])
    if token.has("col"):
        every = any(t.cue("every") for t in behind)
        # 部分公开两件都是个人|企业还有一件: the clause has its applicant, another one begins
        said = every and behind[-1].has("col")
        return bool(rest) and rest[0].kind == "num" and (said or not every)
    if token.cue("other"):
        return bool(rest) and (rest[0].kind == "num" or rest[0].cue("zero", "every"))
    return token.cue("zero", "sum", "rest")


def _is_row(token: Token) -> bool:
    return not token.kinds.isdisjoint(_ROW_KINDS)


def _has_value(tokens: list[Token]) -> bool:
    """Whether a figure or an absence follows before the next row but one."""
    return any(t.kind in ("num", "vec") or t.cue("zero") for t in tokens[:3])


def _separated(tokens: list[Token]) -> Iterator[Phrase]:
    """Cut at separators; blanks cut only behind a complete phrase, a bracket always cuts."""
    held: list[Token] = []
    before = ""
    depth = sentence = segment = told = 0
    for i, token in enumerate(tokens):
        mark = token.text
        if token.kind not in ("sep", "open", "close"):
            held.append(token)
            told += 1
            if len(held) < _LONGEST_PHRASE:
                continue
            mark = ","
        elif _goes_on(tokens, i, held):
            continue
        if held:
            yield Phrase(held, before, mark, depth, sentence, segment)
            held = []
        before = mark
        strong = mark in _STRONG
        if strong and depth and mark != "\n":
            segment += 1
        elif strong:
            depth = 0
            segment += 1
            sentence += mark != ";"
            told = told if mark == ";" else 0
        if told >= _LONGEST_SENTENCE:
            told, segment, sentence = 0, segment + 1, sentence + 1
        depth = max(0, depth + (token.kind == "open") - (token.kind == "close"))
    if held:
        yield Phrase(held, before, "\n", depth, sentence, segment)


def _goes_on(tokens: list[Token], i: int, held: list[Token]) -> bool:
    """Whether the mark is a blank inside a phrase or the colon of a ratio, and so parts nothing."""
    if tokens[i].text == " ":
        return not _complete(held, tokens[i + 1] if i + 1 < len(tokens) else None)
    return tokens[i].text == ":" and _is_ratio(tokens, i)


def _complete(tokens: list[Token], following: Token | None) -> bool:
    """A blank ends a phrase that already has its figure or cue, unless a stroke or bare figure of a row follows."""
    if not tokens:
        return True
    done = any(t.kind in ("num", "slash", "vec") or t.cue("zero", "every") for t in tokens)
    if not done:
        return False
    return not (
        following is not None and following.kind in ("num", "slash") and tokens[-1].kind in ("num", "slash")
    )


def _is_ratio(tokens: list[Token], i: int) -> bool:
    return (
        0 < i < len(tokens) - 1
        and tokens[i - 1].kind == "num"
        and tokens[i + 1].kind == "num"
        and not tokens[i + 1].unit
    )


def bind(phrase: Phrase) -> list[Binding]:
    """Pair every figure of a phrase with its words.

    A phrase that starts with a word reads 词 数 词 数; one that starts with a figure reads 数 词 数 词. Words behind the
    last figure complete it in both cases.
    """
    items = [t for t in phrase.tokens if t.kind in ("num", "year", "word")]
    numbers = [i for i, t in enumerate(items) if t.kind == "num"]
    if not numbers:
        return []
    bindings: list[Binding] = []
    prefix = any(is_feature(t) for t in items[: numbers[0]])
    for n, at in enumerate(numbers):
        start = numbers[n - 1] + 1 if n else 0
        end = numbers[n + 1] if n + 1 < len(numbers) else len(items)
        before = items[start:at]
        after = items[at + 1 : end]
        if n and not prefix:
            before = []
        if prefix and n + 1 < len(numbers):
            after = []
        every = next((i for i, t in enumerate(after) if t.cue("every")), len(after))
        after = after[:every]
        bindings.append(Binding(items[at], _near(before, items[at]), _behind(after)))
    return bindings


def _near(words: list[Token], number: Token) -> list[Token]:
    """Words before a figure, cut where too much unread text lies between."""
    kept: list[Token] = []
    following = number
    for word in reversed(words):
        if _far(following.gap, 6):
            break
        kept.insert(0, word)
        following = word
    return kept


def _behind(words: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for word in words:
        if _far(word.gap, 8):
            break
        kept.append(word)
    return kept


def _far(gap: str, limit: int) -> bool:
    return len(gap) > limit and len(_FILLER.sub("", gap)) > limit
