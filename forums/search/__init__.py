"""Finding topics again by the words of their titles, and boards and tags by name.

The words of a title are segmented when it is written (`Topic.title_words`); searching the texts
of posts comes with an index of its own.
"""
