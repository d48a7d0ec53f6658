-- Adds credit notes (Ledgerline 0.9). Needs two approvals, see the code review policy.
BEGIN;

CREATE TABLE billing.credit_note (
    number      text PRIMARY KEY CHECK (number LIKE 'CN-%'),
    invoice     text NOT NULL REFERENCES billing.invoice (number),
    issued_on   date NOT NULL,
    amount_eur  numeric(12, 2) NOT NULL CHECK (amount_eur > 0),
    reason      text NOT NULL
);

-- TODO: forbid a credit note that exceeds its invoice
CREATE INDEX credit_note_invoice ON billing.credit_note (invoice);

COMMIT;
