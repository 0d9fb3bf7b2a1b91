"""The driver: it builds a probe per target, runs it under its runner and turns its events into a verdict.

It never decides what a shot should do; that is the probe's. It relies on `make -s targets`, `make -s probe`
and the probe's event lines, and on nothing else of the C side. scripts/README.md says which package may know
which."""
