"""A desk for each table: how it is found, what of it is shown, which acts it offers."""
