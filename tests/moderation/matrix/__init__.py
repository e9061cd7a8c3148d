"""Every act × everybody, enumerated from the code: an act that stands in no table here fails."""
