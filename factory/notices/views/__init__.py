"""What people see of their notices."""
