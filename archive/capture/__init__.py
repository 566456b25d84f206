"""Takes a picture of a public web page as a citizen sees it, and never of anything inside the network."""
