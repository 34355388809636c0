"""Numerals in every form a clerk writes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.numerals import find_numerals, fold, parse_chinese, parse_numeral, to_chinese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("1,318", 1318),
        ("1,904,573.79", Decimal("1904573.79")),
        ("24252.311082", Decimal("24252.311082")),
        ("1.29万", 12900),
        ("3万", 30000),
        ("2亿", 200_000_000),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("两千三百", 2300),
        ("两千三", 2300),
        ("两千零三", 2003),
        ("两百五", 250),
        ("三万九千四百零五", 39405),
        ("一万零六百九十", 10690),
        ("一万四千五百七十一", 14571),
        ("九千一百一十六点三六万", 91_163_600),
        ("二〇二二", 2022),
        ("廿三", 23),
        ("两万三", 23000),
        ("-18", -18),
        ("０", 0),
    ],
)
def test_reads_the_value(text: str, value: int | Decimal) -> None:
    assert parse_numeral(text) == value


@pytest.mark.parametrize("text", ["", "件", "十百", "千", "1-8", "12件", "点五"])
def test_refuses_what_is_not_one_numeral(text: str) -> None:
    assert parse_numeral(text) is None


@given(st.integers(0, 99_999_999))
def test_chinese_round_trip(number: int) -> None:
    assert parse_chinese(to_chinese(number)) == number


@given(st.text(max_size=60))
def test_folding_keeps_offsets_and_numerals_lie_inside(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    last = 0
    for found in find_numerals(folded):
        assert last <= found.start < found.end <= len(folded)
        last = found.end


def test_a_long_run_of_numeral_characters_is_noise() -> None:
    assert list(find_numerals("一" * 5000)) == []
