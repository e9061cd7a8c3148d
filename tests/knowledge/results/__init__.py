"""What is told of votes."""
