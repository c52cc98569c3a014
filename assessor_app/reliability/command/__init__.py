"""The command `reliability`: files in, a report out."""
