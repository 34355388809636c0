"""Reads registers, one request, case, document or decision a row, and counts them."""

from assistant.extraction.ledgers.reader import read_register

__all__ = ["read_register"]
