"""What is kept of a person, why and how long, as the registry says it: for everyone, and for a member with what she may do."""
