"""The rows of what others wrote and what we did about it; so far the rounds of oversight."""

from moderation.models.round import Round

__all__ = ["Round"]
