"""Shrinks a case that fails until nothing can be taken away: as lines, by delta debugging."""
