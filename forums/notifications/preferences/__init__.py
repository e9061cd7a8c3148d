"""What a member wishes to be told of, and where: kinds by ways.

- A kind is told by every way it has, unless she turned one off.
- What cannot be turned off says so.
"""
