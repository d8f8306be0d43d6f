"""What comes in from outside: pictures, scans, workbooks. Everything here is suspect until measured."""
