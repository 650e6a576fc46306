"""Whether somebody really reads the page that is asked for: only then it counts as seen."""


def is_read(request):
    """Not what a browser fetches in advance, not headers alone, and not a coordinator who looks as a member."""
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    looking = getattr(request, "looking", None)
    return request.method == "GET" and "prefetch" not in purpose and looking is None
