"""GENERIC_TEXT: section five names a concrete problem and a measure that answers it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.lazy import Words, regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report import Level
from assistant.report.findings import Severity

_NONE = regex(
    r"(?:（[一二]）[^。：\n]{0,14}[。：]?)?(?:本年度?|我[局镇乡县市区]|本机关|本单位)?(?:暂)?(?:无|没有|不存在)(?:存在)?(?:的)?(?:主要|突出|明显)?(?:问题)?[。]?"
)
_NONE_LONGEST = 40
"""characters; no way of saying that there are no problems is longer"""
_PROBLEM = Words(
    "不够|不足|不高|不强|不及时|不到位|不深|不细|不全|不严|不规范|不完善|不畅|不熟|不便|不一致|不平衡|不丰富|不多|不清|不统一|欠缺|薄弱|较少|偏少|单一|滞后|迟缓"
    "|有待|需进一步|需要进一步|需加强|需要加强|需提高|需提升|需要提高|需要提升|偏低|较低|差距|问题|缺乏|缺少|未能|未按|较慢|偏慢|短板|较长|较多|陈旧|晚于|还需|仍需|难|不符|疏漏|漏|错|频繁|慢|迟|晚|空档|空白|找不到|看不|只能|只在|仅在|没有|未|仍|仅|者少|数少|量少|过少|简单|过于|偏|不易|不会|不知|不懂|质疑|反映"
)
_MEASURE = Words(
    "将|加强|加大|完善|措施|下一步|强化|提高|提升|推进|推动|规范|建立|健全|组织|开展|优化|丰富|改进|严格|落实|定期|充实|拓宽|细化|增加|更换|今后|须|应当|预计|计划|要求|安排|协作|联系|明确|改为|调整|已于|已在|不再|不予|改动|补抄|单列|编印|列出|年起|每份|每件|每次|撰写|补齐|补上"
)
_CONCRETE = Words(
    "培训|台账|清单|专栏|栏目|检查|自查|制度|机制|通报|每月|每季|每年|每半|每周|季度|解读|图解|图表|视频|专人|网站|平台|公众号|新媒体|公开栏|答复|审核|审查|流程|查阅|设备"
    "|目录|发布|编印|范本|逐项|考核|渠道|咨询|文件|公文|申请|财政|惠民|民生|政策|会议|专区|负责人|工作人员|专职|程序|数据|信息员|热线|档案|互动|宣传|公告|公示|案例|版本|页面"
)
_FAR = "部分地区|各级部门|一些地方|有的地方|个别地方|各地区各部门|各级领导|部分地方"
_FAR_SUBJECT = regex(_FAR, needs=_FAR)


@rule("GENERIC_TEXT", "存在问题具体、措施对应", Severity.WARNING, "format_problems")
def generic_text(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：格式要求问题具体、不空泛，改进措施与问题对应。写“无”、只有口号或者以“部分地区”“各级部门”为主语的，都不是本单位的问题。
    不合格：第五部分只写“无”；或者“部分地区公开意识有待加强，今后要提高认识、加强领导”。
    合格：政策解读以文字为主、图解较少；下一步每份重要文件同步制作图解，由起草股室负责。
    修改：写出本单位一两个具体问题，逐个写明对应的措施。
    """
    passage = ctx.passage("s5")
    text = passage.compact
    if not text or (not ctx.finished and "待补" in text):
        if ctx.finished:
            yield Hit("s5", "第五部分没有内容，应写明存在的主要问题和改进情况")
        else:
            yield Unknown("s5", "第五部分尚未填写")
        return
    body = text.replace("\n", "")
    if len(body) <= _NONE_LONGEST and _NONE.fullmatch(body):
        yield Hit(
            "s5",
            f"第五部分只写“{body}”，应写明具体问题和改进措施",
            got=body,
            spans=(passage.span(0, len(text)),),
        )
        return
    if not _PROBLEM.found_in(body):
        yield Hit("s5", "第五部分没有写明存在的问题")
    elif not _MEASURE.found_in(body):
        yield Hit("s5", "第五部分没有写明针对问题的改进措施")
    elif not _CONCRETE.found_in(body) and not any(map(str.isdigit, body)):
        yield Hit("s5", "第五部分只有口号，没有具体的问题和措施")
    if ctx.report.org.level in (Level.TOWN, Level.DEPARTMENT):
        match = _FAR_SUBJECT.search(text)
        if match:
            yield Hit(
                "s5",
                f"“{match.group()}”不是本单位的情况，应写本单位存在的问题",
                got=match.group(),
                spans=(passage.span(*match.span()),),
            )
