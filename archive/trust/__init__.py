"""Trust in what is kept: seals over the records, checks of every byte, locks, and what is left over swept away."""
