"""Drafts the reports of many units: reads a folder or list of units, keeps what is done, writes one index."""

from assistant.batch.options import BatchOptions
from assistant.batch.run import BatchRun, draft_batch
from assistant.batch.units import UnitInput, UnitResult, UnitState

__all__ = ["BatchOptions", "BatchRun", "UnitInput", "UnitResult", "UnitState", "draft_batch"]
