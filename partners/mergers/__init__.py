"""The coordinators' pages on which two organisations, or two accounts, become one."""
