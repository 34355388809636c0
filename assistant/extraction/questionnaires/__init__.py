"""Reads forms and questionnaires: a label and its answer, ticked boxes, figures given by the numbers of the form."""

from assistant.extraction.questionnaires.columns import tells_applicants
from assistant.extraction.questionnaires.reader import read_form

__all__ = ["read_form", "tells_applicants"]
