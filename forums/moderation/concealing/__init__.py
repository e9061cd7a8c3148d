"""Passages of a post that are hidden while the rest of it stands: what tells too much of somebody.

1. A mark stands in a passage's place in the text itself, in its earlier versions and its topic's title: so whatever is made
   of a text (pages, search, feeds, quotes, letters) never has the words. They are kept apart, sealed.
2. The same words are hidden in every post of the topic and the replies pinned there, in every spelling: whoever quoted
   them did not know.
3. A rule hides what the finder finds, until somebody has looked; moderators hide what they choose.
4. Who edits meanwhile keeps the mark or takes it out; nobody brings the words back.
5. Shown again, the words stand where their marks stand; a decision taken back shows what it hid, and nothing else.
"""
