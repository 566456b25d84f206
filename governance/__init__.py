"""How the municipality decides: the project itself, and the kernel that every other app stands on."""

__version__ = "0.1.0"
