"""Answers what a person asks about the work itself; nothing of it becomes a fact."""

from __future__ import annotations

import re

from assistant.report.draft import Draft

__all__ = ["help_for"]

_HOW = re.compile(
    r"(?:怎么|如何|咋)(?:填|用|弄|写|办|开始|操作|做)|(?:你|这个).{0,4}(?:能|会|可以)(?:做|干)|帮助|使用说明|^(?:你好|您好|在吗|喂)[啊呀吗?？!！。.]*$"
)
_UNKNOWN = re.compile(
    r"(?:不知道|不清楚|不晓得|记不清|拿不准|没有?统计|要问|得问|找谁|问谁|还没(?:有)?(?:统计|数|报))"
)
_WHAT = re.compile(
    r"(?:什么叫|什么是|啥叫|啥是)(?P<a>[^?？，。]{2,16})|(?P<b>[^?？，。]{2,16}?)(?:是什么意思|是什么|是啥意思|是啥|指什么|指的是什么|包括哪些|包括什么|怎么理解)"
)
_EDGES = '“”"「」 的呢啊'
_SHOWN = 8


def help_for(text: str, draft: Draft) -> str:
    """The answer to a question about how to go on or what a row means; empty when the text asks nothing of the kind."""
    what = _WHAT.search(text)
    if what is not None and (rows := _rows_named((what["a"] or what["b"]).strip(_EDGES), draft)):
        return rows
    if _UNKNOWN.search(text):
        return "暂时不清楚的，可以点“先跳过”，年报里会标为待补充，查到以后随时告诉我；也可以向承办科室或法制机构核实。"
    if _HOW.search(text) or what is not None:
        return (
            "把手头的数据和工作情况发给我就可以，例如“2025年收到申请3件，都是自然人，全部予以公开，没有复议诉讼”。"
            "表格可以直接粘贴，文件可以拖进来；没有说到的我会一项一项地问，答不上来的可以先跳过。"
        )
    return ""


def _rows_named(what: str, draft: Draft) -> str:
    """The rows of the form whose name contains the words, as the form prints them."""
    form = draft.report.layout
    found = [row.name for table in form.tables for row in table.rows if what and what in row.name]
    if not found:
        return ""
    more = f"等 {len(found)} 项" if len(found) > _SHOWN else ""
    return f"年报表格里与“{what}”有关的是：{'、'.join(found[:_SHOWN])}{more}。按办理答复书载明的结果归入其中一项。"
