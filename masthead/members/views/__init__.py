"""Pages about signing in and the account."""
