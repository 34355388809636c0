"""Parses XML and HTML from strangers: no entities, no network, no oversized trees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["parse_html", "parse_xml", "refuse_entities"]

_SMALL = 60_000
_MAX_ATTRIBUTES = 300
_TAG = re.compile(r"<[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>=]+(?:\s*=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>]*))?""")


def refuse_entities(data: bytes, name: str) -> None:
    """InputError for a part of an office file with entities: they have no document type, so it can only be an attack."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise InputError(f"“{name}”含有外部实体声明，已拒绝读取；请用办公软件重新另存后再试")


def parse_xml(data: bytes, name: str) -> _Element:
    """The root of an XML part of an office file; InputError when it is not well-formed."""
    from lxml import etree

    refuse_entities(data, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"“{name}”的内容已损坏，无法解析；请用办公软件重新另存后再试") from error


def _has_swollen_tag(text: str) -> bool:
    """Whether a tag has absurdly many attributes: the parser's time grows with the square of their number."""
    at = 0
    while tag := _TAG.search(text, at):
        at, count = tag.end(), 0
        while attribute := _ATTRIBUTE.match(text, at):
            at, count = attribute.end(), count + 1
            if count > _MAX_ATTRIBUTES:
                return True
    return False


def parse_html(text: str, name: str) -> _Element:
    """The root of a web page or fragment, however untidy; InputError when nothing can be made of it."""
    from lxml import etree

    if len(text) > _SMALL and _has_swollen_tag(text):
        raise InputError(f"“{name}”的网页结构异常，已拒绝读取；请用浏览器另存为网页后再试")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"“{name}”不是可以识别的网页；请用浏览器另存为网页后再试") from error
    if root is None:
        raise InputError(f"“{name}”中没有内容；请用浏览器另存为网页后再试")
    return root
