"""From what several annotators say to gold: what they share, and rulings on the rest; pure."""
