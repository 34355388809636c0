"""Holds what the lexicon promises: the longest word wins, an office's own words lead, and broken patterns are refused."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import InputError
from assistant.extraction.lexicon import Lexicon, default_lexicon, default_units
from assistant.extraction.spellings import spelling_count


def _lexicon(**rows: list[str]) -> Lexicon:
    return Lexicon().extended({"table3": {key: {"words": words} for key, words in rows.items()}})


def _found(lexicon: Lexicon, text: str, at: int = 0) -> tuple[str, list[str]] | None:
    match = lexicon.match(text, at)
    return None if match is None else (text[at : match[0]], [entry.key for entry in match[1]])


@pytest.mark.parametrize(
    ("pattern", "text", "word"),
    [
        ("予以公开", "予以公开12件", "予以公开"),
        ("予以公开", "予以公", None),
        ("[本年]新收[申请]", "新收申请5件", "新收申请"),
        ("[本年]新收[申请]", "本年新收5件", "本年新收"),
        ("[本年]新收[申请]", "本年", None),
        ("{没|没有}{结|有结果}", "没有结果", "没有结果"),
        ("[了][了得]办", "了得办", "了得办"),
        ("{收到|收}[{信息公开|公开}[的]]申请", "收到公开的申请", "收到公开的申请"),
        ("{撤|撤回}[了][申请]", "撤回了申请人", "撤回了"),
        ("没{结|结转}", "没结转", "没结转"),
        ("没结", "没结转", None),
    ],
)
def test_the_longest_spelling_is_found(pattern: str, text: str, word: str | None) -> None:
    found = _found(_lexicon(row=[pattern]), text)
    assert (found[0] if found else None) == word


def test_a_word_is_found_where_it_stands_and_nowhere_else() -> None:
    lexicon = _lexicon(a=["公开"], b=["部分公开"])
    text = "三件部分公开"
    assert [_found(lexicon, text, at) for at in range(len(text))] == [
        None,
        None,
        ("部分公开", ["b"]),
        None,
        ("公开", ["a"]),
        None,
    ]


def test_a_word_of_several_rows_names_them_all_and_the_office_speaks_first() -> None:
    own = _lexicon(ours=["撤回申请"], theirs=["撤回"]).extended(
        {"table3": {"office": {"words": ["撤回[申请]"]}}}
    )
    assert _found(own, "撤回申请") == ("撤回申请", ["office", "ours"])
    assert _found(own, "撤回") == ("撤回", ["office", "theirs"])


def test_loose_patterns_come_behind_exact_ones() -> None:
    loose = "{甲|乙|丙|丁|戊|己|庚}{甲|乙|丙|丁|戊|己|庚}"
    assert spelling_count(loose) == 49
    assert _found(_lexicon(exact=["甲乙"], loose=[loose]), "甲乙") == ("甲乙", ["exact", "loose"])


@pytest.mark.parametrize("pattern", ["[甲", "{甲|乙", "[甲]", "", "{甲|}", "甲{[乙}"])
def test_a_broken_pattern_is_refused_when_it_is_loaded(pattern: str) -> None:
    with pytest.raises(InputError, match="括号不配对或为空"):
        _lexicon(row=[pattern])


def test_unknown_sections_are_named() -> None:
    with pytest.raises(InputError, match="词表中没有“table9”这一类"):
        Lexicon().extended({"table9": {}})


def test_a_lexicon_can_be_sent_to_another_process() -> None:
    lexicon = default_lexicon()
    copy = pickle.loads(pickle.dumps(lexicon))
    text = "去年结转三件，本年新收政府信息公开申请二十六件，申请人撤回了申请"
    assert [copy.match(text, at) for at in range(len(text))] == [
        lexicon.match(text, at) for at in range(len(text))
    ]


def test_threads_that_read_at_once_find_the_same() -> None:
    text = "去年没办完转过来的三件，逾期不补正的两件，要求确认或重新出具的一件" * 3
    alone = [default_lexicon().match(text, at) for at in range(len(text))]
    fresh = Lexicon(default_lexicon().words)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda _: [fresh.match(text, at) for at in range(len(text))], range(16)))
    assert all(found == alone for found in together)


def test_units_are_no_words_and_words_no_units() -> None:
    assert default_units().lookup("万元")[0].key == "money"
    assert default_lexicon().lookup("万元") == ()
    assert default_lexicon().lookup("予以公开")[0].kind == "row"
