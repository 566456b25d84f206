"""Accounts that were there before Uppsikt: read in from a spreadsheet, with a day for their plan."""
