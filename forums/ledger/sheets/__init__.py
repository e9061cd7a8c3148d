"""A ledger as a file: out for Excel, and in by way of a page that shows what was read."""
