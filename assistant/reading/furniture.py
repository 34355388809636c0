"""Knows the furniture of government web pages: dates, sources and buttons above a report, footers below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.document import Paragraph

__all__ = ["footer_start", "is_furniture"]

_FURNITURE = re.compile(
    r"^(发布(时间|日期|机构|者|人)?|成文日期|生成日期|索引号|文号|来源|信息来源|作者|责任编辑|编辑|浏览(次数|量)?|阅读(次数|量)?|点击(数|率)?|访问量|字号|字体|打印|"
    r"分享|收藏|当前位置|您(现在)?(的|所在)?位置|位置|首页|公开(日期|时间|方式|范围|形式)|主题分类|有效性|名称|时间|日期|大|中|小)\s*([：:\s>【\[|]|$)"
    r"|^(大\s*中\s*小|打印本页|关闭窗口|【.{1,12}】|\[.{1,12}\])|>\s*政府信息公开|^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?$"
)
_FOOTER = re.compile(
    r"^[【\[（]?(打印|关闭|分享|上一篇|下一篇|相关(链接|文章|信息|阅读|附件)|扫一扫|扫描二维码|主办(单位)?|承办(单位)?|技术支持|版权所有|网站(地图|标识码|支持)|"
    r"政府网站标识码|联系我们|返回顶部|友情链接|附件下载|浏览次数|责任编辑)|ICP备|公网安备|网站标识码|Copyright"
)


def is_furniture(text: str) -> bool:
    """Whether a line above the report belongs to the page, not to the report."""
    return bool(_FURNITURE.search(text)) or text in ("|", ">", "：")


def footer_start(paragraphs: Sequence[Paragraph]) -> int:
    """Where the furniture of a web page begins below the last section: the number of paragraphs that are its own."""
    for number, paragraph in enumerate(paragraphs):
        if _FOOTER.search(paragraph.text):
            return number
    return len(paragraphs)
