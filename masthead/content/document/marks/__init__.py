"""One file per mark; adding a file here adds a mark."""
