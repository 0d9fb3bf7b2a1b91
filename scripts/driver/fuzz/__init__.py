"""Seed after seed of random programs: what was covered, what was found, and which seed is next."""
