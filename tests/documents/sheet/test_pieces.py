"""What stands around the table of a sheet is no row of it."""

from __future__ import annotations

from assistant.documents.parts import RawCell
from assistant.documents.splitting import pieces_of


def test_a_signed_row_below_the_table_hides_no_note_above_it() -> None:
    words = [
        ["月份", "许可"],
        ["1月", "3"],
        ["2月", "4"],
        ["说明：含补录1件。", ""],
        ["填表：王某　审核：李某　2022年1月7日", ""],
    ]
    rows = [
        [RawCell(w, 10 * y + x) if w else None for x, w in enumerate(line)] for y, line in enumerate(words)
    ]
    pieces = list(pieces_of(rows))
    assert [len(piece.grid) for piece in pieces if piece.grid] == [3]
    assert [piece.words for piece in pieces if piece.words] == ["说明：含补录1件。", words[-1][0]]
