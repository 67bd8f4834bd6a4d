"""Ghost's Admin API: what publishing tools of the staff write and read with a key."""
