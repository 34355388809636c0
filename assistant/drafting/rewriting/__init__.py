"""Lets a model word the prose more formally, with slots in place of figures and a fact diff that guards every paragraph."""

from assistant.drafting.rewriting.rewrite import rewrite_prose

__all__ = ["rewrite_prose"]
