"""The statutory form as data: rows, columns, labels, sums and section titles of each version.

The TOML files beside this module are the only place that lists rows or columns; readers, rules, renderers, prompts and
the editing grid are driven by the objects loaded here. Legal source: 国办公开办函〔2021〕30号 (2021 form) and
国办公开办函〔2019〕60号 (2019 form).
"""

from assistant.forms.loader import FORM_VERSIONS, form_for_year, load_form
from assistant.forms.model import Aggregate, Block, CellKey, Column, Form, Identity, Row, Section, Table

__all__ = [
    "FORM_VERSIONS",
    "Aggregate",
    "Block",
    "CellKey",
    "Column",
    "Form",
    "Identity",
    "Row",
    "Section",
    "Table",
    "form_for_year",
    "load_form",
]
