"""Each resource as programs of the staff see it."""
