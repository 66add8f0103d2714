"""Arabic text without moving an offset: sentences, normal forms, bidi, shaping, layout."""
