"""The texts that are on the screen before the kill."""

RESPONSE = "Nineteen of 26 answers were correct"
CRITERION = "Context and need"
FEEDBACK = "The larkspur of this plan is its patience."
