"""Lines about single persons: they are told from lawful lists, become no prose, and are found in reports of every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import check, draft, render
from assistant.persons import is_identity, person_lines
from assistant.printing.reports import FORMATS

_REGISTERS = {
    "blanks": "张三  3月5日  13800001111  征地批复\n李四  4月6日  13900002222  拆迁补偿",
    "prose": "3月5日 张三 申请公开征地批复 电话1380000\n4月6日 李四海 申请公开拆迁补偿方案 电话1390000",
    "tabs": "姓名\t日期\t电话\t事项\n张三\t3月5日\t13800001111\t征地批复\n李四\t4月6日\t13900002222\t拆迁补偿",
    "bars": "| 姓名 | 日期 | 事项 |\n|--|--|--|\n| 张三 | 3月5日 | 要求公开征地批复 |\n| 李四 | 4月6日 | 拆迁补偿 |",
    "commas": "张三,2024-03-05,110105194912310021,征地批复\n李四,2024-04-06,11010519491231002X,拆迁补偿",
    "serials": "1 张三 申请公开征地批复\n2 李四海 申请公开拆迁补偿\n3 王小明 申请公开规划图",
    "one line": "3月5日张三申请公开征地批复，予以公开。",
}
_NAMES = ("张三", "李四", "王小明", "1380000", "1390000", "110105")
_LAWFUL = [
    "联系人：张三  联系电话：0310-3456789  2024年3月5日",
    "负责人 张建国 2024年3月5日 政务公开办公室",
    "经办人 李四 2024-01-12 审核人 王五 2024-01-13",
    "2024-03-05 09:12 张三：依申请公开收到5件\n2024-03-05 09:13 李四：予以公开3件",
    "3月5日 张三：新收申请5件\n4月6日 李四：予以公开3件",
    "3月5日，张某申请公开征地批复\n4月6日，李某申请公开拆迁补偿方案",
    "4月 白塔镇 高度重视申请公开\n5月 石桥镇 严格办理申请",
    "公开电话 12345 2024年3月5日 咨询申请",
]


@pytest.mark.parametrize("text", _REGISTERS.values(), ids=_REGISTERS)
def test_a_register_that_was_not_read_is_said_and_never_printed(text: str) -> None:
    done = draft(f"2024年新收申请3件。\n{text}\n发布信息120条。", org="青溪县水利局", year=2024)
    printed = [str(render(done.report, form)) for form in ("txt", "md", "html", "json")]
    said = [f.message for f in done.findings] + [q.text for q in done.questions]
    assert not [name for name in _NAMES for words in (*printed, *said) if name in words]
    assert "120条" in printed[0]
    (unread,) = (f for f in done.findings if f.code == "PRIVACY")
    assert "没有读入" in unread.message
    assert "请另给一份有表头的登记表" in unread.message


@pytest.mark.parametrize("text", _REGISTERS.values(), ids=_REGISTERS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_register_in_a_finished_report_is_found(text: str, form: str, tmp_path: Path) -> None:
    report = draft(
        "2024年新收申请2件，都是自然人，予以公开2件。发布信息120条。", org="青溪县水利局", year=2024
    ).report
    printed = render(
        report.with_sections({**report.sections, "s1": f"{report.sections['s1']}\n{text}"}), form
    )
    path = tmp_path / f"年报.{form}"
    path.write_bytes(printed.encode() if isinstance(printed, str) else printed)
    found = [f.message for f in check(path).findings if f.code == "PRIVACY"]
    assert any("列出了申请人的姓名和申请情况" in message for message in found)
    assert not [name for name in ("张三", "李四", "王小明") for message in found if name in message]


@pytest.mark.parametrize("text", _LAWFUL)
def test_lawful_lists_are_no_persons(text: str) -> None:
    assert person_lines(text) == ()


def test_identity_numbers() -> None:
    assert is_identity("11010519491231002X")
    assert is_identity("11010519491231002x")
    assert not is_identity("11010519491231002Y")
    assert not is_identity("123456789012345678")
