"""Reads tables of figures: statistics and comparison sheets, pivots, and the official tables typed or pasted."""
