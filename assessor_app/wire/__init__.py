"""The contract in Python, shared by client and platform: strict parse and dump."""
