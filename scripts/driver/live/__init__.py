"""Firing at a real program under its own runtime: plan, run, what came of each shot."""
