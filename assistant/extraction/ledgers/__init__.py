"""Reads registers, one request, case, document or decision a row, and counts them."""

from assistant.extraction.ledgers.declaring import kinds_declared
from assistant.extraction.ledgers.reader import Register, read_registers

__all__ = ["Register", "kinds_declared", "read_registers"]
