"""One module for each subcommand: `add` declares its arguments, `run` does the work and returns the exit code
and the last line."""
