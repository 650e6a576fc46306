"""Who can meet a need: filter in SQL, recall some hundreds, score them by pure numbers, explain.

``ranking.suppliers_for(need)`` is the way in; what recalls and scores may be replaced behind it.
"""
