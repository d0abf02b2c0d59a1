"""How dates are printed: Django looks here, by the language, before its own formats, which go before the settings."""
