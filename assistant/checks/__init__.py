"""Checks a report by the rules of the catalogue: one file per rule, found by listing this package."""

from assistant.checks.context import CheckInput, RuleSettings
from assistant.checks.fixes import apply_certain
from assistant.checks.registry import Rule, all_rules, get_rule, run_rules

__all__ = ["CheckInput", "Rule", "RuleSettings", "all_rules", "apply_certain", "get_rule", "run_rules"]
