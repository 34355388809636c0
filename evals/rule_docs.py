"""Writes docs/rules.md from the rules themselves: ``python -m evals.rule_docs``."""

from __future__ import annotations

from pathlib import Path

from assistant.checks.cards import rules_page

__all__ = ["PAGE", "main"]

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(rules_page(), encoding="utf-8")
    print(f"{PAGE.name}: {len(PAGE.read_text(encoding='utf-8').splitlines())} lines")


if __name__ == "__main__":
    main()
