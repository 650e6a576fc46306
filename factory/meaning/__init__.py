"""What texts mean, as numbers: read once by a worker, compared across languages, never in a request.

``reading`` makes and keeps a :class:`Reading` of each text; ``comparing`` says how well texts agree.
"""
