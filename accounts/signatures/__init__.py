"""Who signs and approves a plan, here and on paper, and how a paper is known again."""
