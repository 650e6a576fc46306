"""How amounts become public: by the month, in groups of at least three, and small cells together."""
