"""Reads what a person asks to change, in words: 把自然人改成4, 第三方那一件挪到部分公开, 刚才那句不算, 其余都是0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.extraction.activities import aspect_of
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.patch_confirm import read_confirmation
from assistant.extraction.patch_open import set_aside
from assistant.extraction.patch_places import Ambiguous, Places
from assistant.extraction.patch_placing import read_placing
from assistant.extraction.patch_setting import in_unit_of, setting
from assistant.extraction.patches import Patch, Verb
from assistant.forms import CellKey
from assistant.numerals import fold, plain
from assistant.report.draft import Draft
from assistant.report.facts import ASPECTS, Aspect, Evidence, Fact, FactKind, FactStatus
from assistant.report.findings import Question

__all__ = ["Understood", "read_patches"]

LONGEST = 160
"""characters; a longer message brings facts and is left to the reader"""

_FILLER = r"(?:请|麻烦|帮我|帮忙|劳驾|那就|就|再|还有|另外|然后|哦|对了|嗯|好|好的|不对|错了|说错了|更正一下|更正|改一下)"
_LEAD = re.compile(rf"^(?:{_FILLER}[\s:：]*)*")
_TAIL = r"(?:吧|了|哈|啊|一下|谢谢)*\s*$"
_NUMBER = r"(?P<value>[\d０-９,，.．零〇一二三四五六七八九十百千万两]+)\s*(?P<unit>万元|元|块钱?|件|份|个|次|条|宗|起)?"
_SET = re.compile(
    r"^(?:把|将)?(?P<what>.{1,40}?)(?:的)?(?:数量|数字|件数|数|那一?格|一栏|一格|这一?项)?(?:都|全)?"
    rf"(?:从.{{1,8}}?)?(?:改成|改为|改到|改回|更正为|更改为|调整为|调成|调为|换成|变成|应该是|应当是|应为|设为|填成|填为|写成){_NUMBER}{_TAIL}"
)
_FROM = re.compile(
    rf"^(?:把|将)?(?P<what>[^\d]{{0,20}}?)(?:从|由)?(?P<old>\d[\d,.]*)\s*(?:万元|元|件|份|个|次|条|宗|起)?\s*(?:改成|改为|改|换成){_NUMBER}{_TAIL}"
)
"""许可12改120, 把3改成4: told by what it was"""
_BARE = re.compile(rf"^(?:应该是|应当是|应为|改成|改为){_NUMBER}{_TAIL}")
"""应该是6件: of the last thing spoken of, where that is one"""
_COUNT = r"(?P<value>[\d零〇一二三四五六七八九十百千万两]+)\s*(?:件|份|个|条|宗|起)"
_MORE = re.compile(
    rf"^(?:再|还要?)?(?:加上?|补上?|添上?)\s*{_COUNT}(?:的)?(?P<what>.{{1,20}}?){_TAIL}"
    rf"|^(?P<what2>.{{1,20}}?)(?:再|还要?|又)?(?:加上?|补上?|添上?|少算了?|漏算了?|漏了|漏报了?|少报了?|少写了?)\s*{_COUNT.replace('value', 'value2')}{_TAIL}"
)
_LESS = re.compile(
    rf"^(?:减去?|去掉|扣掉)\s*{_COUNT}(?:的)?(?P<what>.{{1,20}}?){_TAIL}"
    rf"|^(?P<what2>.{{1,20}}?)(?:再|要)?(?:减去?|减掉|扣掉|扣除|去掉|多算了?|多报了?|多写了?|重复算了?)\s*{_COUNT.replace('value', 'value2')}{_TAIL}"
)
"""加一件信访的, 部分公开减一件, 予以公开多算了一件: a change by so many"""
_CLEAR = re.compile(
    rf"^(?:把|将)?(?P<what>.{{1,40}}?)(?:那一?格|这一?格|一格|一栏)?(?:清空|改成空白|改为空白|先空着|留空){_TAIL}"
)
_MOVE = re.compile(
    r"^(?:把|将)?(?P<what>.{1,40}?)(?:都|全部|全)?"
    r"(?:挪到|挪进|挪去|移到|移至|移进|转到|转入|划到|划入|归到|归入|归为|调到|调入|算到|算作|算进|算成|算在|计入|计到|放到|放进|并到|并入|改到|改成|改为)"
    rf"(?P<to>.{{2,30}}?)(?:里面|里头|里边|里|中|去|上|下面|那边|名下)*(?:去)?{_TAIL}"
)
_LAST = re.compile(
    rf"^(?:刚才|刚刚|刚|上面|前面|上|前|最后|最近)(?:说的|发的|写的|那|这|的|一)*(?:句话|句|条|段话|段|个|次|消息|话)?(?:都|先|就)?(?:不算数|不算|作废|撤回|收回|不要了|不要|取消|删掉|删除|忽略|当没说){_TAIL}"
    rf"|^(?:撤回|收回|取消|作废|删掉)(?:刚才|刚刚|上面|前面|上|前|最后)(?:说的|发的|那|这|的|一)*(?:句话|句|条|段话|段|个|次|消息|话)?{_TAIL}"
)
_NAMED = re.compile(
    rf"^(?:把|将)?(?P<what>.{{1,30}}?)(?:的)?(?:那|这)?(?:一)?(?:句话|句|条|项|段|个|件事|部分|点)(?:话)?(?:先|就|都)?(?:不算数|不算|作废|撤回|收回|不要了|不要|取消|删掉|删除|删了|去掉|忽略){_TAIL}"
    rf"|^(?:删掉|删除|去掉|撤回|取消|不要)(?P<what2>.{{1,30}}?)(?:的)?(?:那|这)?(?:一)?(?:句话|句|条|项|段|个|件事|部分|点){_TAIL}"
)
_REST_ZERO = re.compile(
    rf"^(?:其余|其他|其它|剩下|余下|没(?:有)?(?:填|说|提|写)(?:到)?|未(?:填|提及|提到))(?:的|各项|各格|格子|单元格|几项|项目|部分|数据|空格)*(?:都|全|均|全部|一律|就)*(?:是|为|填|按|写|算)?(?:0|零|０|没有)(?:填|算|计|处理)?{_TAIL}"
)
_ADD = re.compile(
    r"^(?:(?:在|给)?(?P<where>.{2,12}?)(?:里面|里|中|部分|方面|这块)?)?(?:再|还要|另外|另|还)?(?:加上|加|补充|补|添上|添|增加)(?:上)?(?:一|两)?(?:条|句|项|点|段)(?P<gap>\s*[:：，,]\s*)(?P<text>.{4,})$",
    re.S,
)
_ASPECT_WORDS = {name: aspect for aspect, name in ASPECTS.items()} | {
    "信息管理": Aspect.MANAGEMENT, "平台建设": Aspect.PLATFORM, "平台": Aspect.PLATFORM, "监督": Aspect.OVERSIGHT, "保障": Aspect.OVERSIGHT,
    "存在的问题": Aspect.PROBLEM, "主要问题": Aspect.PROBLEM, "问题": Aspect.PROBLEM, "改进": Aspect.IMPROVEMENT, "改进措施": Aspect.IMPROVEMENT,
    "措施": Aspect.IMPROVEMENT, "其他事项": Aspect.OTHER,
}  # fmt: skip


@dataclass
class Understood:
    """What of a message asks for changes: the patches, the parts of the message they used, and what must be asked."""

    patches: list[Patch] = field(default_factory=list)
    used: list[tuple[int, int]] = field(default_factory=list)
    question: Question | None = None


def read_patches(
    text: str, source: str, draft: Draft, lexicon: Lexicon | None = None, asked: Question | None = None
) -> Understood:
    """The changes a message asks for, given the draft it is about; ``asked`` is the question it may answer.

    Words that name no figure of the draft are left to the reader; words that fit several are asked back with one choice
    for each. The offsets of the patches' evidence point into ``text``, named ``source``.
    """
    found = Understood()
    if len(text) > LONGEST or not draft.sources:
        return found
    places = Places(draft, lexicon)
    placing = read_placing(text, source, places, asked)
    if placing is not None:
        return Understood(*placing)
    answer = read_confirmation(text, source, places, asked)
    if answer is not None:
        return Understood(list(answer.patches), list(answer.used), answer.question)
    reader = _WordReader(text, source, draft, places)
    for start, end in _spans(text, "。；;！!\n"):
        patch = reader.activity(start, end)
        if patch is not None:
            found.patches.append(patch)
            found.used.append((start, end))
            continue
        for a, b in _spans(text, "，,。；;！!\n", start, end):
            try:
                patch = reader.clause(a, b)
            except Ambiguous as open_question:
                found.question = open_question.question
                found.used.append((a, b))
                continue
            if patch is not None:
                found.patches.append(patch)
                found.used.append((a, b))
    return found


def _spans(text: str, stops: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    end = len(text) if end is None else end
    for match in re.finditer(f"[^{re.escape(stops)}]+", text[start:end]):
        if match.group().strip():
            yield start + match.start(), start + match.end()


@dataclass
class _WordReader:
    text: str
    source: str
    draft: Draft
    places: Places

    def activity(self, start: int, end: int) -> Patch | None:
        """再加一条：… with the aspect named, or told by its words."""
        words = self.text[start:end]
        match = _ADD.match(fold(words.strip()))
        if match is None:
            return None
        named = (match["where"] or "").strip("在给的把 ")
        if named and named not in _ASPECT_WORDS and aspect_of(named) is None:
            return None
        body = words.strip()[match.start("text") :].strip()
        aspect = (
            _ASPECT_WORDS.get(named)
            or (aspect_of(named) if named else None)
            or aspect_of(body)
            or Aspect.OTHER
        )
        at = start + words.index(body)
        return Patch(
            verb=Verb.ADD_ACTIVITY, aspect=aspect, text=body, evidence=self._evidence(at, at + len(body)),
            note=f"已在“{ASPECTS[aspect]}”中补充一条",
        )  # fmt: skip

    def clause(self, start: int, end: int) -> Patch | None:
        """The patch of one clause; Ambiguous when several figures fit its words."""
        words = fold(self.text[start:end])
        lead = _LEAD.match(words.lstrip())
        shift = len(words) - len(words.lstrip()) + (lead.end() if lead else 0)
        words, evidence = words[shift:].strip(), self._evidence(start + shift, end)
        if not words:
            return None
        return (
            set_aside(words, evidence, self.draft)
            or self._rest(words, evidence)
            or self._last(words, evidence)
            or self._set(words, evidence)
            or self._by_so_many(words, evidence)
            or self._move(words, evidence)
            or self._named(words, evidence)
        )

    def _evidence(self, start: int, end: int) -> Evidence:
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        return Evidence(source=self.source, start=start, end=start + len(quote), quote=quote)

    # ------------------------------------------------------------ zeros, withdrawals
    @staticmethod
    def _rest(words: str, evidence: Evidence) -> Patch | None:
        if _REST_ZERO.match(words) is None:
            return None
        return Patch(
            verb=Verb.CONFIRM_ZERO, scope="rest.rest", evidence=evidence, note="已确认其余未提到的单元格为 0"
        )

    def _last(self, words: str, evidence: Evidence) -> Patch | None:
        if _LAST.match(words) is None:
            return None
        spoken = {
            e.source for f in self.draft.facts if f.status is not FactStatus.WITHDRAWN for e in f.evidence
        }
        last = next(
            (name for name in reversed(self.draft.sources) if name in spoken and name != self.source), None
        )
        if last is None:
            return None
        return Patch(
            verb=Verb.WITHDRAW,
            sources=(last,),
            evidence=evidence,
            note=f"已撤回“{_short(self.draft.sources[last])}”",
        )

    def _named(self, words: str, evidence: Evidence) -> Patch | None:
        match = _NAMED.match(words)
        if match is None:
            return None
        what = (match["what"] or match["what2"] or "").strip()
        live = [f for f in self.draft.facts if f.status not in (FactStatus.WITHDRAWN, FactStatus.SUPERSEDED)]
        if quoted := _quoted(what, live):
            note = f"已撤回{what}"
            return Patch(verb=Verb.WITHDRAW, spans=quoted, evidence=evidence, note=note)
        what = what.strip('“”"')
        activities = [f for f in live if f.kind is FactKind.ACTIVITY and what in f.text]
        if activities and not self.places.of(what):
            chosen = self._one_activity(activities, what)
            note = f"已删去“{_short(chosen.text)}”"
            return Patch(verb=Verb.DROP_ACTIVITY, spans=chosen.evidence, evidence=evidence, note=note)
        rows = {str(CellKey(p.table, p.row, "")) for p in self.places.of(what)}
        facts = [f for f in live if any(f.where.startswith(row) for row in rows)]
        spans = tuple(dict.fromkeys(e for f in facts for e in f.evidence))
        if not spans:
            raise Ambiguous(
                Question(
                    code="AMBIGUOUS_MAP",
                    text=f"没有找到关于“{what}”的说法；可以在“来源”里查看已读入的全部内容",
                )
            )
        return Patch(
            verb=Verb.WITHDRAW, spans=spans, evidence=evidence, note=f"已撤回{len(facts)}处关于“{what}”的说法"
        )

    @staticmethod
    def _one_activity(found: list[Fact], what: str) -> Fact:
        if len(found) > 1:
            choices = tuple(f"删掉{f.text[:24]}那条" for f in found if len(f.text) >= 4)
            raise Ambiguous(
                Question(
                    code="AMBIGUOUS_MAP",
                    text=f"提到“{what}”的有 {len(found)} 条，删去哪一条？",
                    choices=choices,
                )
            )
        return found[0]

    # ------------------------------------------------------------ figures
    def _set(self, words: str, evidence: Evidence) -> Patch | None:
        match = _FROM.match(words) or _SET.match(words) or _BARE.match(words)
        if match is None:
            clear = _CLEAR.match(words)
            place = self.places.one(clear["what"], "清空") if clear else None
            return setting(self.places, place, None, evidence) if place else None
        value = self.places.number(match["value"])
        if value is None:
            return None
        named = match.groupdict()
        then = f"改成{value}{named['unit'] or ''}"
        if "what" not in named:
            place = self.places.last_spoken(self.source, words)
        elif named.get("old") and not named["what"].strip():
            place = self.places.holding(self.places.number(named["old"]), words, then)
        else:
            place = self.places.one(named["what"], then)
        if place is None:
            return None
        value = in_unit_of(self.places, place, value, match["value"], match["unit"] or "")
        return setting(self.places, place, value, evidence)

    def _by_so_many(self, words: str, evidence: Evidence) -> Patch | None:
        for pattern, sign in ((_MORE, 1), (_LESS, -1)):
            match = pattern.match(words)
            by = self.places.number(match["value"] or match["value2"]) if match else None
            if match is None or not by:
                continue
            place = self.places.one(match["what"] or match["what2"], f"{'加' if sign > 0 else '减'}{by}件")
            old = self.places.value(place) if place is not None else None
            if place is None or old is None or self.places.unit(place) or old + sign * by < 0:
                continue
            return setting(self.places, place, plain(Decimal(old + sign * by)), evidence)
        return None

    def _move(self, words: str, evidence: Evidence) -> Patch | None:
        match = _MOVE.match(words)
        if match is None:
            return None
        moved = self.places.move(match["what"], match["to"])
        if moved is None:
            return None
        sets, note = moved
        return Patch(verb=Verb.MOVE, sets=sets, evidence=evidence, note=note)


def _quoted(what: str, live: list[Fact]) -> tuple[Evidence, ...]:
    """Where the words in quotation marks were said, when something was read from exactly these words."""
    words = what[1:-1] if what[:1] == "“" and what[-1:] == "”" else ""
    places = (e for f in live for e in f.evidence if words and fold(e.quote.strip()) == words)
    return tuple(dict.fromkeys(places))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 24 else f"{line[:23]}…"
