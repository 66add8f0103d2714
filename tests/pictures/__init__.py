"""Pictures of the real workbench for the README and the manual: `python -m tests.pictures`."""
