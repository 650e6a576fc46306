"""Stops a request that is too large before any of it is written down."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

AROUND = 1_000_000  # bytes of a form around its file


class LimitHandler(FileUploadHandler):
    """The first of ``FILE_UPLOAD_HANDLERS``: 413 if what comes is more than one file may be."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > settings.UPLOAD_MOST_BYTES + AROUND:
            raise RequestDataTooBig("The upload is larger than UPLOAD_MOST_BYTES.")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
