"""What stands before a run: targets, cases, set-up, and the calls of make that build the probes."""
