"""The first step of a new member: what she cares about and where, three networks that fit, and hello.

1. Everything may be left out, and nothing is kept but her province, on her profile.
2. She is led here once, when she is in for the first time and was on the way to nothing else; home has a
   quiet line as long as she is in no network and has written nothing, and closed once it stays closed.
"""
