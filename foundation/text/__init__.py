"""Words: Japanese as people write it, names as they are searched, lists as they are read."""
