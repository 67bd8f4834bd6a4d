"""An app that breaks the page store on purpose, or writes down what Django renders: named in masthead.toml by tests alone."""
