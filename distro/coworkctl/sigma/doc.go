// Package sigma writes alert rules as Sigma rules, for a SIEM that evaluates events which the
// collector passes on.
//
// The fields are the attributes of events. Commands, paths and URLs are the fields that
// cowork_schema adds with the format ecs: process.command_line, file.path, url.full.
//
// A rule becomes one rule, or rules with a correlation. What Sigma has no form for is not
// written: [Export] returns the reason.
//
// Source of the form: Sigma rules specification 2.0.0 and correlation rules 2.0.1.
package sigma
