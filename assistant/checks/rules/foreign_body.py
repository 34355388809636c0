"""FOREIGN_BODY: no other unit's name is left over from a copied text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.claims.passages import Passage
from assistant.checks.context import CheckInput
from assistant.checks.lazy import HAN, regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.together.areas import named
from assistant.report import Level
from assistant.report.findings import Severity

_FIELDS = (
    "教育", "民政", "水利", "水务", "农业农村", "林业", "交通运输", "交通", "住房和城乡建设", "住建", "自然资源", "规划", "生态环境",
    "环保", "卫生健康", "卫健", "医疗保障", "医保", "市场监管", "市场监督管理", "应急管理", "人力资源和社会保障", "人社", "财政", "审计",
    "统计", "司法", "公安", "文化和旅游", "文旅", "退役军人事务", "商务", "科技", "工业和信息化", "气象", "税务", "城市管理", "城管",
    "乡村振兴", "信访", "体育", "粮食", "供销",
)  # fmt: skip
_ALTERNATIVES = "|".join(sorted(_FIELDS, key=len, reverse=True))
_DEPARTMENT = regex(rf"({_ALTERNATIVES})(?:局|(?:服务|业务|办事)?窗口)")
_ACTS = regex(r"严格|认真|高度|坚持|切实|积极|不断|充分|党组|将|依法|始终|全面")
_TOWN = regex(r"[镇乡](?=人民政府|党委|政府|政务公开|便民服务|坚持|严格|认真|高度|切实)")
_CLAUSE_END = frozenset("。，；：\n")
_AREA = regex(rf"{HAN}{{1,4}}[县区市]$")
_NAME = regex(rf"{HAN}{{2,3}}$")
_LINK_WORD = regex(r"^.*[由在向与和对及为受经按的是报转送请函致交给]")
"""Words before a name that are no part of it."""
_NO_AREA = regex(r"年|度|月|日|全|各|本|我|该|上级|有关|相关")
_SIBLING_ACTS = regex(
    rf"(?<={HAN})(?:党组|党委|人民政府|办事处)?(?:{_ACTS.pattern}|收到|公开|设置|制定)",
    needs=f"{_ACTS.pattern}|收到|公开|设置|制定",
)
_GUIDING = regex(r"办公室|政务|数据|审批|司法局|机要|保密|网信")
"""offices that guide the disclosure of all units"""
_OWN_AREA = regex(
    r"[省市县区旗州]|[我本全该][省市县区旗州]?|[一二三四五六七八九]是|（[一二三四五六七八九十]）|(?:20\d\d年)"
)
_CLAUSE_MARK = regex(r"[。，；：、\n]")
_NOT_A_NAME = regex(r"全|各|本|我|该|所辖|辖区|有关|城|其他|部分|每|个|县|市|区|乡|镇|街道|驻|年|度")


@rule("FOREIGN_BODY", "没有其他单位的名称", Severity.WARNING, "language")
def foreign_body(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：正文中出现其他单位的名称、窗口，多半是套用别人的文稿时没有改干净。
    不合格：某县教育局的报告写“在政务服务中心水利窗口设置查阅点”。
    合格：某县教育局的报告写“在政务服务中心教育窗口设置查阅点”。
    修改：改为本单位的名称；确实需要提到其他单位的，写明是什么关系。
    """
    name = ctx.report.org.name
    if not name:
        return
    level = ctx.report.org.level
    for passage in ctx.sections:
        text = passage.compact
        hits = list(_patterned(passage, name, level))
        taken = [hit.spans[0] for hit in hits]
        for start, end in _siblings_in(ctx, text):
            span = passage.span(start, end)
            if not any(one.start < span.end and span.start < one.end for one in taken):
                hits.append(_hit(passage, start, end, name))
        yield from hits


def _patterned(passage: Passage, name: str, level: Level | None) -> Iterator[Hit]:
    """Names of departments and towns that are known by their form, whoever is checked beside."""
    text = passage.compact
    if level is Level.DEPARTMENT and ("局" in text or "窗口" in text):
        for match in _DEPARTMENT.finditer(text):
            start = _foreign_department(text, match, name)
            if start is not None:
                yield _hit(passage, start, match.end(), name)
    elif level is Level.TOWN and ("镇" in text or "乡" in text):
        for match in _TOWN.finditer(text):
            found = _NAME.search(_LINK_WORD.sub("", text[max(0, match.start() - 3) : match.start()]))
            if found and found.group() not in name and not _NOT_A_NAME.search(found.group()):
                yield _hit(passage, match.start() - len(found.group()), match.end(), name)


def _siblings_in(ctx: CheckInput, text: str) -> Iterator[tuple[int, int]]:
    """Where a sibling unit acts in this report as if it were its own: at the beginning of a clause, with what it does.

    Partners that are only mentioned (会同财政局核查) and the offices that guide all others are no leftovers.
    """
    peers = ctx.beside.peers
    if peers is None or not peers.family.names:
        return
    own, names = ctx.report.org.name, peers.family.names
    for match in _SIBLING_ACTS.finditer(text):
        end = match.start()
        for length in peers.family.lengths:
            word = text[end - length : end] if end >= length else ""
            if word in names and word not in own and not _GUIDING.search(word):
                lead = _CLAUSE_MARK.split(text[max(0, end - length - 12) : end - length])[-1]
                if not lead or lead in own or _OWN_AREA.fullmatch(lead):
                    yield end - length - len(lead), end
                break


def _foreign_department(text: str, match: re.Match[str], name: str) -> int | None:
    """Where the name of another department begins; None when it is the unit's own, or a partner that is only mentioned."""
    own = _own_field(match[1], name)
    if match.group().endswith("窗口"):
        return None if own else match.start()
    before = text[max(0, match.start() - 6) : match.start()]
    if own:
        # the same department, but of another county
        area = _AREA.search(_LINK_WORD.sub("", before))
        if area and match[1] in name and area.group() not in name and len(area.group()) > 2:
            # a county's bureau names the one of its city as its superior
            superior = area.group()[-1] == "市" and re.search("[县区旗]", name) is not None
            # 登录青山县水利局网站: a verb before the unit's own name
            itself = area.group().endswith(named(name).areas[-1:] or ("\n",))
            if superior or itself or _NO_AREA.search(area.group()):
                return None
            return match.start() - len(area.group())
        return None
    begins = not before or before[-1] in _CLAUSE_END
    return match.start() if begins and _ACTS.match(text, match.end()) else None


def _own_field(field: str, name: str) -> bool:
    """Whether a field of work belongs to the unit, whole (教育) or shortened (住建 for 住房和城乡建设)."""
    return field in name or (len(field) == 2 and re.search(".*".join(field), name) is not None)


def _hit(passage: Passage, start: int, end: int, name: str) -> Hit:
    words = passage.compact[start:end]
    return Hit(
        passage.key,
        f"“{words}”不是本单位（{name}）的名称，疑为套用其他单位的文稿",
        expected=name,
        got=words,
        spans=(passage.span(start, end),),
    )
