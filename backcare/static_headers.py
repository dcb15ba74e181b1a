"""Headers of static files beyond WhiteNoise's own. Called by WhiteNoise; no Django.

Everything else about headers belongs to the settings and the middleware.
"""

from wsgiref.headers import Headers

# A picture's colours are in its own style sheet, which the pages' policy would block in some browsers.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def for_static_file(headers: Headers, path: str, url: str) -> None:
    """Let a picture use its own styles, and nothing else."""
    if path.endswith(".svg"):
        headers["Content-Security-Policy"] = PICTURE_POLICY
