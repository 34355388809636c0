"""The settings of an office: read from one file, explained in one page, honoured by the rules and by drafts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import check, draft, revise
from assistant.checks import CheckInput, RuleSettings, run_rules
from assistant.drafting.pipeline import DraftOptions
from assistant.errors import UsageError
from assistant.office.profile import Profile, UnitSettings, find_profile, load_profile
from assistant.report import Level, Scope, UnitKind, UnitProfile
from assistant.report.findings import Severity
from assistant.resources import examples_dir
from evals.lawful import lawful_report
from evals.settings_docs import PAGE, settings_page

FULL = """
[unit]
name = "清河县水利局"
level = "department"
kind = "department"
scope = "organ"
may_make_rules = false
[unit.contact]
phone = "0310-1234567"
[rules]
deadline = "1月20日"
overview_limit = 1500
disabled = ["LENGTH"]
jump_range = [0.5, 2]
[rules.severity]
PUNCT = "提示"
TYPO = "error"
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "nianbao.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    profile = load_profile(_file(tmp_path, FULL))
    assert profile.unit.level is Level.DEPARTMENT
    assert (profile.unit.kind, profile.unit.scope) == (UnitKind.DEPARTMENT, Scope.ORGAN)
    assert profile.unit.contact.phone == "0310-1234567"
    assert profile.rules.deadline == (1, 20)
    assert profile.rules.disabled == {"LENGTH"}
    assert profile.rules.severity == {"PUNCT": Severity.INFO, "TYPO": Severity.ERROR}
    assert profile.rules.jump_range == (0.5, 2.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rules]\ndeadlin = "1-20"\n', "最接近的是“deadline”"),
        ('[unit]\nleval = "town"\n', "最接近的是“level”"),
        ('[unit.contact]\nfone = "1"\n', "最接近的是“phone”"),
        ("[rule]\n", "最接近的是“rules”"),
        ('[unit]\nlevel = "village"\n', "“level”的值不合要求"),
        ('[rules]\ndeadline = "2-30"\n', "“deadline”的值不合要求"),
        ("[rules]\noverview_limit = 0\n", "“overview_limit”的值不合要求"),
        ('[rules.severity]\nPUNCT = "ask"\n', "“severity.PUNCT”的值不合要求"),
        ("rules = 1\n", "写作 \\[rules\\]"),
        ("[rules]\n\n=\n", "第 3 行"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        load_profile(_file(tmp_path, text))
    assert "\n" not in str(caught.value)
    assert "；请" in str(caught.value)


def test_an_unknown_rule_is_named_with_its_neighbour() -> None:
    ctx = CheckInput(lawful_report(1))
    for settings in (
        RuleSettings(disabled=frozenset({"LENGHT"})),
        RuleSettings(severity={"LENGHT": Severity.INFO}),
    ):
        with pytest.raises(UsageError, match="最接近的是“LENGTH”"):
            run_rules(replace(ctx, settings=settings))


def test_the_file_beside_the_reports_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    near, here = tmp_path / "年报", tmp_path / "当前"
    near.mkdir()
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("NIANBAO_CONFIG", raising=False)
    assert find_profile(near) == Profile()
    _file(here, "[rules]\noverview_limit = 1100\n")
    assert find_profile(near).rules.overview_limit == 1100
    _file(near, "[rules]\noverview_limit = 1200\n")
    assert find_profile(near).rules.overview_limit == 1200
    given = tmp_path / "另一个.toml"
    given.write_text("[rules]\noverview_limit = 1300\n", encoding="utf-8")
    assert find_profile(near, given).rules.overview_limit == 1300
    with pytest.raises(UsageError, match="--profile"):
        find_profile(near, tmp_path / "没有.toml")


def test_settings_of_another_unit_are_not_used() -> None:
    unit = UnitSettings(name="清河县水利局", may_make_rules=True)
    own, other = UnitProfile.infer("清河县水利局"), UnitProfile.infer("双庙镇人民政府")
    assert unit.over(own).may_make_rules is True
    assert unit.over(other) is other
    assert unit.over(UnitProfile()).name == "清河县水利局"
    assert UnitSettings(level=Level.TOWN).over(other).level is Level.TOWN


def test_the_kind_decides_what_a_rule_asks_for() -> None:
    town = UnitProfile.infer("双庙镇人民政府")
    assert town.is_government
    assert not UnitSettings(kind=UnitKind.DEPARTMENT).over(town).is_government


def test_severity_and_switches_are_honoured() -> None:
    report = lawful_report(3).with_sections({"s5": "存在问题.主要包括政策解读较少。"})
    ctx = CheckInput(report, settings=RuleSettings(severity={"punct": Severity.ERROR}))
    (found,) = [f for f in run_rules(ctx)[0] if f.code == "PUNCT"]
    assert found.severity is Severity.ERROR
    silent = replace(ctx, settings=RuleSettings(disabled=frozenset({"PUNCT"})))
    assert "PUNCT" not in {f.code for f in run_rules(silent)[0]}


def test_a_draft_takes_the_unit_and_the_command_line_wins() -> None:
    unit = UnitSettings(name="清河县水利局", level=Level.COUNTY, may_make_rules=True)
    assert DraftOptions(unit=unit).profile().name == "清河县水利局"
    assert DraftOptions(unit=unit).profile().may_make_rules is True
    assert DraftOptions(unit=unit, level=Level.DEPARTMENT).profile().level is Level.DEPARTMENT
    assert DraftOptions(unit=unit, org="双庙镇人民政府").profile() == UnitProfile.infer("双庙镇人民政府")


def test_the_api_uses_the_profile_it_is_given_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path, '[unit]\nname = "清河县水利局"\nlevel = "county"\n[rules]\ndisabled = ["PUNCT"]\n')
    monkeypatch.chdir(tmp_path)
    words = "2024年新收3件，都是自然人，予以公开3件，没有结转。"
    assert draft(words).report.org.name == ""
    made = draft(words, profile=path)
    assert (made.report.org.name, made.report.org.level) == ("清河县水利局", Level.COUNTY)
    assert draft(words, profile=path, org="双庙镇人民政府").report.org.level is Level.TOWN
    changed = revise(made, "把新收的自然人改成4", profile=path)
    assert changed.report.org == made.report.org
    report = lawful_report(3).with_sections({"s5": "存在问题.主要包括政策解读较少。"})
    assert "PUNCT" in {f.code for f in check(report).findings}
    assert "PUNCT" not in {f.code for f in check(report, profile=path).findings}
    with pytest.raises(UsageError, match="没有"):
        draft(words, profile=tmp_path / "没有.toml")


def test_the_page_is_current_and_its_example_is_read() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page(), "run: make docs"
    example = load_profile(examples_dir() / "profile" / "nianbao.toml")
    assert example.unit.name
    assert example.rules.deadline
