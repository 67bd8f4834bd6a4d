"""Ghost's stored forms of a post, read and written."""
