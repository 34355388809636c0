"""Tells the sentences a unit has written itself from those that every report has, for the comparison of sibling units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from assistant.checks.claims.passages import Passage
from assistant.checks.claims.sentences import cores_of
from assistant.checks.lazy import regex
from assistant.checks.together.areas import named

__all__ = ["OwnSentence", "own_sentences"]

_LEAST = 6
"""characters of its own that a sentence has when it is more than the words of the law and of the form"""
_SELF = regex(
    r"我(?:街道|[局委办厅院处署镇乡县市区省旗州])|本(?:机关|单位|部门|级|年度|年)|今年|全年|年度|(?:全|该)[局委镇乡县市区]"
)
_FIXED = regex(
    # what was received and how it ended, as the form's rows have it
    r"(?:本|上|下)?年度?(?:新收|结转)|结转(?:至|到)?|(?:政府|政务)信息公开(?:工作)?|信息公开|依申请公开|主动公开|申请人?|申请表"
    r"|公民|自然人|法人|其他组织|商业企业|科研机构|社会公益组织|法律服务机构|提出|接收|收到|受理|共计?|累计|合计|总计|其中"
    r"|不?予以?公开|部分公开|不予处理|无法提供|其他处理|公开|答复|办理|办结|处理|结果|率|均已?|全部|按时|按期|按照?规定|依法|及时"
    r"|因?属于?(?:国家秘密|内部事务信息|三类内部事务信息|四类过程性信息|过程性信息|行政执法案卷|行政查询事项)|法律行政法规禁止|三安全一稳定"
    r"|保护?第三方合法权益|不?掌握|没有现成信息|另行制作|补正|申请内容|仍?不明确|信访举报投诉类?|重复|公开出版物|大量反复|确认|重新出具|已获取"
    r"|逾期|视为放弃|信息|尚未|没有|未曾|未|无|不存在|发生|出现|产生|涉及|情形|情况|相关|有关|需要?|报告|事项|其他|继续"
    # the documents, decisions and fees of table two, and the disputes of table four
    r"|规章|行政规范性文件|规范性文件|文件|制发|制定|废止|失效|现行有效|有效|继续|行政(?:许可|处罚|强制|事业性收费)|决定|作出"
    r"|(?:政府信息公开)?信息处理费|收取|收费|费用|缴纳|减免|金额|行政复议|行政诉讼|复议|诉讼|应诉|被?提起|被|因|引起|直接|维持|纠正|撤销|审结|起诉|案件?"
    # the law's own wording, and sayings that stand in every report
    r"|(?:始终)?坚持|以?公开(?:为|是)常态|不公开(?:为|是)例外|公正公平合法便民|中华人民共和国政府信息公开条例|政府信息公开条例|条例|《|》|〔|〕"
    r"|根据|按照|认真|深入|全面|严格|切实|积极|不断|进一步|扎实|有序|贯彻|落实|执行|学习|推进|开展|做好|加强|要求|部署|精神|规定|工作|任务"
    r"|国务院办公厅|国务院|省委|市委|县委|区委|党中央|省政府|市政府|县政府|区政府|人民政府|办公厅|办公室|政府|机关|单位|各级|上级"
    r"|习近平新时代中国特色社会主义思想|为指导|党的二十大|二十届[一二三四]中全会|以来|通知|意见|要点|实施|细则|办法"
    r"|总体|主要|的|了|和|与|及|以及|或者?|等|为|是|由|在|对|各类?|项|件|条|次|份|元|万元|年|月|日|个"
)
_OPEN = "【待补充"
"""a place that a draft leaves open"""
_NOT_HAN = regex(r"[^\u4e00-\u9fff]+")


class OwnSentence(NamedTuple):
    """A sentence that a unit has written itself: its passage, its place in the compact text, and two numbers that stand
    for its words, with the names as they are and with the unit's own left out."""

    key: str
    start: int
    end: int
    marks: tuple[int, ...]


def own_sentences(passages: Iterable[Passage], name: str) -> Iterator[OwnSentence]:
    """What a unit says in its own words, figures left out. Sentences that consist of fixed words only are no sign of
    copying: they are alike wherever the facts are alike.

    A copied sentence may have kept the name of the unit it comes from, or have got the new one; so it is compared both ways.
    """
    own = _own_names(name)
    for passage in passages:
        for core, start, end in cores_of(passage):
            if _OPEN in passage.compact[start:end]:
                continue
            plain = _SELF.sub("", core)
            bare = own.sub("", plain) if own is not None else plain
            if len(_NOT_HAN.sub("", _FIXED.sub("", bare))) >= _LEAST:
                marks = dict.fromkeys((_mark(plain), _mark(bare)))
                yield OwnSentence(passage.key, start, end, tuple(marks))


def _mark(words: str) -> int:
    """A number of 60 bits that stands for a sentence, the same in every process and on every run."""
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big") >> 4


@lru_cache(maxsize=512)
def _own_names(name: str) -> re.Pattern[str] | None:
    """The ways a text names its own unit: in full, without its area, the area alone, and its field (水利 of 水利局)."""
    parts = named(name)
    words = {name, parts.body, "".join(parts.areas), *parts.areas}
    words |= {parts.body.removesuffix(end) for end in ("局", "委员会", "委", "镇", "乡", "街道")}
    known = sorted((re.escape(word) for word in words if len(word) > 1), key=len, reverse=True)
    return re.compile("|".join(known)) if known else None
