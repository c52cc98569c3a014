"""The many-facet partial-credit model: who is harsh, what is hard, and how sure we are."""
