"""From ratings to a report: which reads count, every figure, every verdict. No files here."""
