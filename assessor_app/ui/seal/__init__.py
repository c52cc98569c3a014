"""The seal: what the earner will read, what is missing, what may reveal the assessor."""
