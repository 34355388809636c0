"""Files from strangers: every failure is one clear Chinese line, nothing hangs, nothing is written, no figure is guessed."""

from __future__ import annotations

import os
import random
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NoReturn
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from assistant.documents.opening import read_source
from assistant.errors import InputError
from assistant.printing.reports import render
from assistant.reading import read_report
from evals.lawful import lawful_report
from tests.reading.layouts import cms_page

REPORT = lawful_report(3)
MUTANTS = 2_000
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


def _bytes(fmt: str) -> bytes:
    printed = render(REPORT, fmt)
    return printed if isinstance(printed, bytes) else printed.encode()


def _with(base: bytes, **members: bytes) -> bytes:
    """An office file with some parts replaced; a double underscore in a name stands for a slash, a single for a dot."""
    parts = {name.replace("__", "/").replace("_", "."): data for name, data in members.items()}
    out = BytesIO()
    with ZipFile(BytesIO(base)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def _document(body: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<w:document {_W}><w:body>{body}</w:body></w:document>'.encode()


def _sheet(rows: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<worksheet {_S}><sheetData>{rows}</sheetData></worksheet>'.encode()


def _many_rows(count: int, columns: str) -> str:
    cells = "".join(f'<c r="{c}%d"><v>1</v></c>' for c in columns)
    return "".join(f'<row r="{i}">{cells % ((i,) * len(columns))}</row>' for i in range(1, count))


ATTACKS: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: _with(_bytes("docx"), word__document_xml=b"0" * 90_000_000),
    "dense.docx": lambda: _with(_bytes("docx"), word__document_xml=_document("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 40_000)),
    "entities.docx": lambda: _with(_bytes("docx"), word__document_xml=_document("<w:p><w:r><w:t>&b;&f;</w:t></w:r></w:p>", _ENTITIES)),
    "deep.docx": lambda: _with(_bytes("docx"), word__document_xml=_document("<w:tbl><w:tr><w:tc>" * 9_000 + "</w:tc></w:tr></w:tbl>" * 9_000)),
    "bomb.xlsx": lambda: _with(_bytes("xlsx"), xl__worksheets__sheet1_xml=_sheet(_many_rows(600_000, "A"))),
    "wide.xlsx": lambda: _with(_bytes("xlsx"), xl__worksheets__sheet1_xml=_sheet(_many_rows(20_000, "ABCDEFGHIJ"))),
    "entities.xlsx": lambda: _with(_bytes("xlsx"), xl__worksheets__sheet1_xml=_sheet("", _ENTITIES)),
    "shared.xlsx": lambda: _with(_bytes("xlsx"), xl__sharedStrings_xml=b"<sst><si><t>" + b"a" * 20_000_000),
    "renamed.docx": lambda: _with(_zip(), note_txt=b"hello"),
    "damaged.docx": lambda: _bytes("docx")[:9_000],
    "damaged.xlsx": lambda: _bytes("xlsx")[100:],
    "noise.txt": lambda: random.Random(1).randbytes(5_000_000),
    "noise.pdf": lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(50_000),
    "many lines.txt": lambda: "三、收到和处理政府信息公开申请情况\n".encode() + b"0\n" * 400_000,
    "many cells.txt": lambda: b"0\t" * 400_000,
    "spans.html": lambda: b"<table>" + b"<tr><td rowspan=99999 colspan=99999>a</td><td colspan=60>b</td></tr>" * 4_000 + b"</table>",
    "swollen.html": lambda: b"<p " + b"".join(b"a%d=1 " % i for i in range(200_000)) + b">x</p>",
    "large.html": lambda: b"<p>a</p>" * 800_000,
    "picture.docx": lambda: b"\x89PNG\r\n\x1a\n" + bytes(900),
    "archive.rar": lambda: b"Rar!\x1a\x07" + bytes(900),
    "old.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900),
    "program.doc": lambda: b"MZ" + random.Random(2).randbytes(5_000),
    "empty.txt": lambda: b"",
    "spaces.txt": lambda: b" \r\n\t\x00",
    "no words.html": lambda: b"<html><body><p></p></body></html>",
    "deep.json": lambda: b'{"a":' * 50_000,
    "huge number.json": lambda: b'{"year":' + b"9" * 9_000 + b"}",
    "infinite.json": lambda: b'{"tables":{"table3":{"granted":{"total":1e999}}}}',
    "form.json": lambda: b'{"form":"1999"}',
    "year.json": lambda: '{"year":"今年"}'.encode(),
    "table.json": lambda: b'{"tables":{"table3":[]}}',
    "cell.json": lambda: b'{"tables":{"table3":{"granted":{"total":[1]}}}}',
    "row.json": lambda: b'{"tables":{"table3":{"nothing":{"total":1}}}}',
    "org.json": lambda: b'{"org":5}',
    "large.txt": lambda: b"a" * 13_000_000,
    "deep.html": lambda: b"<div><table><tr><td>" * 60_000,
    "hundred megabytes.xlsx": lambda: _with(_bytes("xlsx"), xl__worksheets__sheet1_xml=_sheet(_many_rows(1_500_000, "AB"))),
    "truncated.docx": lambda: _bytes("docx")[:-400],
    "macros only.docm": lambda: _with(_zip(), word__vbaProject_bin=bytes(4_000)),
    "larger.docx": lambda: b"PK\x03\x04" + bytes(41_000_000),
}  # fmt: skip


def _zip() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("readme.md", "hello")
    return out.getvalue()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a reader reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def one_clear_line(error: InputError) -> None:
    text = str(error)
    assert "\n" not in text
    assert len(text) < 200
    assert re.search(r"[\u4e00-\u9fff]", text)
    assert "；" in text, "the line ends with the way out"


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_in_one_line(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        read_report(ATTACKS[name](), name)
    one_clear_line(caught.value)
    assert list(tmp_path.iterdir()) == []


_CHILD = """
import signal, socket, sys
from pathlib import Path
from assistant.errors import InputError
from assistant.reading import read_report
def refuse(*_): raise SystemExit("a reader reached for the network")
socket.socket.connect = refuse
for path in sorted(Path("files").iterdir()):
    print(path.name, file=sys.stderr, flush=True)
    signal.setitimer(signal.ITIMER_PROF, 10)
    try:
        read_report(path)
        raise SystemExit("was read")
    except InputError:
        signal.setitimer(signal.ITIMER_PROF, 0)
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""Reads all attacks one after the other; one that works longer than ten seconds kills the process. Prints its megabytes."""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the operating system")
def test_attacks_neither_hang_nor_eat_the_memory(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for name, make in ATTACKS.items():
        (files / name).write_bytes(make())
    command = [sys.executable, "-c", _CHILD]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 500, "megabytes"
    assert [p.name for p in tmp_path.iterdir()] == ["files"]
    assert sorted(p.name for p in files.iterdir()) == sorted(ATTACKS)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (apt)")
def test_a_damaged_old_word_file() -> None:
    with pytest.raises(InputError) as caught:
        read_report(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000), "a.doc")
    one_clear_line(caught.value)


def test_external_entities_of_a_page_are_not_fetched() -> None:
    page = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><html><body><p>前&f;后</p></body></html>'
    text = read_report(page.encode(), "a.html").printed
    assert text is not None
    assert "&f;" in text.text


def test_a_macro_file_is_read_without_its_macros() -> None:
    data = _with(_bytes("docx"), word__vbaProject_bin=bytes(4_000))
    assert read_report(data, "a.docm").tables == REPORT.tables


@pytest.mark.parametrize("path", ["不存在.docx", "."])
def test_paths_that_cannot_be_opened(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for reader in (read_report, read_source):
        with pytest.raises(InputError) as caught:
            reader(path)
        one_clear_line(caught.value)


def _mutate(data: bytes, rng: random.Random) -> bytes:
    kind = rng.randrange(6)
    out = bytearray(data)
    at = rng.randrange(len(out))
    if kind == 0:
        for _ in range(rng.randint(1, 30)):
            out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    elif kind == 1:
        del out[at:]
    elif kind == 2:
        del out[at : at + rng.randint(1, 400)]
    elif kind == 3:
        out[at:at] = rng.randbytes(rng.randint(1, 200))
    elif kind == 4:
        piece = out[at : at + rng.randint(1, 600)]
        out[at:at] = bytes(piece) * rng.randint(1, 8)
    else:
        end = rng.randrange(len(out))
        out[min(at, end) : max(at, end)] = out[min(at, end) : max(at, end)][::-1]
    return bytes(out)


def test_two_thousand_mutants_never_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rng = random.Random(20230131)
    page = cms_page(REPORT).encode()
    gbk = str(render(REPORT, "txt")).encode("gb18030")
    bases = [("docx", _bytes("docx")), ("xlsx", _bytes("xlsx")), ("html", _bytes("html")), ("htm", page), ("md", _bytes("md")),
             ("txt", _bytes("txt")), ("txt", gbk), ("json", _bytes("json"))]  # fmt: skip
    names = ["a.docx", "a.xlsx", "a.html", "a.txt", "a.md", "a.json", "a"]
    read = refused = 0
    for _ in range(MUTANTS):
        suffix, data = rng.choices(bases, weights=[4, 2, 3, 3, 3, 4, 4, 5])[0]
        name = f"a.{suffix}" if rng.random() < 0.8 else rng.choice(names)
        try:
            report = read_report(_mutate(data, rng), name)
        except InputError as error:
            one_clear_line(error)
            refused += 1
        else:
            assert set(report.tables) == {table.key for table in report.layout.tables}
            read += 1
    assert list(tmp_path.iterdir()) == []
    assert read > MUTANTS // 3, f"{read} read, {refused} refused"


def test_mutants_of_a_pdf_never_crash() -> None:
    rng = random.Random(7)
    pdf = _small_pdf()
    for _ in range(8):
        try:
            read_report(_mutate(pdf, rng), "a.pdf")
        except InputError as error:
            one_clear_line(error)


def _small_pdf() -> bytes:
    """A page with a line of text, written by hand."""
    stream = b"BT /F1 24 Tf 72 720 Td (2023 report 12) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = b"%PDF-1.4\n"
    for number, body in enumerate(objects, 1):
        out += b"%d 0 obj%s endobj\n" % (number, body)
    return out + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


def test_a_pdf_without_text_is_called_a_scan() -> None:
    blank = _small_pdf().replace(b"(2023 report 12)", b"( )             ").replace(b" Tj", b"   ")
    with pytest.raises(InputError, match="扫描件"):
        read_report(blank, "a.pdf")
    assert read_report(_small_pdf(), "a.pdf").printed is not None
