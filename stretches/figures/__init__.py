"""The people who show the stretches: from a pose in plain angles to a picture.

Pure: no Django, no clock, no database. A pose file (`poses`) is read into a `Figure`;
`skeleton` lays out its joints; `limits` says what a body could not do. What is drawn
around the joints is the business of the other modules here; which stretch exists, and
what it is called, is that of `stretches.content`.
"""
