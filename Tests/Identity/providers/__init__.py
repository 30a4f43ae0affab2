"""OpenID providers that others wrote, each a process of its own, and a hub that signs people in with them."""
