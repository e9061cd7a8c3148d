"""A voice is a network in a topic: who speaks from where, and how each network sees it.

1. From where each speaks is chosen once (`standpoints`); the mark stands on each post.
2. A topic has one stream. Networks are invited to it, or ask; a coordinator of the other side accepts
   (`TopicNetwork`). Only topics everyone may read are shared: what is private stays where it is.
3. Each network that takes part may set its own view beside it (`View`): signed, versioned, up to 500
   characters. It may take the topic off its own page again, never delete it.
4. Networks stand in the order they arrived; nothing here ranks by agreement.
"""
