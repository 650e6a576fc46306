"""Work for the worker: sheets of partners."""

from celery import shared_task

from partners.imports.entering import Enterer
from partners.imports.reading import Reader
from partners.imports.waking import forgotten
from partners.lifecycle.searching import look


@shared_task
def look_at(pk):
    """Look at the lines of one import."""
    Reader(pk).run()


@shared_task
def enter(pk):
    """Bring in what one import holds that is new."""
    Enterer(pk).run()


@shared_task
def go_on():
    """Take up the imports of which a worker let go."""
    for pk in forgotten():
        look_at(pk)
        enter(pk)


@shared_task
def search():
    """Look into saved searches, and tell of what is new."""
    look()
