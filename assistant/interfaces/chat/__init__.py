"""The chat: a conversation that becomes a report, with every turn a version."""
