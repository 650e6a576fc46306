"""Impact challenges: until they can be run here, an honest page on what is coming."""

from django.shortcuts import render


def coming(request):
    """What a challenge will be, and what somebody with a problem can do now."""
    return render(request, "challenges/coming.html")
