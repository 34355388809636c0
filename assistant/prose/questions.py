"""Words the questions about prose that the report must hold and the user has not given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.prose.said import Said
from assistant.report.facts import ASPECTS, Aspect
from assistant.report.findings import Question

__all__ = [
    "ask_aspect",
    "ask_fee",
    "ask_improvements",
    "ask_left_out",
    "ask_other",
    "ask_problems",
    "ask_results",
]

_CODE = "MISSING_FIELD"

_HINTS: dict[Aspect, str] = {
    Aspect.DISCLOSURE: "例如通过哪些渠道公开了哪些信息、各多少条，开展了哪些政策解读",
    Aspect.REQUESTS: "例如本年收到多少件申请、办理结果如何，受理渠道和办理程序有哪些改进",
    Aspect.MANAGEMENT: "例如由谁负责、如何进行保密审查、目录和指南更新了几次",
    Aspect.PLATFORM: "例如网站、政务新媒体、公开栏、查阅点如何建设和维护",
    Aspect.OVERSIGHT: "例如开展了几次检查、培训，监督电话是否公布，考核如何进行",
}

_RESULTS = {
    "工作考核": r"考核|考评|绩效",
    "社会评议": r"评议|评价|满意度|第三方评估",
    "责任追究": r"追究|追责|问责",
}
"""Results that governments report (条例第五十条第四项), with the words that show they were mentioned."""


def ask_aspect(aspect: Aspect) -> Question:
    """Ask for the material of one of the five aspects (国办公开办函〔2021〕30号)."""
    return Question(
        code=_CODE,
        about=(f"s1.{aspect}",),
        text=f"“{ASPECTS[aspect]}”部分尚无材料，本年度开展了哪些工作？（{_HINTS[aspect]}）",
    )


def ask_results(said: Said) -> Question | None:
    """Ask a government for the results that it has not mentioned; None when all three were."""
    missing = [name for name, words in _RESULTS.items() if not re.search(words, said.words)]
    if not missing:
        return None
    return Question(
        code=_CODE,
        about=(f"s1.{Aspect.OVERSIGHT}",),
        text=f"按照条例第五十条规定，各级人民政府的年报应当包括{'、'.join(missing)}的结果，本年度情况如何？",
    )


def ask_problems() -> Question:
    """Ask for the problems of section five."""
    return Question(
        code=_CODE,
        about=("s5.problem",),
        text="本年度政府信息公开工作存在哪些主要问题？请逐条说明具体事项，不要照抄上年。",
    )


def ask_improvements(problems: Said, improvements: Said) -> Question:
    """Ask for the measures of section five, naming what still lacks one."""
    had, have = len(problems.all), len(improvements.all)
    if not had:
        text = "针对本年度存在的问题，采取了或者准备采取哪些改进措施？"
    elif not have:
        text = f"已说明 {had} 个问题，尚未说明改进措施。针对每个问题分别准备怎样改进？"
    else:
        text = f"已说明 {had} 个问题、{have} 项改进措施。其余 {had - have} 个问题准备怎样改进？"
    return Question(code=_CODE, about=("s5.improvement",), text=text)


def ask_fee(amount_only: bool) -> Question:
    """Ask for the 信息处理费 (国办公开办函〔2021〕30号 section six)."""
    if amount_only:
        return Question(
            code=_CODE, about=("section6.info_fee_yuan",), text="本年度共收取政府信息公开信息处理费多少元？"
        )
    return Question(
        code=_CODE,
        about=("section6.info_fee_yuan",),
        text="本年度是否收取政府信息公开信息处理费？如收取，共多少元、涉及多少件申请？",
        choices=("信息处理费没有收取",),
    )


def ask_other() -> Question:
    """Ask whether there is anything else to report (2019 form, where section six has no set content)."""
    return Question(
        code=_CODE,
        about=("s6.other",),
        text="是否有其他需要报告的事项？",
        choices=("没有其他需要报告的事项",),
    )


def ask_left_out(section: str, source: str, count: int, aspects: Sequence[str]) -> Question:
    """Say that the prose of a finished document was kept, and ask to put in what other materials add to it."""
    return Question(
        code=_CODE,
        about=(section,),
        text=(
            f"“{source}”的文字保持原样，其他材料中关于{'、'.join(aspects)}的 {count} 项内容没有写入；"
            "需要写入的，请在成稿中补写后重新起草，或者不带成稿只用材料起草"
        ),
    )
