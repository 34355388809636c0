"""Takes a PDF apart into paragraphs and tables; runs as a process of its own and answers in JSON."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table

__all__ = ["main", "take_apart"]

_MAX_PAGES = 120
_MEMORY = 900_000_000
"""bytes of address space; the parser maps far more than it uses"""
_CPU_SECONDS = 50
_DASHED_NUMBER = re.compile(r"[—－–-]{1,2}\s*\d{1,3}\s*[—－–-]{1,2}$")
_PAGE_NUMBER = re.compile(r"[\s—－–\-·~第页共/\d]{1,14}$")
_HAN = r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”‘’…—]"
_GAP = re.compile(rf"(?<={_HAN})[ \u3000]+(?=[{_HAN[1:-1]}A-Za-z0-9])|(?<=[A-Za-z0-9])[ \u3000]+(?={_HAN})")
_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺆⺇⺈⺊⺌⺍⺕⺜⺝⺟⺠⺮⺶⺷⺼⺾⻀⻁⻄⻅⻆⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "厂乙冂几刀卜小小彐日月母民竹羊羊肉艹艹虎西见角贝车辶辶辶邑钅长镸长门阝雨青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_RADICALS = {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)} | {
    ord(k): v for k, v in _SUPPLEMENT.items()
}
# the compatibility mapping gives the traditional shape of this one
_RADICALS[0x2F3E] = "户"
_Grid = list[list[str | None]]


@dataclass(frozen=True)
class _Line:
    """A line of text on a page, in points from the upper left."""

    text: str
    left: float
    right: float
    top: float
    size: float


@dataclass(frozen=True)
class _Part:
    """A stretch of a page that is a table, with its upper and lower edge."""

    top: float
    bottom: float
    rows: _Grid


def main() -> None:
    """Read a PDF from standard input, write one JSON object to standard output."""
    _limit()
    answer = json.dumps(take_apart(sys.stdin.buffer.read()), ensure_ascii=False)
    sys.stdout.buffer.write(answer.translate(_RADICALS).encode("utf-8", "replace"))


def _limit() -> None:
    """A malicious file may expand without end: the system then stops this process, not the caller's."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def take_apart(data: bytes) -> dict[str, Any]:
    """``{"blocks": [paragraph or rows of cells, …]}``, or a flag that says why there are none."""
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError:
        return {"missing": True}
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            pages = pdf.pages[:_MAX_PAGES]
            if pages and not any(page.chars for page in pages):
                return {"scanned": True}
            return {"blocks": _blocks(pages)}
    except PdfminerException as error:
        return {"locked": True} if isinstance(error.args[0], PDFPasswordIncorrect) else {"broken": True}
    except (
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        AssertionError,
        OSError,
        RecursionError,
        MemoryError,
    ):
        # the parser trusts the file's structure and fails in all these ways when it lies
        return {"broken": True}


def _blocks(pages: list[Page]) -> list[str | _Grid]:
    blocks: list[str | _Grid] = []
    open_line: _Line | None = None
    edge = _right_edge(pages)
    for page in pages:
        for item in _page_items(page):
            if isinstance(item, list):
                blocks.append(item)
                open_line = None
                continue
            joins = open_line is not None and isinstance(blocks[-1], str) and _goes_on(open_line, item, edge)
            if joins:
                blocks[-1] = f"{blocks[-1]}{_joint(str(blocks[-1]), item.text)}{item.text}"
            else:
                blocks.append(item.text)
            open_line = item
        page.close()
    return [_GAP.sub("", block) if isinstance(block, str) else block for block in blocks]


def _joint(before: str, after: str) -> str:
    """Words of Latin letters keep the space that the line break stood for."""
    return (
        " "
        if before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
        else ""
    )


def _page_items(page: Page) -> list[_Line | _Grid]:
    """Lines and tables of one page from top to bottom."""
    tables = [part for table in page.find_tables() for part in _parts(table)]
    items: list[tuple[float, _Line | _Grid]] = [(part.top, part.rows) for part in tables]
    for raw in page.extract_text_lines(return_chars=True):
        middle = (raw["top"] + raw["bottom"]) / 2
        if any(part.top <= middle <= part.bottom for part in tables):
            continue
        text = str(raw["text"]).strip()
        in_margin = middle < page.height * 0.08 or middle > page.height * 0.9
        if not text or _DASHED_NUMBER.match(text) or (in_margin and _PAGE_NUMBER.match(text)):
            continue
        size = float(raw["chars"][0]["size"])
        items.append((raw["top"], _Line(text, raw["x0"], raw["x1"], raw["top"], size)))
    return [item for _, item in sorted(items, key=lambda pair: pair[0])]


def _parts(table: Table) -> list[_Part]:
    """The stretches of a table that hold data.

    Underlines and shading behind prose look like the rules of a table; such rows hold one cell of running text.
    """
    parts: list[_Part] = []
    run: list[tuple[float, float, list[str | None]]] = []
    for row, texts in [*zip(table.rows, table.extract(), strict=True), (None, [])]:
        cells = [None if cell is None else re.sub(r"\s+", "", cell) for cell in texts]
        if row is not None and not _is_prose(cells):
            run.append((row.bbox[1], row.bbox[3], cells))
            continue
        if any(sum(1 for cell in line if cell) > 1 for _, _, line in run):
            parts.append(_Part(run[0][0], run[-1][1], [line for _, _, line in run]))
        run = []
    return parts


def _is_prose(cells: list[str | None]) -> bool:
    """One cell with a sentence, a section heading or a whole passage."""
    words = [cell for cell in cells if cell]
    if any(len(cell) > 400 for cell in words):
        return True
    if len(words) != 1:
        return False
    (text,) = words
    return (
        len(text) > 22
        or re.match(r"[一二三四五六]、|[（(][一二三四五六]", text) is not None
        or text[-1] in "。；，、："
    )


def _right_edge(pages: list[Page]) -> float:
    """Where full lines end; the longest lines of prose reach it."""
    ends = sorted(float(char["x1"]) for page in pages for char in page.chars[::7])
    return ends[int(len(ends) * 0.985)] if ends else 0.0


def _goes_on(before: _Line, line: _Line, edge: float) -> bool:
    """Whether a line continues the paragraph of the line before: that one was full and this one is not indented."""
    full = before.right > edge - 2.2 * before.size
    indented = line.left > before.left + 1.2 * line.size if not _is_indented(before, line) else False
    same_size = abs(before.size - line.size) < 1.5
    return full and not indented and same_size


def _is_indented(before: _Line, line: _Line) -> bool:
    """Whether the line before began a paragraph two characters in from this one."""
    return before.left > line.left + 1.2 * line.size
