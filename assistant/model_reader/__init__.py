"""The reading of a language model: what is asked, what was answered, what of it may stand."""
