"""A standpoint is from where a member speaks in a topic: as herself, as a member of a network, or for it.

1. Who is in networks says it with each text: there is no silent default. What she said before in the
   topic is offered first.
2. She may say another from some post on; her earlier posts keep what was said with them, also when she
   has left the network.
3. Which networks speak in a topic, and how much, is counted here, under the topic's lock.
"""
