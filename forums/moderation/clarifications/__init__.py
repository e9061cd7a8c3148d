"""The right of reply: whoever is named in a topic may ask that her side be pinned under its text.

1. Any member asks, also one of a network or an organisation that is named; how she is meant is read by moderators only.
2. It can be asked for while the topic can be read, also where it is closed to replies or she may not write.
3. Moderators decide: it stands under the topic's text, labelled and under her name, or she is told why not. Who wrote the
   topic does not decide.
4. She may take it back at any time; a moderator takes it down with a reason, and can pin it again.
5. A topic without one costs its page nothing: the topic's own row says whether to ask.
"""
