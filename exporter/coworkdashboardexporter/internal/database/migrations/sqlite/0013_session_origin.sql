-- +goose Up

-- How the Compliance API identifies a session: coworkctl reconcile compares its sessions with these rows.
alter table sessions add column first_call integer not null default 0; -- start of the first inference call, in Unix seconds, 0 without one
alter table sessions add column last_call integer not null default 0; -- start of the last inference call, in Unix seconds, 0 without one
alter table sessions add column account_id text not null default ''; -- user.account_id, empty if the session has none or it was redacted
alter table sessions add column cloud_id text not null default ''; -- ccr.session.id of a session in the cloud
alter table sessions add column service text not null default ''; -- service.name of another product, empty for Cowork
alter table sessions add column provider text not null default ''; -- another provider than Anthropic that answers its requests
alter table sessions add column client_version text not null default ''; -- version of the client
