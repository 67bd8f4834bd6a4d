"""What measurements run in a process of its own, mostly on the settings of a publication (MASTHEAD_DIR)."""
