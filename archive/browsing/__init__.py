"""Looking at what is archived: page by page, over the years, and two pictures side by side."""
