"""How much of a file that somebody sent is read, drawn or listed; beyond that it is kept, and only handed out."""

MEGABYTE = 1024 * 1024
# The largest file of each kind; what a platform exports has the bound of the installation (UPLOAD_MAX_BYTES).
LARGEST_PICTURE = 60 * MEGABYTE
LARGEST_DOCUMENT = 300 * MEGABYTE
LARGEST_PAGE = 100 * MEGABYTE
MOST_FILES = 30

# Pictures.
MOST_PIXELS = 60_000_000  # a page of 1280 points and a height of 45,000; four bytes each in memory
LONGEST_SIDE = 65_000  # no JPEG is longer
QUALITY = 85

# PDFs.
MOST_PAGES = 150
PAGE_WIDTH = 1280
PAGE_PIXELS = 40_000_000
PAGE_LONGEST = 30_000
PAGE_LETTERS = 50_000

# Text, wherever it stands.
MOST_LETTERS = 500_000
READ_OF_PAGE = 40 * MEGABYTE
READ_OF_DATA = 40 * MEGABYTE
MOST_PARTS = 50

# Packed files.
MOST_LISTED = 300
NAME_LETTERS = 200
MOST_MEMBERS_READ = 200
READ_OF_MEMBER = 2 * MEGABYTE
READ_OF_PACK = 30 * MEGABYTE

# The process that reads.
SECONDS = 60
MEMORY = 2048 * MEGABYTE
LARGEST_WRITTEN = 100 * MEGABYTE
