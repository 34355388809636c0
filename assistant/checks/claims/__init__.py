"""What finished prose claims: passages, sentences, quantities, labels, breakdowns, changes."""
