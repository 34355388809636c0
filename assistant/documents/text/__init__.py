"""Plain text, Markdown and CSV: read into rows, and taken apart into tables and lines."""
