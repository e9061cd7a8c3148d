"""What `seed_load` makes up: the same people, talk and networks each time."""
