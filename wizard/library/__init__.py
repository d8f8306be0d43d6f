"""The case library: every client's case in one encrypted file on this machine.

`place.create` and `place.unlock` give a `library.Library`; everything else hangs on that object:
`cases` (new, load, save, rows), `marks` (state, tags, bin, …), `files` (attachments), `history`, `parties`
(subjects and people to use again), `privacy` (retention, 彻底删除, one person's data), `backups`, `keys`,
`audit`, `settings`. Nothing else in the program opens the file.
"""
