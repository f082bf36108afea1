-- +goose Up

alter table alerts add column tags text not null default ''; -- techniques that the rule detects, separated by spaces
