"""``make bench``: what each page costs with 2 000, 20 000 and 200 000 listings, beside a bare page.

Each app names what to measure (``bench_probes``); the data come by ``factory.bulk``.
"""
