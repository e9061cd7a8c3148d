"""An announcement (ประกาศ): a piece of news in a board of a network, of which all its members are told.

1. It is a topic like others, said in the network's name: read by whom its board is open to, answered, changed, hidden.
2. Its coordinators announce, twice in seven days at most; the network's lock holds it.
3. Members are told DELAY later. Until then it can be taken back: the topic stays, and nobody was told.
4. Who muted the network, the board or the topic, blocked who announces, or turned the switch off, hears nothing.
"""
