"""``nianbao rules``: the list of rules, or the card of one."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rules", epilog="\b\n示例：\n  nianbao rules\n  nianbao rules T3_BALANCE")(rules)


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="规则代码", help="规则代码；省略时列出全部规则")
    ] = None,
) -> int:
    """列出全部核对规则，或说明其中一条。"""
    from assistant.checks import all_rules
    from assistant.checks.cards import rule_card
    from assistant.report.findings import SEVERITY_NAMES

    if code is not None:
        print(rule_card(code.upper()))
        return 0
    for rule in all_rules():
        print(f"{rule.code:<18} {SEVERITY_NAMES[rule.severity]}  {rule.title}")
    return 0
