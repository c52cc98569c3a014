"""The limits on what goes into the worker and on what may come out, the same at both ends."""

MAX_INPUT_BYTES = 100 * 1024 * 1024
MAX_SOURCE_PIXELS = 64_000_000
"""A picture of more pixels is refused before it is decoded."""

MAX_PAGES = 500
MAX_PICTURES = 100
LONG_SIDE_PX = 2480
"""A3 at 150 dpi."""
DPI = 150
MAX_POINTS = 14_400 * 100
MAX_PAGE_IMAGE_BYTES = 24 * 1024 * 1024
MAX_WORDS = 20_000
MAX_WORD_BYTES = 1024

MAX_BLOCKS = 20_000
MAX_BLOCK_BYTES = 1024 * 1024
MAX_TABLE_ROWS = 5_000
MAX_TABLE_CELLS = 100_000
MAX_ROW_CELLS = 256
MAX_VIEW_BYTES = 4 * 1024 * 1024
"""All text of one view, about 700,000 words."""

MAX_IDENTITIES = 64
MAX_IDENTITY_BYTES = 512
MAX_COUNT = 10_000_000

MAX_SHOWN_SIDE_PX = 8192
MAX_SHOWN_PIXELS = 4096 * 4096

MAX_ANSWER_BYTES = 512 * 1024 * 1024
"""All frames of one answer together."""
