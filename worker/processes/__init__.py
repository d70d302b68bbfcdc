"""The processes that a service consists of: the private Redis server, the workers, and who watches them."""
