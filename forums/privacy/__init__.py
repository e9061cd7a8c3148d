"""What is kept of people because the law asks for it or they agreed to it, and what they may ask of it."""
