"""Writes docs/settings.md from the settings themselves: ``python -m evals.settings_docs``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

from assistant.office.profile import RuleSettings, UnitSettings, described
from assistant.report import Contact
from assistant.resources import examples_dir

__all__ = ["PAGE", "main", "settings_page"]

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
_HEAD = """# 设置文件 nianbao.toml

由 `python -m evals.settings_docs` 生成，请勿手工修改。

一个单位、一个审核机关各自的情况写在 `nianbao.toml` 里，`nianbao check`、`draft`、`batch`、`chat` 和 `accept` 都会采用；
Python 接口用 `profile=` 指定，不会自行寻找。
按以下次序找，找到一个为止：

1. `--profile 文件` 指定的文件；
2. 年报所在文件夹（`batch` 为材料文件夹）里的 `nianbao.toml`；
3. 环境变量 `NIANBAO_CONFIG` 指定的文件，没有这个变量时为当前目录里的 `nianbao.toml`。

文件为 UTF-8 编码的 TOML，三个表都可以省略：`[unit]` 单位情况，`[rules]` 核对规则，`[model]` 语言模型（见 [models.md](models.md)，
只从第 3 种文件读取：别人发来的文件夹不能指定模型地址）。写错的项目会指出，并给出最接近的名称。命令行上写明的 `--org`、
`--level`、`--scope`、`--ignore` 优先。

例（`examples/profile/nianbao.toml`）：
"""
_TAIL = """
## 已接受的问题

某个问题经核实属于特殊情况的，用 `nianbao accept` 登记理由和姓名，以后核对时单独列出，不算错误，也不妨碍定稿：

```
nianbao accept 年报.docx T3_CROSS_YEAR --previous 去年年报.docx --where table3.carried_over.natural_person --reason 上年数据经审计调整 --person 张某
nianbao accept --list
nianbao accept 年报.docx T3_CROSS_YEAR --revoke
```

登记写在年报旁边的 `已接受问题.toml`（或 `--decisions` 指定的文件），按单位和年度对应，同一份年报换成别的格式仍然有效。
文件中以 # 开头的手写批注在登记和撤销时保留；紧挨在某一项上面的批注随该项一起撤销。
所依据的文字、单元格数据或者上年数据变化后自动失效，问题重新列出，并注明“原已接受，数据已变化”。

## 自动修正

`nianbao check 年报.docx --diff` 显示可以确定的修正，`--fix` 写出修正后的文件，`--fix --in-place` 直接修正原文件并保留 `.bak` 备份：

- 只改可以确定的：各项齐全的合计、标点（引用的法规名称除外）、错别字表中确定无疑的错字、法定的标题和表格文字、序号；
- 在原文件里改，格式和其他内容不动；写出前读回核对，改后问题仍在或者带来新问题的不改，并说明原因；
- 新文件写在原文件旁边，名为 `年报.修正.docx`，已有同名文件时编号，从不覆盖；
- PDF 不能直接修改，按读到的内容重新排成 Word 文件；旧版 Word（doc）先转换为 docx。
"""


def settings_page() -> str:
    """The page: how the file is found, an example, one table for each part."""
    example = (examples_dir() / "profile" / "nianbao.toml").read_text(encoding="utf-8")
    parts = [_HEAD, f"```toml\n{example.strip()}\n```\n"]
    for title, kind in (("[unit] 单位情况", UnitSettings), ("[rules] 核对规则", RuleSettings)):
        parts.append(f"\n## {title}\n\n| 项目 | 含义 | 默认 |\n|---|---|---|\n{_table(kind)}")
    return "".join(parts) + _TAIL


def _table(kind: type[UnitSettings] | type[RuleSettings]) -> str:
    words = described(kind)
    return "".join(
        f"| `{item.name}` | {words[item.name]} | {_shown(_default(item))} |\n" for item in fields(kind)
    )


def _default(item: Field[Any]) -> object:
    if item.default is not MISSING:
        return item.default
    return item.default_factory() if item.default_factory is not MISSING else None


def _shown(value: object) -> str:
    if value is None or value == Contact() or value in ("", {}, (), frozenset()):
        return ""
    if isinstance(value, Iterable) and not isinstance(value, str):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{value}`"


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(settings_page(), encoding="utf-8")
    print(f"{PAGE.name}: {len(PAGE.read_text(encoding='utf-8').splitlines())} lines")


if __name__ == "__main__":
    main()
