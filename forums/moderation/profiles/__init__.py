"""What a member says of herself, taken off by moderators. Nothing of it is kept, so nothing takes it back."""
