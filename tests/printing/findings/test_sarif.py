"""Findings as SARIF 2.1.0: valid, true to the places in the file, known again in the next run."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator

from assistant.checks import all_rules
from assistant.checks.cards import rule_card
from assistant.checks.check_report import check_report
from assistant.printing.findings import FORMATS, Review
from assistant.reading import read_report
from tests.printing.findings.checked import checked, faulty, review, unreadable, write

_SCHEMA = json.loads((Path(__file__).parent / "sarif.schema.json").read_text(encoding="utf-8"))


def log(found: Review) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(str(FORMATS["sarif"].render(found)))
    return data


def run_of(found: Review) -> dict[str, Any]:
    run: dict[str, Any] = log(found)["runs"][0]
    return run


def repaired(text: str, fixes: list[dict[str, Any]]) -> str:
    """The text with the replacements made as a reader of SARIF makes them: by line and column, from the end."""
    lines = text.split("\n")
    changes = [r for fix in fixes for change in fix["artifactChanges"] for r in change["replacements"]]
    for change in sorted(
        changes,
        key=lambda c: (c["deletedRegion"]["startLine"], c["deletedRegion"]["startColumn"]),
        reverse=True,
    ):
        region = change["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        new = (
            line[: region["startColumn"] - 1]
            + change["insertedContent"]["text"]
            + line[region["endColumn"] - 1 :]
        )
        lines[region["startLine"] - 1] = new
    return "\n".join(lines)


@pytest.mark.parametrize("fmt", ["txt", "md", "html", "docx", "xlsx", "json"])
def test_the_log_is_valid(fmt: str, tmp_path: Path) -> None:
    found = review(checked(write(tmp_path, faulty(), fmt), accepted="TYPO"), unreadable())
    Draft202012Validator.check_schema(_SCHEMA)
    errors = [
        f"{list(e.absolute_path)}: {e.message}" for e in Draft202012Validator(_SCHEMA).iter_errors(log(found))
    ]
    assert errors == []


def test_every_finding_is_a_result_of_a_rule_that_explains_itself(tmp_path: Path) -> None:
    found = review(write(tmp_path, faulty(), "txt"))
    run = run_of(found)
    results, rules = run["results"], run["tool"]["driver"]["rules"]
    assert [r["message"]["text"] for r in results] == [i.finding.message for i in found.units[0].items]
    for result in results:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"] == rule_card(result["ruleId"])
    assert {rule["id"] for rule in rules} <= {rule.code for rule in all_rules()}
    levels = {r["ruleId"]: r["level"] for r in results}
    assert (levels["T4_SUM"], levels["TYPO"]) == ("error", "warning")


def test_offsets_find_the_words_in_the_text_and_lines_agree_with_them(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "txt")
    run = run_of(review(path))
    text = run["artifacts"][0]["contents"]["text"]
    assert text == path.read_text(encoding="utf-8")
    result = next(r for r in run["results"] if r["ruleId"] == "TYPO")
    region = result["locations"][0]["physicalLocation"]["region"]
    start = region["charOffset"]
    assert text[start : start + region["charLength"]] == region["snippet"]["text"] == "部暑"
    line = text.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "部暑"


def test_in_files_that_are_no_text_only_offsets_into_what_was_read_are_given(tmp_path: Path) -> None:
    run = run_of(review(write(tmp_path, faulty(), "docx")))
    regions = [
        place["physicalLocation"]["region"]
        for result in run["results"]
        for place in result["locations"]
        if "region" in place["physicalLocation"]
    ]
    assert regions
    assert not any("startLine" in region for region in regions)
    assert not any("fixes" in result for result in run["results"])
    text = run["artifacts"][0]["contents"]["text"]
    quoted = [region for region in regions if "snippet" in region]
    assert quoted
    for region in quoted:
        assert text[region["charOffset"] :].startswith(region["snippet"]["text"])


def test_cells_are_logical_locations_with_their_figures(tmp_path: Path) -> None:
    run = run_of(review(write(tmp_path, faulty(), "txt")))
    result = next(r for r in run["results"] if r["ruleId"] == "T4_SUM")
    cells = result["locations"][0]["logicalLocations"]
    assert cells[0]["fullyQualifiedName"] == "table4.review.total"
    assert cells[0]["properties"]["value"] == "4"
    assert len(cells) == 5


def test_certain_repairs_repair_the_file(tmp_path: Path) -> None:
    report = faulty().with_sections({"s6": "2023年未收取信息处理费;没有其他事项(含上年)。"})
    path = write(tmp_path, report, "txt")
    # the line ends of Windows are two characters, which only lines and columns survive
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    results = run_of(review(path))["results"]
    fixes = [fix for result in results for fix in result.get("fixes", ())]
    assert fixes
    text = path.read_text(encoding="utf-8")
    after = check_report(read_report(repaired(text, fixes).encode(), "年报.txt"))
    assert "PUNCT" in {r["ruleId"] for r in results}
    assert "PUNCT" not in {f.code for f in after.findings}


def test_fingerprints_last_when_other_words_change_and_differ_from_each_other(tmp_path: Path) -> None:
    def prints(path: Path) -> list[tuple[str, str]]:
        return [(r["ruleId"], *r["partialFingerprints"].values()) for r in run_of(review(path))["results"]]

    before = prints(write(tmp_path, faulty(), "txt"))
    longer = faulty()
    longer = longer.with_sections({"s1": longer.sections["s1"] + "\n全年各项工作按要求完成。"})
    after = prints(write(tmp_path, longer, "txt", "又一份"))
    assert set(before) <= set(after)
    assert len({name for _, name in before}) == len(before)


def test_accepted_findings_are_suppressed_with_their_reason(tmp_path: Path) -> None:
    run = run_of(review(checked(write(tmp_path, faulty(), "txt"), accepted="T4_SUM")))
    suppressed = [r for r in run["results"] if "suppressions" in r]
    assert [r["ruleId"] for r in suppressed] == ["T4_SUM"]
    assert suppressed[0]["suppressions"][0] == {
        "kind": "external",
        "status": "accepted",
        "justification": "经核实无误",
    }


def test_what_could_not_be_read_or_judged_is_a_notification(tmp_path: Path) -> None:
    run = run_of(review(write(tmp_path, faulty(), "txt"), unreadable()))
    invocation = run["invocations"][0]
    assert invocation["executionSuccessful"] is False
    notes = invocation["toolExecutionNotifications"]
    (failed,) = [n for n in notes if n["level"] == "error"]
    assert "图片" in failed["message"]["text"]
    place = failed["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (
        unquote(place["uri"])
        == unreadable().file
        == unquote(run["artifacts"][place["index"]]["location"]["uri"])
    )
    assert any(n["level"] == "note" and n["associatedRule"]["id"] == "JUMP" for n in notes)


def test_addresses_are_encoded_and_relative_below_the_present_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "各 单位#1"
    folder.mkdir()
    path = write(folder, faulty(), "txt", "年报 100%")
    monkeypatch.chdir(tmp_path)
    uris = [run_of(review(p))["artifacts"][0]["location"]["uri"] for p in (path, path.relative_to(tmp_path))]
    assert uris[0] == uris[1]
    assert re.fullmatch(r"[A-Za-z0-9%/._-]+", uris[0])
    assert unquote(uris[0]) == "各 单位#1/年报 100%.txt"
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert run_of(review(path))["artifacts"][0]["location"]["uri"] == path.as_uri()


@pytest.mark.parametrize("form", ["text", "xlsx", "sarif"])
def test_a_number_that_the_message_masks_is_not_spread_by_the_finding(form: str, tmp_path: Path) -> None:
    report = faulty().with_sections({"s6": "申请人李四，手机13812345678，未收取信息处理费。"})
    found = review(write(tmp_path, report, "txt"))
    printed = FORMATS[form].render(found)
    if isinstance(printed, bytes):
        with ZipFile(BytesIO(printed)) as archive:
            printed = "".join(archive.read(name).decode() for name in archive.namelist())
    if form == "sarif":
        run = json.loads(printed)["runs"][0]
        printed = json.dumps(run["results"], ensure_ascii=False)
    assert "138******78" in printed
    assert "13812345678" not in printed
