"""A standpoint is from where a member speaks in a topic: one of her networks, or as herself.

1. Her first post in the topic chooses, and it stays so.
2. Who has left the network since speaks as herself; marks made before stay.
3. Which networks speak in a topic, and how much, is counted here, under the topic's lock.
"""
