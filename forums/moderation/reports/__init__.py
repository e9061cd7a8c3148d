"""What members report (แจ้งปัญหา): of a post, a topic, a person, whatever stands there for others to see.

1. One open report a person and thing; what several report of one thing waits as one case.
2. A report weighs what its reporter has shown of herself: her level, and how often she was right.
3. A thing hides itself when enough weight comes from two who share no network; a moderator's decision ends that.
4. Whose thing it is never learns who reported; who reported hears what became of it, never who decided.
"""
