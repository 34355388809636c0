"""Workbooks: read and changed in place."""
