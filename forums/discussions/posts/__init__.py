"""A post (ข้อความ) is one text in a topic.

1. Number 0 is the topic's own text. A comment (ความคิดเห็นที่ 5) has `number` 5 and `reply_number` 0.
2. A reply (5-2) keeps its comment's `number` and counts `reply_number` up under it; `root` is the
   comment, `parent` the post it answers, always older. So a page is a range of numbers.
3. What was typed is kept, and beside it the HTML with the renderer's version.
4. Nothing vanishes: hidden and deleted posts stay as placeholders, edits keep every version.
5. Two reactions, counted apart, one of each a member; neither sorts anything.
"""
