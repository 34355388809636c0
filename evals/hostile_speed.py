"""Measures how the time for hostile text grows with its length: drafting, revising, checking (``python -m evals.hostile_speed``).

A kind of text is one piece repeated: every word class of the lexicon, every mark, digits, numerals, tables, brackets. Work
that grows clearly faster than the text lets one user hold the others; then the exit code is 1. ``--size`` measures longer
texts, a word after it only kinds whose name contains it.
"""

from __future__ import annotations

import argparse
import gc
import math
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.drafting.pipeline import DraftOptions, draft_text
from assistant.errors import NianbaoError
from assistant.extraction.lexicon import default_lexicon
from assistant.interfaces.api import check, read, revise

__all__ = ["JOBS", "Growth", "kinds", "measure", "plainest"]

SIZE = 750
"""characters of the shortest of three texts; the others are twice and four times as long"""
LIMIT = 1.35
"""exponent of the growth that is still taken for linear: small parts of the work wait for larger texts to show"""
WORTH = 0.2
"""seconds the longest text must take for its growth to be told from noise"""
_OPTIONS = DraftOptions(org="青溪县水利局", year=2024)
_MARKS = "。，、；：！？,;:!?（）()[]【】《》“”\"'‘’—-－…·/|｜\\@#%&*+=~<>〔〕①　 \t\n\r_^$`{}"
_PIECES = {
    "数字": "7",
    "零": "0",
    "中文数字": "五",
    "百": "百",
    "小数": "3.",
    "千分位": "1,",
    "百分比": "5%",
    "占比": "予以公开5件，占5%；",
    "件数": "5件、",
    "不同件数": "{i}件、",
    "年份": "2024年",
    "短年份": "24年",
    "各年": "{y}年新收5件；",
    "日期": "3月5日",
    "序号": "{i}.\n",
    "一是": "一是加强公开；",
    "一句重复": "新收申请5件，都是自然人，予以公开3件。",
    "一行重复": "新收申请5件\n",
    "不同数": "新收{i}件。",
    "更正": "不对，新收应该是{i}件。",
    "作废": "第{d}条作废。\n",
    "不是": "不是维持，是纠正，",
    "问句": "处罚5件要不要填？",
    "均": "复议1件。均维持。",
    "大概均": "大概均维持。",
    "表二表三": "表二、表三没有、",
    "分别": "自然人、企业分别为3件、5件，",
    "箭头": "5→",
    "加号": "许可5+",
    "括号数": "新收5（3）",
    "不列": "处罚5件，不在此列，",
    "口径": "全区处罚5件，本局处罚3件。",
    "那件": "公司那件全部公开。",
    "公开分类": "公开5条：甲1条、",
    "活动": "发布信息5条，",
    "活动零": "平台零，转办0：",
    "问题": "存在问题：{i}号人手不足；",
    "登记簿": "3月{d}日 张{h} 申请公开征地批复 予以公开\n",
    "登记表": "{i}\t张{h}\t自然人\t2024-03-0{d}\t予以公开\n",
    "不认得的登记": "2024.3.{d}  李{h}  13{j}  要文件\n",
    "竖排表": "予以公开\n5\n",
    "长表行": "\t5",
    "竖线行": "|5",
    "逗号行": ",5",
    "空格行": " 5",
    "引文": "“存在的问题及改进{h}情况”，",
    "引用行": ">新收5件\n",
    "网址": "http://a.cn/{i}/",
    "字母": "a",
    "姓名": "张三",
    "空格": " ",
    "空格字": "a        ",
    "生僻字": "龘",
    "表情": "😀",
    "零宽": "\u200b",
    "键值": '{{"table3":[{i}]}},',
    "标签": "<table><tr><td>5",
}
"""pieces that are repeated; {i} counts up, {d} runs from 1 to 9, {h} through rare names, {y} through years, {j} is a number"""
_SHAPES: dict[str, Callable[[int], str]] = {
    "嵌套括号": lambda n: "（" * (n // 2) + "）" * (n // 2),
    "括号里的字": lambda n: "（新收5件" * (n // 6),
    "没有标点的长句": lambda n: "新收五件予以公开三件都是自然人" * (n // 15),
    "制表符行": lambda n: "新收" + "\t5" * (n // 2),
    "表": lambda n: "事项\t自然人\t企业\n" + "予以公开\t5\t3\n" * (n // 9),
    "竖线表": lambda n: "|事项|自然人|\n|--|--|\n" + "|予以公开|5|\n" * (n // 9),
    "宽表": lambda n: "自然人\t" * (n // 8) + "\n" + "5\t" * (n // 8),
    "空白后一字": lambda n: "新收" + " " * n + "x",
    "问号后空白": lambda n: "新收几件？" + " " * n + "\n",
    "长引号": lambda n: "去年年报：“" + "新收5件，" * (n // 5) + "”",
}


@dataclass(frozen=True)
class Growth:
    """Seconds for texts of one, two and four times a size; only the last where it is too short to tell."""

    job: str
    kind: str
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """What power of the length the time grows with, from the last doubling and from both; 0 where it was not measured."""
        if len(self.seconds) < 3:
            return 0.0
        once, twice, four = (max(s, 1e-4) for s in self.seconds)
        return min(math.log2(four / twice), math.log(four / once, 4))

    @property
    def steep(self) -> bool:
        """Whether the time grows clearly faster than the text."""
        return self.seconds[-1] > WORTH and self.exponent > LIMIT


def plainest(pattern: str) -> str:
    """The shortest spelling of a lexicon pattern: nothing that may be left out, the first of each choice."""
    while "[" in pattern:
        pattern = re.sub(r"\[[^\[\]]*\]", "", pattern)
    while "{" in pattern:
        pattern = re.sub(r"\{([^{}|]*)[^{}]*\}", r"\1", pattern)
    return pattern


def kinds() -> dict[str, Callable[[int], str]]:
    """Every kind of hostile text by its name: what gives one of a length in characters."""
    out = {f"标点{mark!r}": _repeated(mark) for mark in _MARKS}
    out |= {name: _repeated(piece) for name, piece in _PIECES.items()}
    return {**out, **_SHAPES}


def words() -> dict[str, Callable[[int], str]]:
    """One kind for each class of the lexicon, by turns bare and with a figure."""
    spelled: dict[tuple[str, str], str] = {}
    for pattern, entries in default_lexicon().words:
        spelled.setdefault((entries[0].kind, entries[0].key), plainest(pattern))
    out: dict[str, Callable[[int], str]] = {}
    for index, ((kind, key), word) in enumerate(spelled.items()):
        piece = f"{word}5件，" if index % 2 else word
        out[f"{kind}.{key} {piece}"] = _repeated(piece)
    return out


def _repeated(piece: str) -> Callable[[int], str]:
    if "{" not in piece or len(piece) == 1:
        return lambda n: piece * math.ceil(n / len(piece))
    return lambda n: "".join(_counted(piece, n))


def _counted(piece: str, size: int) -> Iterator[str]:
    made = index = 0
    while made < size:
        index += 1
        one = piece.format(
            i=index, d=index % 9 + 1, h=chr(0x4E00 + index % 5000), y=2000 + index % 99, j=100_000_000 + index
        )
        made += len(one)
        yield one


def _draft(text: str) -> None:
    draft_text(text, _OPTIONS)


def _revise(text: str) -> None:
    try:
        revise(_HELD, text)
    except NianbaoError:
        return


def _check(text: str) -> None:
    try:
        check(read(f"青溪县水利局2024年政府信息公开工作年度报告\n一、总体情况\n{text}".encode(), "年报.txt"))
    except NianbaoError:
        return


_HELD = draft_text("2024年新收申请5件，都是自然人，予以公开3件，部分公开2件。", _OPTIONS)
JOBS: dict[str, Callable[[str], None]] = {"草拟": _draft, "更正": _revise, "检查": _check}


def measure(job: str, kind: str, text: Callable[[int], str], size: int = SIZE) -> Growth:
    """The growth of one job's time for one kind; twice where it looks steep, because other programs take time too."""
    four = _seconds(job, text(4 * size))
    if four < WORTH / 2:
        return Growth(job, kind, (four,))
    grown = Growth(job, kind, tuple(_seconds(job, text(n * size)) for n in (1, 2, 4)))
    if not grown.steep:
        return grown
    again = Growth(job, kind, tuple(_seconds(job, text(n * size)) for n in (2, 4, 8)))
    return min(grown, again, key=lambda g: g.exponent)


def _seconds(job: str, text: str) -> float:
    gc.collect()
    start = time.process_time()
    JOBS[job](text)
    return time.process_time() - start


def _report(size: int, only: str) -> int:
    work = [("草拟", name, text) for name, text in (kinds() | words()).items()]
    work += [("检查", name, text) for name, text in kinds().items()]
    work += [("更正", name, _repeated(piece)) for name, piece in _PIECES.items()]
    work = [one for one in work if only in one[1]]
    for job in JOBS:
        _seconds(job, "新收申请5件。")
    grown = [measure(job, kind, text, size) for job, kind, text in work]
    for one in sorted(grown, key=lambda g: -g.seconds[-1]):
        if len(one.seconds) == 3:
            times = " ".join(f"{s:7.3f}" for s in one.seconds)
            ratio = one.seconds[2] / max(one.seconds[0], 1e-4) / 4
            print(f"{one.job} {times} 秒  比值/4 {ratio:4.1f}  指数 {one.exponent:4.2f}  {one.kind!r}")
    steep = [one for one in grown if one.steep]
    slowest = max(one.seconds[-1] for one in grown)
    print(
        f"{len(grown)} 项（{len(kinds())} 种文字、{len(words())} 种词），每项至多 {4 * size} 字，最慢 {slowest:.2f} 秒；超线性 {len(steep)} 项"
    )
    for one in steep:
        print(f"超线性：{one.job} {one.kind!r} 指数 {one.exponent:.2f}")
    return 1 if steep else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="量一量恶意文字的耗时是否随长度成比例增长")
    parser.add_argument("only", nargs="?", default="", help="只量名称含有这个词的几种")
    parser.add_argument("--size", type=int, default=SIZE, help="最短一份的字数")
    given = parser.parse_args()
    sys.exit(_report(given.size, given.only))
