"""`python -m benchmarks [PART ...]`: measure all of it, or the parts that are named, each in a process of its own."""

import subprocess
import sys

PARTS = {
    "lists": "list pages, the data stream, the check",
    "captures": "snapshots per minute",
    "paper": "a tall page as PDF/A",
    "search": "words in 100,000 records",
    "export": "2 GB out of the archive",
}


def main(wanted: list[str]) -> int:
    """Run each part and answer whether all of them ran; what they print are figures, and nothing passes or fails."""
    if unknown := set(wanted) - set(PARTS):
        print(f"no such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    codes = []
    for part in wanted or PARTS:
        print(f"\n== {part}: {PARTS[part]}", flush=True)
        codes.append(subprocess.call([sys.executable, "-m", f"benchmarks.{part}"]))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
