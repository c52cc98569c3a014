"""The sync centre: where every review is, what waits and what came back."""
