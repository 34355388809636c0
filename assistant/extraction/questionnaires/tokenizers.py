"""The tokenizers that answers are taken apart with."""

from __future__ import annotations

from functools import lru_cache

from assistant.extraction.lexicon import default_lexicon, default_units
from assistant.extraction.tables.labels import read_label
from assistant.extraction.tables.vocabulary import short_sets
from assistant.extraction.tokens import Tokenizer

__all__ = ["plain_tokenizer", "terse_tokenizer"]

_OTHER, _OTHER_BODY = "其他", "其他组织"


@lru_cache(maxsize=8)
def plain_tokenizer(year: int | None, version: str) -> Tokenizer:
    """Answers in words."""
    return Tokenizer(default_lexicon(), default_units(), year, version)


@lru_cache(maxsize=8)
def terse_tokenizer(year: int | None, version: str) -> Tokenizer:
    """Behind the numbers of the form, applicants are often written with one character: 一 20（自18企2）."""
    words, general = short_sets()[0]
    others = {char: word if word != _OTHER else _OTHER_BODY for char, word in general.items()}
    read = {char: read_label(word, year, version).columns for char, word in {**others, **words}.items()}
    named = {char: columns for char, columns in read.items() if columns and columns[0].key != "total"}
    extra: dict[str, dict[str, list[str]]] = {}
    for char, columns in named.items():
        extra.setdefault(columns[0].key, {"words": []})["words"].append(char)
    return Tokenizer(default_lexicon().extended({"applicant": extra}), default_units(), year, version)
