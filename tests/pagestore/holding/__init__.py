"""An app of the tests: a template tag that waits, so that a rendering can be held between its queries and its end."""
