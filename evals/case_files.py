"""Writes the Word and Excel files of the dataset ``files`` (``python -m evals.case_files``); the others are plain text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.cases import DATASETS

__all__ = ["write_all"]

_REGISTER: Sequence[Sequence[object]] = (
    ("柳溪县财政局政府信息公开申请登记台账（2024年度）",),
    ("序号", "收到日期", "申请人", "申请人类别", "申请内容摘要", "办理结果", "答复日期"),
    (1, "2023-12-18", "吴某", "自然人", "预算调整批复", "予以公开", "2024-01-10"),
    (2, "2024-01-22", "钱某某", "自然人", "土地出让金收支", "部分公开", "2024-02-18"),
    (
        3,
        "2024-02-26",
        "柳溪某建设公司",
        "商业企业",
        "采购评审记录",
        "不予公开（属于过程性信息）",
        "2024-03-20",
    ),
    (4, "2024-03-11", "李某", "自然人", "惠农补贴发放", "予以公开", "2024-04-02"),
    (5, "2024-05-06", "孙某", "自然人", "历史档案", "本机关不掌握相关政府信息", "2024-05-27"),
    (6, "2024-07-15", "某律师事务所", "法律服务机构", "债务限额", "予以公开", "2024-08-05"),
    (7, "2024-09-02", "李某", "自然人", "惠农补贴发放", "重复申请", "2024-09-10"),
    (8, "2024-10-21", "周某", "自然人", "举报会计师事务所", "信访举报投诉类申请", "2024-11-01"),
    (9, "2024-12-23", "郑某", "自然人", "绩效评价报告", "正在办理", ""),
)
_DECISIONS: Sequence[Sequence[object]] = (
    ("事项", "上半年", "下半年", "全年合计"),
    ("行政许可（件）", 61, 58, 119),
    ("行政处罚（件）", 14, 9, 23),
    ("行政强制（件）", 1, 2, 3),
)
_REQUESTS: Sequence[Sequence[object]] = (
    ("申请人", "收到件数", "予以公开", "部分公开", "本机关不掌握"),
    ("自然人", 6, 3, 1, 2),
    ("商业企业", 2, 1, 1, 0),
    ("合计", 8, 4, 2, 2),
)
_FORM = (
    ("填报单位", "石门镇人民政府"),
    ("报告年度", "2025年"),
    ("本年新收政府信息公开申请", "4件（自然人3件，商业企业1件）"),
    ("上年结转", "无"),
    ("予以公开", "2件，均为自然人"),
    ("部分公开", "1件（商业企业）"),
    ("属于信访举报投诉类申请，不予处理", "1件（自然人）"),
    ("结转下年度继续办理", "0件"),
    ("行政复议", "1件，结果维持"),
    ("行政诉讼", "没有"),
    ("行政许可", "26件"),
    ("行政处罚", "0件"),
)


def write_all(folder: Path = DATASETS / "files") -> list[Path]:
    """Write the register, the two sheets of one workbook and the form; the files written."""
    register, sheets, form = (folder / name for name in ("登记台账.xlsx", "两表汇总.xlsx", "填报表.docx"))
    _book(register, {"2024": _REGISTER})
    _book(sheets, {"行政执法": _DECISIONS, "依申请公开": _REQUESTS})
    _document(form)
    return [register, sheets, form]


def _book(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if len(rows[0]) == 1:
            sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[1]))
    book.save(path)


def _document(path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("政府信息公开年度数据填报表", level=1)
    table = document.add_table(rows=0, cols=2)
    for label, value in _FORM:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    document.add_paragraph("联系人：镇党政办。以上数据已经镇长审核。")
    document.save(str(path))


if __name__ == "__main__":
    for written in write_all():
        print(written.name)
