"""No test sees the settings of the machine."""

from tests.llm.conftest import _own_settings

__all__ = ["_own_settings"]
