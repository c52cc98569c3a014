"""The words and rules of assessing micro-credentials: pure values, standard library only."""
