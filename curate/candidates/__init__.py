"""Producers of candidates: pure functions of a document, a schema and the seeds."""
