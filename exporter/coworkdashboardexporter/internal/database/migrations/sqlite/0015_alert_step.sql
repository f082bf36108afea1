-- +goose Up

-- The event of a step, and the one that caused an alert: an alert leads to its step.
alter table steps add column event_id text not null default ''; -- id of the event, empty if it has none
alter table alerts add column event_id text not null default ''; -- id of the event that caused the alert, if one did
alter table alert_changes add column event_id text not null default ''; -- id of the event that caused the alert, if one did
