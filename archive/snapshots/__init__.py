"""Snapshots: ordered, queued, taken, judged, and followed through campaigns to the last account."""
