"""Topics near another: under every topic, and while a title is typed."""
