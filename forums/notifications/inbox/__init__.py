"""A member's notifications: made of what actions told, shown, read, forgotten.

- One line for what is about one thing (`key`): what is told of it later joins it. Read and then told again, it is new again.
- Made by the worker in batches, each with its place in one transaction: killed at any moment, it tells nobody twice.
- Whether she may see it is asked when it is made, and again whenever it is shown. What she may see no more is neither
  shown nor opened, and read as soon as she looks: it is counted at the bell until then at most.
- Kept for 180 days, the newest 10,000 of a member.
"""
