"""My networks: where I am, what waits for me, what I wait for."""
