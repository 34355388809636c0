"""Reads sentences, list items, headings and form fields: a tree of clauses whose figures are placed by what stands around them."""

from assistant.extraction.sentences.reader import read_sentences

__all__ = ["read_sentences"]
