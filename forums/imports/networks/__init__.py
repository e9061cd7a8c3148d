"""Made-up networks written for `seed_load`: a batch of records, all of them or none."""
