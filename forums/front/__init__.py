"""Pages that gather several wings. They know nothing of each other, and nothing but the admin's wiring knows them."""
