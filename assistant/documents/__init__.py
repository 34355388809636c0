"""What a file is: containers, text, blocks."""
