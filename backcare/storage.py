"""Static files with the content's hash in their names, our scripts without comments. Nothing else belongs here.

Scripts are read far more often than they are written, and here half of them is comments. These are
taken out before anything is hashed, so that the name is that of the served text.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile, File
from rjsmin import jsmin  # type: ignore[import-untyped]
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

OURS = "js/"
"""The folder of our own scripts; what came from elsewhere is served byte for byte as it came."""


class _Stripped:
    """Where static files come from, except that scripts are read without their comments."""

    def __init__(self, source: Any) -> None:
        self.source = source

    def open(self, path: str) -> "File[bytes]":
        with self.source.open(path) as file:
            return ContentFile(jsmin(file.read().decode()).encode(), name=path)


class ModuleManifestMixin(ManifestStaticFilesStorage):
    """Rewrites the imports of native ES modules, so that no bundler is needed, and strips our scripts."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:  # type: ignore[override]
        stripped = {
            name: (_Stripped(source) if name.startswith(OURS) and name.endswith(".js") else source, path)
            for name, (source, path) in paths.items()
        }
        yield from super().post_process(stripped, **options)


class ModuleManifestStorage(ModuleManifestMixin, CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The same, compressed once for all."""
