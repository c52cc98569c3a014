"""Statistics of ratings: how far assessors agree, and how sure we can be. Pure numpy and scipy."""
