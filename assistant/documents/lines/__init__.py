"""What a line of any material is: heading, field, quoted words; and which headings rule which blocks."""
