"""The terminal workbench: the only door to Textual."""
