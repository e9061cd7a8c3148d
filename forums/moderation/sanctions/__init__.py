"""What is held against a member for a time: a warning, silence, a suspension, a ban.

1. Each rests on a decision, which says why; it ends by itself when its time has come, or by a decision that takes it back.
2. Of each kind she has at most one at a time; a new one ends the one before it. Of warnings she may have several.
3. Silenced she reads and does not write; suspended or banned she is not let in, and is told why and until when.
4. Nothing waits for a job: who may write is a comparison, who comes back is let in when she signs in.
"""
