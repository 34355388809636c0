"""Makes the certain repairs in the file a report came from, and changes nothing else in it."""

from assistant.fixing.fix import Left, Mended, Repair, mend

__all__ = ["Left", "Mended", "Repair", "mend"]
