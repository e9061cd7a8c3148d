"""A poll asks one question in a topic, with an end: one choice, several, a ranking, or a date to find.

1. How it is counted, who may answer and who sees what is said before anybody answers; from the first answer on a trigger
   holds it.
2. A member has one ballot, held by the database; she may change it or take it back until the poll closes.
3. A ballot is a mark for each option, whatever the kind; what the ballots say together is kept on the poll's row, moved with
   each of them under its lock. So a page costs the same whoever has answered.
4. A secret poll tells nobody who chose what: what five said is told when five more have, all of it when it has closed.
5. `outcomes.outcome_for` is the one door to what was answered: pages, cards and notifications take it from there.
"""
