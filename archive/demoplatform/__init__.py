"""Torget: a made-up social network on loopback, so that the demo and the tests need no internet."""
