"""What an account shows of itself: the checklist, and the ready text."""
