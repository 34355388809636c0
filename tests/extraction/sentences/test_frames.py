"""Every frame is shown by its examples, and every example is read as it says."""

from __future__ import annotations

import itertools

import pytest

from assistant.documents.reading_blocks import blocks_of_text
from assistant.extraction.lexicon import default_lexicon, default_units
from assistant.extraction.sentences.cutting import sentences_of, with_clear_rows
from assistant.extraction.sentences.frames import Frame, all_frames, made_in
from assistant.extraction.sentences.words import form_map
from assistant.extraction.tokens import Tokenizer
from assistant.forms import form_for_year
from assistant.numerals import fold

_EXAMPLES = [(frame, text, makes) for frame in all_frames() for text, makes in frame.examples]


@pytest.mark.parametrize(("frame", "text", "makes"), _EXAMPLES, ids=[text for _, text, _ in _EXAMPLES])
def test_an_example_is_read_as_it_says(frame: Frame, text: str, makes: str) -> None:
    form = form_for_year(2024)
    tokens = Tokenizer(default_lexicon(), default_units(), 2024).tokens(with_clear_rows(fold(text)))
    sentences = sentences_of(tokens, blocks_of_text(text).blocks, form_map(form))
    made = [p.makes for s in sentences for c in s.chunks for p in c.pieces if p.makes]
    assert made == makes.split()
    assert frame.makes in made


def test_every_frame_has_an_example() -> None:
    assert [frame.name for frame in all_frames() if not frame.examples] == []


def test_a_frame_never_lies_over_another() -> None:
    found = made_in("!N,NMN→N_N_N_N")
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
