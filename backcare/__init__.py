"""The project package: settings, root URLs, middleware. No models, nothing that an app imports."""
