"""The screen for a review whose packet or rubric has a new version: both beside each other."""
