"""A small real platform for pilots, demonstrations and tests."""
