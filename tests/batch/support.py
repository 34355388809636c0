"""Units and comparisons that the batch tests share."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

__all__ = ["facts_of", "folder_of", "outcome", "tree"]


def facts_of(number: int) -> str:
    """Raw facts of one small unit, different for each number."""
    return (
        f"2024年新收申请{number + 2}件，都是自然人，没有结转；予以公开{number + 1}件，部分公开1件，其余都是0。"
        "复议诉讼没有。规章、规范性文件没有，行政许可处罚强制收费都是0。信息处理费没收。\n"
        f"主动公开：网站发布信息{number * 10 + 5}条。\n问题：更新不及时。措施：按月检查。"
    )


def folder_of(root: Path, count: int) -> Path:
    """A folder with one text file a unit."""
    root.mkdir()
    for number in range(count):
        (root / f"清源县第{number + 1}镇人民政府.txt").write_text(facts_of(number), encoding="utf-8")
    return root


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, without the state of the batch itself."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".nianbao/" not in str(path.relative_to(root)) and path.suffix != ".xlsx"
    }


def outcome(root: Path) -> dict[str, Any]:
    """All that a batch has written, times and the notes of earlier runs aside."""
    found: dict[str, Any] = {}
    for name, content in tree(root).items():
        if name.endswith(".nianbao.json"):
            manifest = json.loads(content)
            manifest["result"].pop("seconds")
            found[name] = manifest
        elif name == "总览.html":
            found[name] = re.sub(r"\d+\.\d\d(?=</td>)", "", content.decode())
        else:
            found[name] = content
    return found
