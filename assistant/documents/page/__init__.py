"""Web pages: read and changed in place."""
