"""Running probes: shards, processes, events, and who is to blame for a failure."""
