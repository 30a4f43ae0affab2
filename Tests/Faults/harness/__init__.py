"""The stand-ins, the records and the checker that the black-box tests are written with."""
