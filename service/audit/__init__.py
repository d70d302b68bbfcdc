"""Impact ratios: the results of a batch and people's groups come in, the figures and pages of an audit go out."""
