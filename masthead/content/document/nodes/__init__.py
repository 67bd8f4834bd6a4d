"""One file per node; adding a file here adds a node."""
