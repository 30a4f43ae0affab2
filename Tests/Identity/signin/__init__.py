"""The providers, the browsers and the people that the sign-in proofs are written with: see Tests/Identity/README.md."""
