"""Static files with the content's hash in their names. Nothing else belongs here."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also rewrites the imports of native ES modules, so that no bundler is needed."""

    support_js_module_import_aggregation = True
