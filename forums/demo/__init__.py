"""The demo community: made-up people in made-up places, so that a fresh machine has something to read.

1. Nothing in content/ is copied; no person, place or organisation in it exists, addresses are example.org's.
2. It goes through the same actions as the site, under a clock that stands in the past: numbers,
   counters, histories and decisions are those of a real talk, and nobody writes faster than allowed.
3. It fills an empty database and touches no other.
4. The house itself (boards, pages, links) can be set up without the people.
"""
