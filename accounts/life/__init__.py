"""An account from its proposal to its end: opened, changed, paused, lost, closed."""
