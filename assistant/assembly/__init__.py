"""Facts into figures: scopes of zero, the sums as constraints, contradictions, and the questions that remain."""

from assistant.assembly.assemble import Assembly, assemble

__all__ = ["Assembly", "assemble"]
