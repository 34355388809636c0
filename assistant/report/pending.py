"""How a figure that waits to be confirmed is told in print, for the renderers that write it and the readers that leave it out."""

__all__ = ["PENDING_LEAD", "PENDING_SIGN", "UNCONFIRMED"]

PENDING_SIGN = "※"
"""stands behind the figure where no colour can"""
PENDING_LEAD = "待核对："
"""begins the line below the title that says how many such figures there are"""
UNCONFIRMED = "只有一处说法，或者说法不够明确"
"""why it waits"""
