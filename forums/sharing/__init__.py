"""What a link to a page of ours shows elsewhere: a picture drawn for it, what it says to machines, ways to send it on.

1. Only of what a visitor may read: all else has no picture (404), and its page names none.
2. A picture holds what does not age: no counts, no faces, nothing of a text. What it shows is its `Sketch`.
3. Its address carries a key made of the sketch, so it may be kept by anyone; under an old key one is sent to today's.
4. What a page tells machines stands on the page.
"""
