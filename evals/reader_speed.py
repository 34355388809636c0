"""Measures how many messages of 500 characters the offline reader reads a second, against a plain scan for numbers (``python -m evals.reader_speed``)."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from assistant.extraction.sources import read_sources
from evals.cases import DATASETS, READER, load_cases

__all__ = ["CHARACTERS", "GOAL", "measure", "messages"]

CHARACTERS = 500
GOAL = 200.0
"""messages a second on one core"""
_NUMBER = re.compile(r"\d+(?:[,.]\d+)*|[零〇一二两三四五六七八九十百千万亿]+")
_SECONDS = 4.0


def messages() -> list[str]:
    """Messages of about 500 characters: what clerks wrote, cut at a line end, short ones put together."""
    files: list[Path] = [DATASETS / "samples.yaml", *sorted(READER.glob("tune_*.yaml"))]
    out: list[str] = []
    held = ""
    for case in load_cases(*files):
        held = f"{held}\n{case.text}".strip("\n")
        while len(held) >= CHARACTERS:
            cut = held.rfind("\n", 0, CHARACTERS)
            cut = cut if cut > CHARACTERS // 2 else CHARACTERS
            out.append(held[:cut])
            held = held[cut:].lstrip("\n")
    return out


def measure() -> tuple[float, float, float]:
    """Messages of 500 characters a second by the reader and by a plain scan for numbers, and mean characters a message."""
    texts = messages()
    mean = sum(map(len, texts)) / len(texts)
    read = _rate(texts, lambda text: read_sources({"message": text}, year=2024))
    scan = _rate(texts, lambda text: [match.group() for match in _NUMBER.finditer(text)])
    # shorter messages are read sooner: the rate is that of as many characters as full messages have
    return read * mean / CHARACTERS, scan * mean / CHARACTERS, mean


def _rate(texts: list[str], work: Callable[[str], object]) -> float:
    for text in texts[:20]:
        work(text)
    done, start = 0, time.process_time()
    while time.process_time() - start < _SECONDS:
        for text in texts:
            work(text)
        done += len(texts)
    return done / (time.process_time() - start)


def _report() -> int:
    read, scan, mean = measure()
    print(f"材料平均长度             {mean:8.0f} 字")
    print(f"离线读取（每份 500 字）  {read:8.0f} 份/秒（目标 {GOAL:g}）")
    print(f"只找数字                 {scan:8.0f} 份/秒")
    print(f"倍数                     {scan / read:8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(_report())
