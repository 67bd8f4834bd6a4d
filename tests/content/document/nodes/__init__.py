"""Every node and mark: examples in the YAML files, and what is wrong with each said by its place."""
