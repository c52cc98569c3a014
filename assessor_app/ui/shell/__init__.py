"""The window around the screens: navigation, status, keys; no knowledge of what screens do."""
