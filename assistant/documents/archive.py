"""Packs office files: the same report always gives the same bytes, and what is not changed stays byte by byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

__all__ = ["repack", "with_members"]

_MOMENT = (2000, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def repack(package: bytes) -> bytes:
    """The same office package with a fixed time on its members and in its properties."""
    out = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", data)
            info = ZipInfo(name, _MOMENT)
            info.compress_type = ZIP_DEFLATED
            # the system that made the archive would otherwise show through
            info.create_system = 0
            new.writestr(info, data)
    return out.getvalue()


def with_members(package: bytes, members: Mapping[str, bytes]) -> bytes:
    """An office file with some parts replaced or added; all others stay as they are, in their order."""
    out, left = BytesIO(), dict(members)
    with ZipFile(BytesIO(package)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = left.pop(info.filename, None)
            new.writestr(info, old.read(info) if content is None else content, info.compress_type)
        for name, data in left.items():
            info = ZipInfo(name, _MOMENT)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, data)
    return out.getvalue()
