"""What is decided about topics beside hiding, closing and moving them: how fast, till when and where they are found;
what of them stands elsewhere.

1. A network's moderators decide it in their boards; what the site's moderators decided only they take back.
2. Nothing waits for a job: a topic that closes at a time is closed by comparison, when somebody would write.
3. What is split off or merged keeps its links: a post's own address leads to where it stands, and old numbers do too.
4. A split and a merge can be taken back for a week, with what was written there since.
"""
