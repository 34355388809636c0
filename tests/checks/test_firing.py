"""Every rule fires where a person can see it: through the Python API as it is published, not only by calling its function."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant import AnnualReport, Finding, check, check_many, draft
from assistant.checks import all_rules
from tests.checks.cases import HERE, Case, cases_of, report_of

_DRAFTS = {"UNGROUNDED_NUMBER"}
"""rules about what a draft rests on; a finished report has no ledger"""


def _profile(settings: Mapping[str, Any], folder: Path) -> Path | None:
    """The settings of a case as an office writes them."""
    if not settings:
        return None
    path = folder / "nianbao.toml"
    path.write_text(
        "\n".join(["[rules]", *(f"{k} = {_toml(v)}" for k, v in settings.items())]), encoding="utf-8"
    )
    return path


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {_toml(one)}' for key, one in value.items()) + "}"
    return str(value).replace("'", '"')


def _found(case: Case, folder: Path) -> tuple[Finding, ...]:
    """What the published functions find in the report of a case, beside the neighbours the case gives it."""
    ctx, profile = case.input, _profile(case.raw.get("settings") or {}, folder)
    others = [report_of(raw) for kind in ("units", "peers") for raw in case.raw.get(kind) or ()]
    if others:
        last = None if ctx.previous is None else [ctx.previous]
        return check_many([ctx.report, *others], previous=last, profile=profile)[0].findings
    return check(ctx.report, previous=ctx.previous, profile=profile).findings


@pytest.mark.parametrize("code", [rule.code for rule in all_rules() if rule.code not in _DRAFTS])
def test_a_rule_fires_through_the_api(code: str, tmp_path: Path) -> None:
    failing = [
        case for case in cases_of(HERE / f"{code.lower()}.yaml") if case.expect and "facts" not in case.raw
    ]
    assert failing
    assert any(code in {f.code for f in _found(case, tmp_path)} for case in failing)


def test_a_figure_nobody_gave_is_found_in_a_reworded_draft() -> None:
    result = draft(
        "2023年没有收到申请，网站发布信息20条。其余都是0。", org="青溪县水利局", year=2023, engine="offline"
    )
    assert "UNGROUNDED_NUMBER" not in {f.code for f in check(result).findings}
    words = {"s1": f"{result.report.sections['s1']}组织培训5次。"}
    reworded = result.model_copy(update={"report": result.report.with_sections(words)})
    assert "UNGROUNDED_NUMBER" in {f.code for f in check(reworded).findings}


def test_last_years_report_may_be_a_file(tmp_path: Path) -> None:
    def saved(unit: str, year: int) -> Path:
        path = tmp_path / f"{unit}{year}.json"
        report = AnnualReport.model_validate({"org": {"name": unit}, "year": year})
        path.write_text(report.model_dump_json(), encoding="utf-8")
        return path

    def codes(previous: Path | str) -> set[str]:
        return {f.code for f in check(this, previous=previous, select=["WRONG_PREVIOUS"]).findings}

    this, last, other = saved("青溪县水利局", 2023), saved("青溪县水利局", 2022), saved("青溪县民政局", 2022)
    assert codes(last) == codes(str(last)) == set()
    assert codes(this) == codes(str(other)) == {"WRONG_PREVIOUS"}
    (result,) = check_many([str(this)], previous=[other, str(last)])
    assert "WRONG_PREVIOUS" not in {f.code for f in result.findings}
    assert "没有提供上年度报告" not in {one.reason for one in result.not_assessable}
