"""A whole publication in files: out with `masthead export`, in again with `masthead import masthead`."""
