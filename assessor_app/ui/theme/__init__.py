"""Colours, lengths, fonts and icons of every screen, light and dark, at any text size."""
