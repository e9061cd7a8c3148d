"""An organisation (องค์กร) is a body with a name of its own: a ministry's office, a firm, a village's fund.

1. It becomes a member of a network when both sides have confirmed.
2. A member may say that she represents it; a coordinator of the organisation, or of a network it is
   in, confirms that, or takes it back.
3. A name is one organisation's, as with networks.
"""
