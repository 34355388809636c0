"""A workbook with one request a row fills table 3 exactly; no name of an applicant is kept."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from assistant.forms import CellKey, load_form
from assistant.interfaces.cli.app import run

ROWS = 300
YEAR = 2025
OUTCOMES = {
    "granted": "予以公开",
    "partial": "部分公开",
    "deny_third_party": "不予公开（保护第三方合法权益）",
    "deny_process_info": "不予公开-过程性信息",
    "deny_admin_query": "属于行政查询事项",
    "na_not_held": "本机关不掌握",
    "na_need_creation": "没有现成信息需另行制作",
    "np_petition": "信访举报投诉类申请",
    "np_repeat": "重复申请",
    "ot_no_correction": "逾期不补正",
    "carried_forward": "正在办理",
}
APPLICANTS = {
    "natural_person": "自然人",
    "biz_enterprise": "商业企业",
    "research_inst": "科研机构",
    "legal_service_org": "法律服务机构",
}


def _workbook(path: Path, seed: int) -> dict[CellKey, int]:
    """Write a register of ``ROWS`` requests; the cells of table 3 that it counts up to."""
    rng = random.Random(seed)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "收到日期", "申请人类型", "申请人", "申请内容", "办理结果"])
    counts: Counter[tuple[str, str]] = Counter()
    for number in range(1, ROWS + 1):
        row, col = rng.choice(list(OUTCOMES)), rng.choice(list(APPLICANTS))
        carried = rng.random() < 0.1
        day = f"{YEAR - carried}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        sheet.append([number, day, APPLICANTS[col], f"申请人甲{number}", "某项目批复", OUTCOMES[row]])
        for counted in (
            "carried_over" if carried else "new_received",
            row,
            *(() if row == "carried_forward" else ("result_total",)),
        ):
            counts[counted, col] += 1
            counts[counted, "total"] += 1
    book.save(path)
    return {CellKey("table3", row, col): number for (row, col), number in counts.items()}


@pytest.mark.parametrize("seed", range(3))
def test_a_sheet_of_requests_fills_table_three(tmp_path: Path, seed: int) -> None:
    sheet, out = tmp_path / "登记簿.xlsx", tmp_path / "年报.json"
    truth = _workbook(sheet, seed)
    status = run(
        ["draft", str(sheet), "--org", "清源县水利局", "--year", str(YEAR), "-f", "json", "-o", str(out)]
    )
    assert status in (0, 1)
    drafted = json.loads(out.read_text(encoding="utf-8"))
    cells = {CellKey(c["table"], c["row"], c["col"]): c["value"] for c in drafted["cells"]}
    wrong = {
        str(key): (cells.get(key), truth.get(key, 0))
        for key in load_form("2021").table("table3").cells
        if key in truth and cells.get(key) != truth[key]
    }
    invented = {str(k): v for k, v in cells.items() if k.table == "table3" and v and k not in truth}
    assert wrong == {}
    assert invented == {}
    assert "申请人甲" not in json.dumps(drafted["report"], ensure_ascii=False)
