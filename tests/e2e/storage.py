"""Static files under their hashed names, but not compressed: that takes most of the time and shows nothing here."""

from backcare.storage import ModuleManifestMixin


class UncompressedStorage(ModuleManifestMixin):
    """What the app serves, without the last step."""
