"""Reports that are checked together: who belongs to whom, and last year's."""
