"""Each module checks one module of the project; each test states one promise."""
