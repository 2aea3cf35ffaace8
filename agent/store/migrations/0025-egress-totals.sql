-- What is left of exchanges of long ago: their sums. The single ones are folded into
-- these after some months, so that the ledger of a daemon that runs for years stays small.
CREATE TABLE egress_folded (
    host      TEXT    NOT NULL,
    component TEXT    NOT NULL,
    purpose   TEXT    NOT NULL,
    requests  INTEGER NOT NULL,
    refused   INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    bytes_in  INTEGER NOT NULL,
    last      INTEGER NOT NULL,
    PRIMARY KEY (host, component, purpose)
) STRICT, WITHOUT ROWID;
