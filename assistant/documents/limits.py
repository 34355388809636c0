"""Refuses files that are too large, too dense or not what they claim, before any parser sees them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from assistant.errors import InputError

__all__ = [
    "MAX_BYTES",
    "MAX_FACTS",
    "MAX_PAGE",
    "MAX_TEXT",
    "check_archive",
    "check_length",
    "load_bytes",
    "read_member",
]

MAX_BYTES = 40_000_000
"""bytes of a file; a report with scanned annexes stays below"""
MAX_TEXT = 12_000_000
"""bytes of a text or of the markup of a page"""
MAX_PAGE = 6_000_000
"""characters of a web page without embedded pictures"""
MAX_FACTS = 300_000
"""characters of all raw material of one report; a register of three thousand requests stays below"""
_MAX_MEMBER = 16_000_000
"""bytes of one unpacked part; the tree of a parser takes about ten times as much memory"""
_MAX_TOTAL = 120_000_000
_MAX_MEMBERS = 4_000
_MAX_RATIO = 250
"""unpacked to packed; markup of real documents stays below 60"""


def check_length(texts: Iterable[str]) -> None:
    """InputError when the raw material of one report is longer than anybody writes it."""
    length = sum(map(len, texts))
    if length > MAX_FACTS:
        raise InputError(
            f"材料共 {length} 字，超过 {MAX_FACTS} 字的上限，没有读取；请只留下与年报有关的部分，或者把登记簿汇总成统计表后再试"
        )


def load_bytes(path: Path) -> bytes:
    """The bytes of a file; InputError when it cannot be opened, is empty or is too large."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError(f"“{path.name}”是文件夹；请给出其中的文件")
        if size > MAX_BYTES:
            raise InputError(
                f"“{path.name}”有 {size // 1_000_000} MB，超过 {MAX_BYTES // 1_000_000} MB 的上限；请去掉图片和附件后再试"
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"无法打开“{path}”：{_reason(error)}；请核对文件名和权限") from error
    except ValueError as error:
        raise InputError(f"文件名“{path!r}”不合法；请核对文件名") from error


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不存在"
    return "没有读取权限" if isinstance(error, PermissionError) else "读取失败"


def check_archive(data: bytes, name: str) -> list[str]:
    """The member names of an office file; InputError when it is damaged, encrypted, too large or packed too tightly."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise InputError(f"“{name}”已损坏，无法打开；请用办公软件重新另存后再试") from error
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > _MAX_MEMBERS or total > _MAX_TOTAL or total > _MAX_RATIO * max(packed, 20_000):
        raise InputError(f"“{name}”解压后过大，疑似压缩炸弹，已拒绝读取；请用办公软件重新另存后再试")
    if any(member.flag_bits & 0x1 for member in members):
        raise InputError(f"“{name}”有密码保护，无法读取；请解除密码后再试")
    return [member.filename for member in members]


def read_member(data: bytes, member: str, name: str) -> bytes:
    """One part of an office file, read no further than the limit whatever the archive says of its size."""
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open(member) as part:
            content = part.read(_MAX_MEMBER + 1)
    except KeyError as error:
        raise InputError(f"“{name}”缺少正文部分 {member}，不是完整的办公文档；请重新另存后再试") from error
    except (
        BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise InputError(f"“{name}”已损坏，无法打开；请用办公软件重新另存后再试") from error
    if len(content) > _MAX_MEMBER:
        raise InputError(f"“{name}”解压后过大，已拒绝读取；请去掉无关内容后再试")
    return content
