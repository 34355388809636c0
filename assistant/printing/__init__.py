"""Prints reports, findings and the sources of every figure; nothing is computed in a template."""
