"""Word documents: read, pointed into, changed in place."""
