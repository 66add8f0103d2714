"""curate: a terminal workbench for gold-standard event frames from Arabic news."""
