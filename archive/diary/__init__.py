"""The handover of records to the diary of their authority (OSL 5:1-2, R-MOD-4, R-ARCH-3)."""
