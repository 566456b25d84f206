"""How people get into the accounts: logins, who gets in on the platform, and what must be changed when."""
