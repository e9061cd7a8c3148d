"""A network's pages: its overview, topics, timeline, history, feed, and what its coordinators look after."""
