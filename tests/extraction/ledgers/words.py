"""The words that random registers are made of, by the row and the column that they name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

__all__ = [
    "COLS", "CONTENTS", "DATES", "FAMILY", "ITEMS", "LETTERS", "NAMES", "OPEN", "OTHERS", "OURS", "OUTCOMES",
    "REQUESTS", "TICKS", "TYPES", "UNIT_HEADS", "UNKNOWN", "YEAR",
]  # fmt: skip

YEAR = 2025
COLS = (
    "natural_person",
    "biz_enterprise",
    "research_inst",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
)
TYPES: dict[str, tuple[str, ...]] = {
    "natural_person": ("自然人", "个人", "公民", "居民", "村民"),
    "biz_enterprise": ("商业企业", "企业", "公司", "法人或其他组织-商业企业", "法人/其他组织（商业企业）"),
    "research_inst": ("科研机构", "研究院", "科研院所", "法人或其他组织-科研机构"),
    "public_welfare_org": ("社会公益组织", "公益组织", "基金会", "法人或其他组织—社会公益组织"),
    "legal_service_org": ("法律服务机构", "律师事务所", "律所", "法人或者其他组织（法律服务机构）"),
    "other_org": ("其他", "其它", "其他组织", "法人或其他组织-其他"),
}
NAMES: dict[str, tuple[str, ...]] = {
    "natural_person": ("王强", "李秀英", "张某", "赵国庆", "孙*", "欧阳雪", "周海燕"),
    "biz_enterprise": ("恒泰物业服务有限公司", "鑫达置业有限责任公司", "永兴建设集团"),
    "research_inst": ("省水利科学研究院", "江南经济研究所"),
    "public_welfare_org": ("阳光慈善基金会", "绿水公益服务中心"),
    "legal_service_org": ("江城正义律师事务所", "众诚律师事务所"),
    "other_org": ("东风村第三村民小组", "锦绣花园业主委员会"),
}
OUTCOMES: dict[str, tuple[str, ...]] = {
    "granted": (
        "予以公开",
        "公开",
        "给了",
        "同意公开",
        "网上已经公开，告知网址",
        "全部公开",
        "予以公开（告知获取途径）",
    ),
    "partial": (
        "部分公开",
        "公开了一部分，隐去了身份证号",
        "部份公开",
        "只给了一部分",
        "部分公开（第三方隐私不公开）",
    ),
    "deny_state_secret": ("不予公开（国家秘密）", "涉密，不公开", "不予公开-属于国家秘密"),
    "deny_third_party": (
        "不予公开（商业秘密）",
        "涉及个人隐私，征求意见后不同意公开",
        "不予公开—保护第三方合法权益",
    ),
    "deny_internal_affairs": ("不予公开-属于三类内部事务信息", "内部工作流程信息，不公开"),
    "deny_process_info": ("不予公开（过程性信息）", "过程性信息，不公开"),
    "deny_enforcement_file": ("不予公开-行政执法案卷", "不予公开（执法案卷）"),
    "deny_admin_query": ("不予公开-属于行政查询事项", "按档案查询规定办，告知查询途径"),
    "na_not_held": (
        "无法提供-本机关不掌握",
        "没有这个信息",
        "信息不存在",
        "不归我局管，告知去住建局申请",
        "不属于本机关负责公开",
    ),
    "na_need_creation": ("无法提供（需另行制作）", "要重新汇总加工，无法提供", "没有现成信息"),
    "na_still_unclear": ("无法提供-补正后仍不明确",),
    "np_petition": ("信访事项，不予处理", "不予处理-信访举报投诉", "属于信访投诉，转信访渠道"),
    "np_repeat": ("重复申请，不予处理", "和上次一样的申请，不重复处理", "重复申请"),
    "np_publication": ("不予处理-要求提供公开出版物",),
    "np_excessive": ("不予处理-大量反复申请",),
    "np_reconfirm": ("不予处理—要求重新出具",),
    "ot_no_correction": ("逾期未补正，不再处理", "补正通知发出后没回应，视为放弃", "其他处理-逾期不补正"),
    "ot_unpaid_fee": ("其他处理-逾期未缴费",),
    "ot_other": ("本人撤回申请", "申请人撤回", "其他处理-其他"),
}
FAMILY = {"deny": "不予公开", "na": "无法提供", "np": "不予处理", "ot": "其他处理"}
ITEMS = {
    "deny_state_secret": "国家秘密",
    "deny_third_party": "第三方权益",
    "deny_internal_affairs": "内部事务信息",
    "deny_process_info": "过程性信息",
    "deny_enforcement_file": "执法案卷",
    "deny_admin_query": "行政查询事项",
    "na_not_held": "不掌握",
    "na_need_creation": "没有现成信息需另行制作",
    "na_still_unclear": "补正后仍不明确",
    "np_petition": "信访类",
    "np_repeat": "重复申请",
    "np_publication": "公开出版物",
    "np_excessive": "大量反复申请",
    "np_reconfirm": "要求重新出具",
    "ot_no_correction": "逾期不补正",
    "ot_unpaid_fee": "逾期未缴费",
    "ot_other": "撤回",
}
OPEN = ("正在办理", "办理中", "还没答复", "未到期，办理中", "")
UNKNOWN = ("已按规定另案核查", "阅处", "面谈后了结此事", "不予受理")
CONTENTS = (
    "公墓用地规划批文",
    "2023年水利建设项目招投标结果",
    "征地补偿公开情况",
    "会议纪要",
    "低保资金发放名单",
    "行政处罚决定书",
)
DATES: tuple[Callable[[date], str], ...] = (
    lambda d: d.isoformat(),
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: str(datetime.combine(d, time(9, 30))),
    lambda d: str((d - date(1899, 12, 30)).days),
)
TICKS = ("√", "✓", "1", "●", "☑")
OURS = ("某县水利局", "县水利局", "水利局", "本局", "我局")
OTHERS = ("某县林业局", "某县财政局", "邻江市水利局", "某县石坝镇人民政府", "某县住房和城乡建设局")
UNIT_HEADS = ("受理机关", "受理机构", "承办单位", "单位", "责任单位", "答复主体")
REQUESTS = ("依申请公开", "政府信息公开申请")
LETTERS = ("12345工单", "信访件", "咨询", "建议提案")
