"""Speed, measured beside a peer in the same run; never asserted as seconds in a test."""
