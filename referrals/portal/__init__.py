"""The support centre's portal: what was handed to it, opened and answered."""
