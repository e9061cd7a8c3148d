"""A profile is what a network says of itself: registered by a member, kept by its coordinators.

1. Whoever registers a network is its first coordinator.
2. A form opened on an older version is refused, with what was typed still in it.
3. A new name brings a new address; the old one redirects for ever.
4. Once a year a coordinator confirms that all of it is still so, or strangers are told that nobody has.
"""
