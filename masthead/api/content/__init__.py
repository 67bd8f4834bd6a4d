"""Ghost's Content API: what anyone may see, for programs that hold a key."""
