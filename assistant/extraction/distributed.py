"""Deals figures out to the words of a list: 自然人、企业、律所分别为33件、6件、2件 reads 自然人33件、企业6件、律所2件."""

from __future__ import annotations

from assistant.extraction.phrases import Phrase

__all__ = ["dealt_out"]

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
