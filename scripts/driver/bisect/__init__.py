"""From a red run to the commit, or to the table entries, that made it red."""
