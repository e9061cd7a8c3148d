"""An opening is a topic's own text, its post number 0: started, changed and taken back with the topic.

1. One form filled in once is one topic, however often it is sent.
2. Only its author changes it, while it is open; every version stays readable.
3. It is deleted by its author only while nobody has answered.
"""
