"""How far annotators agree: measures on values alone, with intervals and reasons."""
