"""What people send in from outside: told by its content, bounded, read in a process of its own, kept as it came."""
