"""The corpus as a whole: copies among its texts, their quality, samples, splits and releases."""
