"""Signing in through an account a person has elsewhere: LINE, Google, Facebook.

1. Each is off unless its keys are in the environment; without any, no page shows it and its addresses are 404.
2. What it says of an address joins nobody to an account that exists: she signs in, then connects it herself.
3. It is asked for two things only, its number for the person and her address; tokens are never kept.
4. It may be slow, broken or lying: whoever comes back from it waits some seconds at most, and reads what happened.
"""
