"""What somebody asks for: a line of words and filters, read without ever failing, and the form beside it."""
