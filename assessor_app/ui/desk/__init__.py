"""The desk: the packet, its evidence and the rubric beside each other."""
