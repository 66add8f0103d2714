"""Hostile input at every door: damaged, truncated, spliced with what breaks programs."""
