"""What is marked secret: set and lifted, its files apart, its words out of the log."""
