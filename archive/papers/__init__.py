"""What is archived as PDF/A: the sheets, the text at its place, the cover."""
