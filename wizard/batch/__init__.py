"""Many filings at a time: a workbook of clients taken in, many cases checked or exported."""
