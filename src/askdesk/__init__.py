"""askdesk: ask your own documents and get their own words back."""
