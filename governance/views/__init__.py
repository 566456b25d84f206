"""The kernel's pages, one module per noun."""
