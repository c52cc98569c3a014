"""The tour: the main job end to end, done in the real window by mouse and key events alone."""
