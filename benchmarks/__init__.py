"""How the product bears a municipality ten times a large one: timed by `script/benchmark`, never by the tests."""
