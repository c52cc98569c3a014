"""Untrusted artifacts become pixels and text, in a confined process of their own."""
