// Package sigma writes alert rules as Sigma rules, for a SIEM that evaluates events which the
// collector passes on.
//
// The fields are the attributes of events. What a call of a tool does is in the fields that
// cowork_schema adds with the format ecs, such as process.command_line and cowork.file_read.
//
// A rule becomes one rule, or rules with a correlation. What Sigma has no form for is not
// written: [Export] returns the reason.
//
// Source of the form: Sigma rules specification 2.0.0 and correlation rules 2.0.1.
package sigma
