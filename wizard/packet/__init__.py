"""材料包: the PDF a clerk hands over, the report of the self-check, and the folder to upload from."""
