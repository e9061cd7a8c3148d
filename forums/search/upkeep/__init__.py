"""What keeps the index right afterwards: older forms, names that changed, how often each word stands."""
