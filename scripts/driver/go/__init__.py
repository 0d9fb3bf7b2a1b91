"""Go binaries and toolchains: calls of everypc-go, findings, triage, comparisons."""
