"""Drafts reports: the one way that every interface calls."""
