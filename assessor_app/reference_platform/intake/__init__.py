"""Intake: one folder of raw files in, one anonymised packet out, or every reason why not."""
