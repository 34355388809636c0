"""Writes the prose of a report in formal Chinese without a model: what the user did not say is not claimed."""

from assistant.prose.compose import compose
from assistant.prose.figures import Figure, figures_of
from assistant.prose.heading import preamble_of, title_of
from assistant.prose.model import Prose, ProseSlot

__all__ = ["Figure", "Prose", "ProseSlot", "compose", "figures_of", "preamble_of", "title_of"]
