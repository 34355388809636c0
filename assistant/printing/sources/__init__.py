"""Shows which words of the sources every figure and sentence of a draft comes from."""

__all__ = ["REVIEW", "REVIEW_LABEL", "REVIEW_SUFFIX"]

REVIEW, REVIEW_LABEL, REVIEW_SUFFIX = "review", "来源核对页", ".review.html"
"""the page that shows where every figure comes from; it prints a draft, not a report, so it is no entry of FORMATS"""
