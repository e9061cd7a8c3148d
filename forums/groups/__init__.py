"""Who works together: networks, who is in them, the organisations behind them, and what they say of themselves."""
