"""Other programs over the network: what they propose for us, and what we propose for them."""
