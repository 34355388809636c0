"""Deals figures out to the words of a list: 自然人、企业、律所分别为33件、6件、2件 reads 自然人33件、企业6件、律所2件."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.extraction.phrases import Phrase

__all__ = ["dealt_out", "past_and_present", "with_objects"]

_KINDS = ("col", "t4col", "t2col", "row", "t2row", "t4block")
"""what a list may be of; the first kind of which there are several words"""
_JOINTS = ("、", "和", "及", "与", "+")


def dealt_out(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases, lists with 分别为 replaced by one phrase for each word with its figure."""
    out: list[Phrase] = []
    index = 0
    while index < len(phrases):
        dealt, used = _dealt(out, phrases, index)
        if dealt:
            del out[len(out) - used[0] :]
            out += dealt
            index += used[1]
        else:
            out.append(phrases[index])
            index += 1
    return out


def with_objects(phrases: list[Phrase]) -> list[Phrase]:
    """办出12件|许可 in one phrase: what was dealt with stands directly behind the figure."""
    out: list[Phrase] = []
    for phrase in phrases:
        before = out[-1] if out else None
        if before is not None and phrase.before == "+" and _is_object(before, phrase):
            out[-1] = replace(before, tokens=[*before.tokens, *phrase.tokens], after=phrase.after)
        else:
            out.append(phrase)
    return out


def _is_object(before: Phrase, phrase: Phrase) -> bool:
    """A verb of dealing and a count, then a row of table 2 without a figure of its own."""
    number, words = before.tokens[-1], [t for t in before.tokens if t.kind == "word"]
    named = phrase.tokens[0]
    return (
        number.kind == "num"
        and number.unit_kind == "count"
        and bool(words)
        and all(w.has("row", "result_total") for w in words)
        and len(phrase.tokens) == 1
        and named.start == number.end
        and named.has("t2row")
    )


_YEARS = r"20\d\d|去年|上年|今年|本年"
_ARROWS = re.compile(
    rf"箭头?的?[前左][^，。；\n]{{0,6}}?(?P<left>{_YEARS})[^\n]{{0,8}}?[后右][^，。；\n]{{0,6}}?(?:{_YEARS})"
)


def past_and_present(phrases: list[Phrase], source: str, year: int | None) -> list[Phrase]:
    """申请 41→53: the figure behind the arrow has the words of the one before it, and one of them is last year's.

    Only where the message says which side is which (箭头前是2024，后是2025); otherwise the two figures are asked about.
    """
    legend = _ARROWS.search(source)
    if legend is None:
        return phrases
    ours_first = legend["left"] in ("今年", "本年", str(year))
    out: list[Phrase] = []
    for phrase in phrases:
        before = out[-1] if out else None
        if before is None or phrase.before != "→" or not _is_arrow(before, phrase):
            out.append(phrase)
            continue
        words = [t for t in before.tokens if t.kind == "word"]
        old, new = before.tokens[-1], phrase.tokens[0]
        old, new = replace(old, past=not ours_first), replace(new, past=ours_first)
        out[-1] = replace(before, tokens=[*before.tokens[:-1], old])
        out.append(replace(phrase, tokens=[*words, new, *phrase.tokens[1:]]))
    return out


def _is_arrow(before: Phrase, phrase: Phrase) -> bool:
    figures = before.tokens[-1].kind == "num" and phrase.tokens[0].kind == "num"
    return figures and len(before.tokens) > 1 and before.tokens[-1].unit_kind in ("", "count", "money")


def _dealt(before: list[Phrase], phrases: list[Phrase], index: int) -> tuple[list[Phrase], tuple[int, int]]:
    """The phrases a list makes, and how many before and from ``index`` on they take the place of."""
    phrase = phrases[index]
    at = next(
        (i for i, t in enumerate(phrase.tokens) if t.cue("of_which") and t.text.startswith("分别")), None
    )
    if at is None or at + 2 != len(phrase.tokens) or phrase.tokens[-1].kind != "num":
        return [], (0, 0)
    figures = [phrase.tokens[-1]]
    behind = index + 1
    while behind < len(phrases) and phrases[behind].before in _JOINTS and _is_figure(phrases[behind]):
        figures += phrases[behind].tokens
        behind += 1
    listed = [*phrase.tokens[:at]]
    earlier = 0
    while earlier < len(before) and before[-1 - earlier].after == "、" and not before[-1 - earlier].numbers:
        earlier += 1
        listed = [*before[-earlier].tokens, *listed]
    kind = next((k for k in _KINDS if sum(t.has(k) for t in listed) == len(figures)), "")
    if len(figures) < 2 or not kind:
        return [], (0, 0)
    words = [t for t in listed if t.has(kind)]
    lead = [t for t in listed if t.kind == "word" and not t.has(kind) and t.start < words[0].start]
    first, last = before[-earlier] if earlier else phrase, phrases[behind - 1]
    made = [
        Phrase(
            [*(lead if n == 0 else []), word, figure],
            first.before if n == 0 else "、",
            last.after if n == len(words) - 1 else "、",
            phrase.depth,
            phrase.sentence,
            phrase.segment,
        )
        for n, (word, figure) in enumerate(zip(words, figures, strict=True))
    ]
    return made, (earlier, behind - index)


def _is_figure(phrase: Phrase) -> bool:
    return all(t.kind == "num" for t in phrase.tokens)
