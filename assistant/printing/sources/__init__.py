"""The page that shows where each figure comes from."""
