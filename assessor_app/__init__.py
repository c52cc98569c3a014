"""Offline, double-blind review of micro-credential submissions."""
