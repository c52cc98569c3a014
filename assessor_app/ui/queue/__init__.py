"""The list of packets: what is to be done and how far everything is."""
