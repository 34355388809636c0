"""Who belongs together in a batch: names and years say so, folders help, and nobody is placed by a guess."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import pytest

from assistant.checks.together.areas import UnitName, named, same_unit
from assistant.checks.together.batches import Batch
from assistant.checks.together.previous import Earlier, Pairing
from assistant.checks.together.siblings import Beside, Family, Peers, Sibling
from assistant.report import AnnualReport
from tests.checks.cases import report_of


def _sibling(unit: str, year: int = 2023, **more: Any) -> Sibling:
    return Sibling.of(report_of({"unit": unit, "year": year, "rest": 0, **more}))


def _beside(unit: str, others: list[str], roster: tuple[str, ...] = ()) -> Beside:
    return Batch([_sibling(name) for name in [unit, *others]]).beside(0, roster)


def _units(beside: Beside) -> list[str]:
    return [unit.org.name for unit in beside.units]


@pytest.mark.parametrize(
    ("name", "areas", "body"),
    [
        ("邢台市清河县水利局", ("邢台市", "清河县"), "水利局"),
        ("清河县双庙镇人民政府", ("清河县",), "双庙镇"),
        ("双庙镇", (), "双庙镇"),
        ("县水利局", (), "水利局"),
        ("清河县人民政府", ("清河县",), ""),
        ("清河县人民政府办公室", ("清河县",), "人民政府办公室"),
        ("广州市城市管理和综合执法局", ("广州市",), "城市管理和综合执法局"),
        ("邢台市市场监督管理局", ("邢台市",), "市场监督管理局"),
        ("邢台市民政局", ("邢台市",), "民政局"),
        ("邢台市乡村振兴局", ("邢台市",), "乡村振兴局"),
        ("清河县文化市场综合执法局", ("清河县",), "文化市场综合执法局"),
        ("湘阳县住房和城乡建设局", ("湘阳县",), "住房和城乡建设局"),
        ("清河县社区矫正管理局", ("清河县",), "社区矫正管理局"),
        ("沙市区财政局", ("沙市区",), "财政局"),
        ("清河县新市镇人民政府", ("清河县",), "新市镇"),
        ("内蒙古自治区民政厅", ("内蒙古自治区",), "民政厅"),
        ("凉山彝族自治州民政局", ("凉山彝族自治州",), "民政局"),
        ("青岛市市北区香港路街道办事处", ("青岛市", "市北区"), "香港路街道"),
        ("#青山县水利局关于", ("青山县",), "水利局"),
    ],
)
def test_a_name_is_taken_apart(name: str, areas: tuple[str, ...], body: str) -> None:
    assert named(name) == UnitName(areas, body)


def test_one_unit_under_two_names() -> None:
    assert same_unit("县水利局", "青山县水利局")
    assert same_unit("双庙镇", "清河县双庙镇人民政府")
    assert not same_unit("清河县人民政府", "清河县人民政府办公室")
    assert not same_unit("清河县水利局", "临西县水利局")
    assert not same_unit("清河县人民政府", "民政局")


def test_a_countys_units_are_those_of_its_name() -> None:
    beside = _beside(
        "清河县人民政府", ["清河县水利局", "邢台市清河县双庙镇人民政府", "县民政局", "清河县人民政府办公室"]
    )
    assert len(_units(beside)) == 4
    assert beside.unclear == ()


def test_units_of_another_county_and_year_are_not_its_own() -> None:
    members = [_sibling("清河县人民政府"), _sibling("临西县水利局"), _sibling("清河县水利局", 2022)]
    assert Batch(members).beside(0).units == ()


def test_a_bare_name_among_several_counties_is_left_open_unless_the_roster_places_it() -> None:
    others = ["双庙镇人民政府", "清河县水利局", "临西县水利局"]
    assert _beside("清河县人民政府", others).unclear == ("双庙镇人民政府",)
    placed = _beside("清河县人民政府", others, ("双庙镇人民政府", "清河县水利局"))
    assert placed.unclear == ()
    assert _units(placed) == ["双庙镇人民政府", "清河县水利局"]


def test_a_city_sums_up_its_counties_and_departments_but_not_the_counties_units() -> None:
    others = ["邢台市民政局", "邢台市清河县人民政府", "邢台市清河县水利局", "清河县双庙镇人民政府"]
    assert _units(_beside("邢台市人民政府", others)) == ["邢台市民政局", "邢台市清河县人民政府"]


def test_a_county_whose_report_is_missing_is_not_skipped_in_silence() -> None:
    beside = _beside("邢台市人民政府", ["邢台市民政局", "邢台市清河县水利局"])
    assert beside.unclear == ("邢台市清河县水利局",)


def test_two_reports_of_one_unit_that_differ_are_not_summed() -> None:
    other = _sibling("清河县水利局", cells={"table3.granted.total": 4})
    batch = Batch([_sibling("清河县人民政府"), _sibling("清河县水利局"), other])
    assert (batch.beside(0).units, batch.beside(0).doubled) == ((), ("清河县水利局",))


def test_a_unit_with_two_reports_that_differ_has_no_siblings_until_one_is_left() -> None:
    other = _sibling("清河县水利局", cells={"table3.granted.total": 4})
    batch = Batch([_sibling("清河县水利局"), other, _sibling("清河县民政局")])
    assert (batch.beside(0).peers, batch.beside(0).unsettled) == (None, True)
    peers = batch.beside(2).peers
    assert peers is not None
    assert len(peers.family.members) == 1


def test_two_prints_of_one_report_count_once() -> None:
    batch = Batch([_sibling("清河县人民政府"), _sibling("清河县水利局"), _sibling("清河县水利局")])
    assert _units(batch.beside(0)) == ["清河县水利局"]


def test_folders_tell_batches_apart_where_names_do_not() -> None:
    one, two = PurePath("/a/one"), PurePath("/a/two")
    changed = _sibling("清河县水利局", cells={"table3.granted.total": 4})
    members = [_sibling("清河县人民政府"), _sibling("清河县水利局"), changed]
    batch = Batch([*members, _sibling("清河县民政局")], [one, one, two, two])
    assert _units(batch.beside(0)) == ["清河县水利局"]
    assert batch.beside(0).doubled == ()


def test_folders_of_one_county_are_one_batch() -> None:
    members = [_sibling(name) for name in ("清河县人民政府", "清河县水利局", "清河县双庙镇人民政府")]
    batch = Batch(members, [PurePath("/a"), PurePath("/a/部门"), PurePath("/a/乡镇")])
    assert len(batch.beside(0).units) == 2


def test_siblings_are_of_one_area_and_year() -> None:
    names = ["清河县水利局", "清河县民政局", "临西县水利局", "清河县人民政府"]
    peers = _beside(names[0], names[1:]).peers
    assert peers is not None
    assert [one.org.name for one in peers.family.members] == ["清河县水利局", "清河县民政局"]


def test_a_report_without_a_name_has_no_siblings() -> None:
    assert _beside("", ["清河县水利局"]).peers is None
    assert _beside("我局办公室", ["清河县水利局"]).peers is None


def test_looking_for_twins_does_not_compare_everybody_with_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many units make twice as many comparisons, even where all have sent the same text."""
    done = 0

    def counted(one: str, other: str) -> bool:
        nonlocal done
        done += 1
        return same_unit(one, other)

    def comparisons(count: int) -> int:
        nonlocal done
        done, text = 0, {"s1": "".join(_own(1))}
        members = [_sibling(f"清河县第{n}镇人民政府", sections=text) for n in range(count)]
        family = Family(members)
        assert all(Peers(member, family, member).twins(0.8) for member in members)
        return done

    monkeypatch.setattr("assistant.checks.together.siblings.same_unit", counted)
    assert comparisons(200) <= 2.2 * comparisons(100)


def _own(number: int) -> list[str]:
    """Four sentences that no other unit has."""
    digits = "零一二三四五六七八九"
    word = "".join(digits[int(digit)] for digit in str(number))
    return [
        f"面向村民小组{word}号张贴{what}的公开清单。"
        for what in ("惠民补贴", "宅基地审批", "救助对象", "项目资金")
    ]


def test_a_twin_is_found_among_hundreds_that_share_a_template() -> None:
    template = "建立信息发布审核制度并明确专人负责。在便民服务大厅设置政务公开专区供群众查阅。"
    texts = [template + "".join(_own(n)) for n in range(120)]
    texts[97] = texts[3]
    members = [_sibling(f"清河县第{n}镇人民政府", sections={"s1": text}) for n, text in enumerate(texts)]
    family = Family(members)
    (twin,) = Peers(members[3], family, members[3]).twins(0.8)
    assert (twin.sibling.org.name, twin.same) == ("清河县第97镇人民政府", 6)


def test_a_sibling_survives_being_stored() -> None:
    one = _sibling(
        "清河县水利局", cells={"table2.admin_fee.amount_wan": 1.5}, sections={"s1": "".join(_own(7))}
    )
    again = Sibling.model_validate_json(one.model_dump_json())
    assert again == one
    assert again.bare.tables == one.bare.tables


class TestPairing:
    def _find(self, name: str, year: int, *earlier: tuple[str, int | None], **more: Any) -> str | None:
        pairing = Pairing(Earlier(unit, when, f"{unit} {when}") for unit, when in earlier)
        return pairing.find(name, year, **more)

    def test_unit_and_year(self) -> None:
        assert self._find("清河县水利局", 2023, ("水利局", 2021), ("水利局", 2022)) == "水利局 2022"
        assert self._find("双庙镇人民政府", 2023, ("清河县双庙镇", None)) == "清河县双庙镇 None"

    def test_a_short_name_that_fits_two_units_is_nobodys(self) -> None:
        assert self._find("水利局", 2023, ("清河县水利局", 2022), ("临西县水利局", 2022)) is None

    def test_a_wrong_year_is_taken_only_to_be_named(self) -> None:
        assert self._find("水利局", 2023, ("水利局", 2023)) is None
        assert self._find("水利局", 2023, ("水利局", 2023), other_years=True) == "水利局 2023"

    def test_a_unit_that_has_got_another_name(self) -> None:
        renamed = {"清河县水务局": "清河县水利局"}
        assert (
            self._find("清河县水务局", 2023, ("清河县水利局", 2022), renamed=renamed) == "清河县水利局 2022"
        )


def test_reports_are_not_kept_whole() -> None:
    report = AnnualReport.model_validate(
        {"org": {"name": "清河县水利局"}, "sections": {"s1": "".join(_own(1))}}
    )
    assert "张贴" not in Sibling.of(report).model_dump_json()
