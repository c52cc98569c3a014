"""Makes the artifacts of the sample submissions. No part of the program; nothing imports it."""
