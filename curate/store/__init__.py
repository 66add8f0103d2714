"""The project file: the only door to SQLite."""
