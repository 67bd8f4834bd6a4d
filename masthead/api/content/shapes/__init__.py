"""Each resource as clients see it: fields by an allow-list, everything else absent."""
