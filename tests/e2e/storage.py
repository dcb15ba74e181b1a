"""Static files under their hashed names, but not compressed: that takes most of the time and shows nothing here."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class UncompressedStorage(ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
