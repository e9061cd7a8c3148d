"""What is said: boards, topics, their posts, and from where each is said."""
