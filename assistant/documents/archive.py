"""Packs office files so that the same report always gives the same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

__all__ = ["repack"]

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
