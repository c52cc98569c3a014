"""What the app can do, as verbs; the only door for screens and commands."""
