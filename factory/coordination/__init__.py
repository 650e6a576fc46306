"""What coordinators do for others: private notes and calls, entering things for somebody, looking on as somebody."""
