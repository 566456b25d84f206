"""Handing out public documents: a request, what it is about, the secrecy review, masked copies, letters."""
