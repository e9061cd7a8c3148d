"""Who comes to an activity: answers, the waiting list that moves up, and the page where one says so."""
