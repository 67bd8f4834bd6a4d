"""The page store: finished responses by (address, Reader key), and the server that answers from it."""
