"""A publication in the shape of Ghost's own export: `masthead export --ghost`."""
