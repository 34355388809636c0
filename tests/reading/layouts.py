"""Prints a report the way others do: content management systems, pasted text, tables that lost their shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from assistant.printing.reports.view import TableView, build_view
from assistant.report import AnnualReport

__all__ = ["TEXT_LAYOUTS", "cms_page", "layout_texts"]


def cms_page(report: AnnualReport, *, colspans: bool = True, per_block: bool = False) -> str:
    """A saved page of a government site: navigation, dates, nested p and span, a layout table around everything."""
    view = build_view(report)
    parts = [f"<p style='text-align:center'><span><b>{escape(view['title'])}</b></span></p>"]
    parts += [f"<p>&emsp;&emsp;<span>{escape(p['text'])}</span></p>" for p in view["preamble"]]
    for section in view["sections"]:
        parts.append(
            f"<p><strong><span style='font-family:黑体'>{escape(section['title'])}</span></strong></p>"
        )
        parts += [f"<p>　　<span>{escape(p['text'])}</span></p>" for p in section["paragraphs"]]
        for table in section["tables"]:
            parts += _cms_tables(table, colspans=colspans, per_block=per_block)
        parts += [f"<p>{escape(p['text'])}</p>" for p in section["notes"]]
    body = "\n".join(parts)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报_某某政府网</title>
<script>var a = "<table><tr><td>9</td><td>9</td></tr></table>";</script></head><body>
<div class="top"><a href="/">首页</a> &gt; <a href="/xxgk">政府信息公开</a> &gt; 政府信息公开年报</div>
<table width="980"><tr><td><div id="zoom">
<div>发布时间：2024-01-22 10:31</div><div>来源：办公室</div><div>浏览次数：<span>118</span></div><div>【字体：大 中 小】</div>
{body}
</div></td></tr></table>
<div>【打印本页】【关闭窗口】</div><div>上一篇：没有了</div><div>主办单位：某某人民政府　网站标识码：0000000000</div></body></html>"""


def _cms_tables(table: TableView, *, colspans: bool, per_block: bool) -> Iterator[str]:
    groups: list[list[str]] = [[]]
    for line in table["lines"]:
        if per_block and groups[-1] and line and line[0]["role"] == "heading":
            groups.append([])
        cells = []
        for cell in line:
            wide = f' colspan="{cell["colspan"]}"' if colspans and cell["colspan"] > 1 else ""
            tall = f' rowspan="{cell["rowspan"]}"' if cell["rowspan"] > 1 else ""
            words = escape(cell["text"]) or "&nbsp;"
            if len(words) == 4 and cell["role"] == "header":
                words = f"{words[:2]}</span></p><p align='center'><span>{words[2:]}"
            cells.append(f"<td{wide}{tall}><p align='center'><span lang='EN-US'>{words}</span></p></td>")
        groups[-1].append(f"<tr>{''.join(cells)}</tr>")
    for group in groups:
        yield f"<table border='1'><tbody>{''.join(group)}</tbody></table>"


def _document(report: AnnualReport, table: Callable[[TableView], str]) -> str:
    view = build_view(report)
    parts = [view["title"], *(p["text"] for p in view["preamble"])]
    for section in view["sections"]:
        parts += [section["title"], *(p["text"] for p in section["paragraphs"])]
        parts += [table(t) for t in section["tables"]]
        parts += [p["text"] for p in section["notes"]]
    return "\n".join(parts) + "\n"


def _words(row: list[str]) -> list[str]:
    return [cell for cell in row if cell]


def one_figure_a_line(report: AnnualReport) -> str:
    """Each cell on a line between pipes, as some editors paste a table."""
    return _document(report, lambda t: "\n".join(f"| {cell} |" for row in t["flat"] for cell in _words(row)))


def one_cell_a_line(report: AnnualReport) -> str:
    """Each cell on a line of its own."""
    return _document(report, lambda t: "\n".join(cell for row in t["flat"] for cell in _words(row)))


def commas(report: AnnualReport) -> str:
    """Rows with commas between the cells, merged cells left out."""
    return _document(report, lambda t: "\n".join(",".join(_words(row)) for row in t["flat"]))


def spaces(report: AnnualReport) -> str:
    """Rows with spaces between the cells, merged cells left out."""
    return _document(report, lambda t: "\n".join("  ".join(_words(row)) for row in t["flat"]))


def half_width(report: AnnualReport) -> str:
    """Half-width brackets and spaces after ordinals in the labels, ragged tabs."""

    def table(view: TableView) -> str:
        rows = [_words(row) for row in view["flat"]]
        return "\n".join(
            "\t".join(
                rows_cell.replace("（", "(").replace("）", ") ").replace(".", ". ")
                if not _numeric(rows_cell)
                else rows_cell
                for rows_cell in row
            )
            + "\t"
            for row in rows
        )

    return _document(report, table)


def _numeric(text: str) -> bool:
    return text.replace(".", "").replace("-", "").isdigit()


def wrapped_labels(report: AnnualReport) -> str:
    """Long labels broken over two lines, the figures on the second."""

    def table(view: TableView) -> str:
        out = []
        for row in view["flat"]:
            long = next((i for i, cell in enumerate(row) if len(cell) > 16), None)
            if long is not None and any(_numeric(cell) for cell in row):
                head = [*row[:long], row[long][:14]]
                out += [
                    "\t".join(head) + "\t" * (len(row) - len(head)),
                    "\t".join([*[""] * long, row[long][14:], *row[long + 1 :]]),
                ]
            else:
                out.append("\t".join(row))
        return "\n".join(out)

    return _document(report, table)


def pipes(report: AnnualReport) -> str:
    """Pipe tables without the outer pipes and without a rule below the header."""
    return _document(report, lambda t: "\n".join("|".join(row) for row in t["flat"]))


TEXT_LAYOUTS: tuple[Callable[[AnnualReport], str], ...] = (
    one_figure_a_line,
    one_cell_a_line,
    commas,
    spaces,
    half_width,
    wrapped_labels,
    pipes,
)


def layout_texts(report: AnnualReport) -> Iterator[tuple[str, str]]:
    """All text layouts by name."""
    for layout in TEXT_LAYOUTS:
        yield layout.__name__, layout(report)
