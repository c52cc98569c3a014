"""The evidence pane: page sets, text views, responses and what cannot be shown."""
