"""Lists that moderators keep: words, hosts, mail domains, parts of the net; and what follows where one is met.

1. A text is refused, waits, gets dots in the word's place, or moderators are told of it; who writes is told so, never silently.
2. Mail domains and parts of the net are asked at sign-up; where they say "hold", the first texts of such accounts wait.
3. An entry has a note, may end by itself, and is retired, never deleted; no process knows of an old list for longer than a commit.
4. Nothing is asked of any other service.
"""
