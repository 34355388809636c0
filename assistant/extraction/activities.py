"""Sorts what is not a statutory figure into the five aspects of section one and into sections five and six."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from assistant.extraction.statements import Places, Span
from assistant.report.facts import Aspect, Evidence, Fact, FactKind

__all__ = ["aspect_of", "read_activities"]

_HEADING = re.compile(
    r"^[\s\d.、（(）)一二三四五六七八九十①-⑳*·-]*(?P<name>主动公开|依申请公开|政府信息管理|信息管理|(?:政府信息公开)?平台建设|平台|监督保障|监督|保障|存在的?(?:主要)?问题|问题|不足|改进(?:情况|措施)?|整改措施|措施|下一步(?:打算|工作)?|其他(?:需要报告的)?事项)"
    r"(?:方面|情况|工作|部分)?\s*(?:[:：]\s*|$)"
)
_TITLE = re.compile(
    r"【[^】\n]*】|[^，,。；;：:\n]{0,40}(?:总结|报告|年报|台账|统计表|汇总表|一览表|登记表|情况表|数据表|材料)(?:[（(][^）)\n]*[）)])?"
)
"""a line of its own that names the material: no work of the year"""
_GOES_ON = re.compile(r"\s*[二三四五六七八九]是")
"""二是……: of what 下一步，一是…… began"""
_HEADINGS = {
    "主动公开": Aspect.DISCLOSURE,
    "依申请公开": Aspect.REQUESTS,
    "政府信息管理": Aspect.MANAGEMENT,
    "信息管理": Aspect.MANAGEMENT,
    "政府信息公开平台建设": Aspect.PLATFORM,
    "平台建设": Aspect.PLATFORM,
    "平台": Aspect.PLATFORM,
    "监督保障": Aspect.OVERSIGHT,
    "监督": Aspect.OVERSIGHT,
    "保障": Aspect.OVERSIGHT,
}
_NOISE = re.compile(
    r"^(喂|嗯|好的|你好|您好|大家好|收到|谢谢|辛苦|麻烦|帮我|请|你看|小陈|发你|给你|我们|就这些|没别的|行不行|对不对|以上|如下)"
)

_TALK = re.compile(
    r"^[小老][\u4e00-\u9fff]$|我(?:来|再|先)?(?:报|说|念|讲|发)(?:给你|一下|一遍)|(?:报|说|念|发)(?:给你)?一下[哈啊吧哦]?$|[哈哦啦嘛]$"
    r"|^[一二两三四五六七八九十\d]+[个件份人位](?:人)?(?:是)?(?:要|想要|想|问|打听)"
    r"|^\S{2,8}[省市县区州旗乡镇]\S{1,14}(?:局|馆|政府|委员会|办公室|办事处)$"
)
"""talk between colleagues, what applicants asked for, and a bare name: no work of the year"""

_DRAFTED = re.compile(r"(?:拟|想|打算|准备|原来|先)写(?:成|为|的是)?[“\"「]")
"""正文拟写“……”: a draft of the text is quoted, whose words are no work of the year"""

_BORDER = re.compile(r"[，,]|(?<=[^\s:：])[ 　]+(?=\S)")
"""commas, and the spaces with which many separate what they type"""
_ZEROS = re.compile(r"(?:零?[^\d，,、零]{1,8}[0０零](?:件|条|次|份)?+[，,、）)]*+)++")
"""平台0，转办0: counts of nothing tell of no work"""
_USUAL, _SHORT = 5, 3
"""characters below which words are no activity: in running text, and under a heading (监督保障：培训2次)"""
_JUDGED = re.compile("社会评议|(?:年度|工作|绩效)考核|考核(?:结果|为|等次)|责任追究|追究责任|追责")
"""what the form asks for under 监督保障: 工作考核、社会评议和责任追究结果情况"""


@cache
def _words() -> list[tuple[str, Aspect]]:
    raw = tomllib.loads((files("assistant.extraction") / "aspects.toml").read_text(encoding="utf-8"))
    return [(word, Aspect(key)) for key, body in raw.items() for word in body["words"]]


def aspect_of(text: str) -> Aspect | None:
    """The aspect most words of a sentence speak for; problems and plans come first; None when no word is known."""
    scores: dict[Aspect, int] = {}
    for word, aspect in _words():
        if word in text:
            scores[aspect] = scores.get(aspect, 0) + len(word)
    for special in (Aspect.PROBLEM, Aspect.IMPROVEMENT):
        if scores.get(special, 0) >= 2 and re.match(
            r"\s*(问题|不足|存在|短板|下一步|改进|今后|措施|打算)", text
        ):
            return special
    ordered = sorted(
        (a for a in scores if a not in (Aspect.PROBLEM, Aspect.IMPROVEMENT)),
        key=lambda a: (-scores[a], list(Aspect).index(a)),
    )
    return ordered[0] if ordered else None


def read_activities(text: str, used: list[Span], source: str) -> tuple[Fact, ...]:
    """Sentences, or the parts of them, that no figure of a table was taken from."""
    facts: list[Fact] = []
    current: Aspect | None = None
    rests = Places(used)
    for start, end in _sentences(text):
        if _DRAFTED.search(text, start, end) or _is_title(text, start, end):
            continue
        heading = _HEADING.match(text[start:end])
        if heading is not None:
            current = _HEADINGS.get(heading["name"]) or _special(heading["name"])
            start += heading.end()
        elif text[start - 1 : start] == "\n" and not text[start:end].startswith((" ", "\t", "　", "-", "·")):
            current = (
                current
                if current in (Aspect.PROBLEM, Aspect.IMPROVEMENT)
                and start
                and text[start - 2 : start - 1] not in "\n"
                else None
            )
        last = Aspect(facts[-1].where) if facts else None
        begun = last if _GOES_ON.match(text, start) and last in (Aspect.PROBLEM, Aspect.IMPROVEMENT) else None
        for a, b, aspect in _by_aspect(text, _unused(text, start, end, rests), current or begun):
            words = text[a:b].strip(" \t\r\n，、。；;,：:")
            a += len(text[a:b]) - len(text[a:b].lstrip(" \t\r\n，、。；;,：:"))
            if aspect is None or not _worth(words, _SHORT if current else _USUAL):
                continue
            evidence = Evidence(source=source, start=a, end=a + len(words), quote=words)
            facts.append(
                Fact(
                    id=f"a{len(facts) + 1}",
                    kind=FactKind.ACTIVITY,
                    where=str(aspect),
                    text=words,
                    evidence=(evidence,),
                )
            )
    return tuple(facts)


def _is_title(text: str, start: int, end: int) -> bool:
    alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
    return alone and _TITLE.fullmatch(text[start:end].strip()) is not None


def _by_aspect(
    text: str, parts: list[tuple[int, int]], current: Aspect | None
) -> Iterator[tuple[int, int, Aspect | None]]:
    """The parts with the aspect each belongs to. What is said of 考核、评议、责任追究 stands under 监督保障, whatever heading
    it was said below; what the clerk calls a problem, a measure or another matter stays that."""
    for start, end in parts:
        aspect = current or aspect_of(text[start:end])
        named = _JUDGED.search(text, start, end)
        if named is None or aspect in (
            None,
            Aspect.OVERSIGHT,
            Aspect.PROBLEM,
            Aspect.IMPROVEMENT,
            Aspect.OTHER,
        ):
            yield start, end, aspect
            continue
        border = max(text.rfind(mark, start, named.start()) for mark in "，,")
        if border > start:
            yield start, border, current or aspect_of(text[start:border])
        yield max(border, start), end, Aspect.OVERSIGHT


def _special(name: str) -> Aspect:
    if "问题" in name or "不足" in name:
        return Aspect.PROBLEM
    return Aspect.OTHER if name.startswith("其他") else Aspect.IMPROVEMENT


def _sentences(text: str) -> list[tuple[int, int]]:
    out, start = [], 0
    for match in re.finditer(r"[。！？!?\n；;]", text):
        out.append((start, match.start()))
        start = match.end()
    out.append((start, len(text)))
    return [(a, b) for a, b in out if text[a:b].strip()]


def _unused(text: str, start: int, end: int, used: Places) -> list[tuple[int, int]]:
    """Parts of a sentence between commas or spaces that no statement rests on; neighbours are kept together."""
    parts: list[tuple[int, int]] = []
    joined = False
    at = start
    for match in [*_BORDER.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if used.touched_by(at, stop) or _TALK.search(text[at:stop].strip()):
            joined = False
        elif joined:
            parts[-1] = (parts[-1][0], stop)
        else:
            parts.append((at, stop))
            joined = True
        at = match.end() if match else end
    return parts


def _worth(words: str, least: int) -> bool:
    return (
        len(words) >= least
        and not _NOISE.match(words)
        and (not _ZEROS.fullmatch(words) or _JUDGED.search(words) is not None)
        and not re.search(r"[？?]$|吗$|呢$|不对$|我[记翻看]|你[看记帮]", words)
    )
