"""Static files with the content's hash in their names, our scripts made short. Nothing else belongs here.

Scripts are read far more often than they are written, and here half of them is comments. These, white
space and the names of local variables are shortened before anything is hashed, so that the hash is that
of the served text. Each script stays a file of its own.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

try:
    import minify  # type: ignore[import-untyped]
except ImportError:  # pragma: no cover - no wheels for Macs with Apple's processors: scripts are served as written
    minify = None

OURS = "js/"
"""The folder of our own scripts; what came from elsewhere is served byte for byte as it came."""


def shortened(script: str) -> str:
    """Return a script that does the same with fewer letters."""
    return script if minify is None else str(minify.string("text/javascript", script))


class _Shortened:
    """Where static files come from, except that scripts are read in their short form."""

    def __init__(self, source: Any) -> None:
        self.source = source

    def open(self, path: str) -> "File[bytes]":
        with self.source.open(path) as file:
            return ContentFile(shortened(file.read().decode()).encode(), name=path)


class ModuleManifestMixin(ManifestStaticFilesStorage):
    """Rewrites the imports of native ES modules, so that no bundler is needed, and shortens our scripts."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:  # type: ignore[override]
        short = {
            name: (_Shortened(source) if name.startswith(OURS) and name.endswith(".js") else source, path)
            for name, (source, path) in paths.items()
        }
        yield from super().post_process(short, **options)


class ModuleManifestStorage(ModuleManifestMixin, CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The same, compressed once for all."""
