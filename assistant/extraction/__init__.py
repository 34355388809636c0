"""Turns what users say into Facts: the offline reader, and the checks that a fact is grounded in its source."""
