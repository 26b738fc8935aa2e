"""One file format a module, which defines what follows.

NAME: str                     as `wirehouse formats` and mart.articles show it
READS: str                    one line: what is read from it
SUFFIXES: tuple[str, ...]     file names that suggest it, lower case with the dot
sniff(head: bytes) -> bool    whether the first bytes (up to 4 KiB, as in the file) are of this format
parse(payload: Payload) -> Iterator[Item | Reject]
                              raises Refusal for the payload as a whole; yields a Reject for one bad record
and if need be:
RANK: int                     formats of higher rank are believed first (0 if not given)
LOOKS_LIKE: tuple[str, ...]   formats whose content may be taken for this one: then the file's name decides
and where a file of this format may be larger than memory:
split(stream: BinaryIO) -> Iterator[tuple[bytes, int]]
                              runs of whole records, each parseable by itself, with the number of records before it

No module without a golden case in tests/cases/parse/NAME/.
"""
