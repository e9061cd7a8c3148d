"""What everyone may see of a member: her page, her topics, her posts."""
