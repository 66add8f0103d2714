"""One file per format: values to bytes and back. Pure: no store, no network."""
