-- +goose Up

-- The rows are deleted by ranges of ids: an index of hours took a fifth of each commit.
drop index identities_by_hour;
