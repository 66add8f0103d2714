"""The values curate works with: frozen dataclasses that import nothing but Python."""
