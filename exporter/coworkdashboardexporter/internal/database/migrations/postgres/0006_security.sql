-- +goose Up

-- Tables for security: what ran without confirmation, which hosts were reached, what was redacted, and alerts with
-- their messages. The meaning of their columns:
--
--   hour: start of the hour in the time zone, in Unix seconds
--   day: date in the time zone, as the number 20261129
--   week: date of the Monday of the week, as the number 20261123
--   decisions: permission decisions
--   rejections: permission decisions that reject the call
--   calls: finished calls of a tool
--   redactions: parts of texts that redaction replaced
--   installs: installations of a plugin

-- Permission decisions in a mode without confirmation, such as bypassPermissions, by tool and mode.
create table unconfirmed_hour (
  hour bigint not null, organization_id integer not null, tool_id integer not null, permission_mode_id integer not null,
  decisions integer not null,
  primary key (hour, organization_id, tool_id, permission_mode_id)
) with (fillfactor = 80);
create table unconfirmed_day (
  day integer not null, organization_id integer not null, tool_id integer not null, permission_mode_id integer not null,
  decisions integer not null,
  primary key (day, organization_id, tool_id, permission_mode_id)
) with (fillfactor = 80);

-- Permission decisions in a mode without confirmation, by user, tool and mode.
create table unconfirmed_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, tool_id integer not null, permission_mode_id integer not null,
  decisions integer not null,
  primary key (hour, user_id, organization_id, tool_id, permission_mode_id)
) with (fillfactor = 80);
create table unconfirmed_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, tool_id integer not null, permission_mode_id integer not null,
  decisions integer not null,
  primary key (day, user_id, organization_id, tool_id, permission_mode_id)
) with (fillfactor = 80);
create table unconfirmed_by_user_week (
  week integer not null, user_id integer not null, organization_id integer not null, tool_id integer not null, permission_mode_id integer not null,
  decisions integer not null,
  primary key (week, user_id, organization_id, tool_id, permission_mode_id)
) with (fillfactor = 80);

-- Permission decisions that reject a call, by user, tool and what made the decision.
create table rejections_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, tool_id integer not null, decision_source_id integer not null,
  rejections integer not null,
  primary key (hour, user_id, organization_id, tool_id, decision_source_id)
) with (fillfactor = 80);
create table rejections_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, tool_id integer not null, decision_source_id integer not null,
  rejections integer not null,
  primary key (day, user_id, organization_id, tool_id, decision_source_id)
) with (fillfactor = 80);
create table rejections_by_user_week (
  week integer not null, user_id integer not null, organization_id integer not null, tool_id integer not null, decision_source_id integer not null,
  rejections integer not null,
  primary key (week, user_id, organization_id, tool_id, decision_source_id)
) with (fillfactor = 80);

-- Calls of tools whose parameters name a host, by host, tool and verdict: disabled, unlisted or allowed by the lists of cowork_egress, or local for this machine and private networks.
create table egress_hour (
  hour bigint not null, organization_id integer not null, host_id integer not null, tool_id integer not null, verdict_id integer not null,
  calls integer not null,
  primary key (hour, organization_id, host_id, tool_id, verdict_id)
) with (fillfactor = 80);
create table egress_day (
  day integer not null, organization_id integer not null, host_id integer not null, tool_id integer not null, verdict_id integer not null,
  calls integer not null,
  primary key (day, organization_id, host_id, tool_id, verdict_id)
) with (fillfactor = 80);

-- Calls of tools whose parameters name a host, by user, host and verdict.
create table egress_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, host_id integer not null, verdict_id integer not null,
  calls integer not null,
  primary key (hour, user_id, organization_id, host_id, verdict_id)
) with (fillfactor = 80);
create table egress_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, host_id integer not null, verdict_id integer not null,
  calls integer not null,
  primary key (day, user_id, organization_id, host_id, verdict_id)
) with (fillfactor = 80);

-- Calls that schedule work or start a workflow, by tool.
create table scheduled_tasks_hour (
  hour bigint not null, organization_id integer not null, tool_id integer not null,
  calls integer not null,
  primary key (hour, organization_id, tool_id)
) with (fillfactor = 80);
create table scheduled_tasks_day (
  day integer not null, organization_id integer not null, tool_id integer not null,
  calls integer not null,
  primary key (day, organization_id, tool_id)
) with (fillfactor = 80);

-- Calls that schedule work or start a workflow, by user and tool.
create table scheduled_tasks_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, tool_id integer not null,
  calls integer not null,
  primary key (hour, user_id, organization_id, tool_id)
) with (fillfactor = 80);
create table scheduled_tasks_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, tool_id integer not null,
  calls integer not null,
  primary key (day, user_id, organization_id, tool_id)
) with (fillfactor = 80);
create table scheduled_tasks_by_user_week (
  week integer not null, user_id integer not null, organization_id integer not null, tool_id integer not null,
  calls integer not null,
  primary key (week, user_id, organization_id, tool_id)
) with (fillfactor = 80);

-- Parts of texts that redaction replaced, by pattern. A replaced prompt, response or e-mail address of a user is a setting, and does not count.
create table redactions_hour (
  hour bigint not null, organization_id integer not null, pattern_id integer not null,
  redactions integer not null,
  primary key (hour, organization_id, pattern_id)
) with (fillfactor = 80);
create table redactions_day (
  day integer not null, organization_id integer not null, pattern_id integer not null,
  redactions integer not null,
  primary key (day, organization_id, pattern_id)
) with (fillfactor = 80);

-- Parts of texts that redaction replaced, by user and pattern.
create table redactions_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, pattern_id integer not null,
  redactions integer not null,
  primary key (hour, user_id, organization_id, pattern_id)
) with (fillfactor = 80);
create table redactions_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, pattern_id integer not null,
  redactions integer not null,
  primary key (day, user_id, organization_id, pattern_id)
) with (fillfactor = 80);
create table redactions_by_user_week (
  week integer not null, user_id integer not null, organization_id integer not null, pattern_id integer not null,
  redactions integer not null,
  primary key (week, user_id, organization_id, pattern_id)
) with (fillfactor = 80);

-- Installations of plugins, by user, plugin, marketplace and whether the marketplace is official: true or false.
create table plugin_installs_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, plugin_id integer not null, marketplace_id integer not null, official_id integer not null,
  installs integer not null,
  primary key (hour, user_id, organization_id, plugin_id, marketplace_id, official_id)
) with (fillfactor = 80);
create table plugin_installs_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, plugin_id integer not null, marketplace_id integer not null, official_id integer not null,
  installs integer not null,
  primary key (day, user_id, organization_id, plugin_id, marketplace_id, official_id)
) with (fillfactor = 80);

-- Connectors, plugins and skills of each user, and the hosts that calls named, with the days of their first and last use.
create table sources (
  what text not null, -- connector, plugin, skill, host, plugin_version or plugin_verdict
  name_id integer not null, -- its name
  origin_id integer not null, -- scope of the connector or the plugin, source of the skill, version of the plugin, verdict on the host or the plugin
  marketplace_id integer not null, -- marketplace of the plugin, verdict on the connector, digits by which versions are compared
  user_id integer not null,
  organization_id integer not null,
  first_day integer not null, -- date of the first use, as the number 20261129
  last_day integer not null, -- date of the last use
  primary key (what, name_id, origin_id, marketplace_id, user_id, organization_id)
);
create index sources_by_first_day on sources (first_day);

drop view alerts_firing;
alter table alerts rename to earlier_alerts;

-- The latest state of each alert, with its message, which rules make of redacted attributes.
create table alerts (
  fingerprint text not null primary key, -- id of the alert
  name text not null, -- the rule
  severity text not null, -- critical, warning or info
  status text not null, -- firing or resolved
  detail text not null, -- the group, such as: connector crm
  message text not null, -- what happened, at most 1000 bytes
  why text not null, -- why the rule matters
  advice text not null, -- what to do
  measured text not null, -- value and threshold in words
  user_id integer not null,
  organization_id integer not null,
  model text not null, -- model of the group
  tool text not null, -- tool of the group
  connector text not null, -- connector of the group
  prompt_id text not null, -- id of the prompt that caused the alert, if one did
  session_id text not null, -- id of the session, if the rule is evaluated by session
  starts_at bigint not null, -- in Unix seconds, 0 if unknown
  ends_at bigint not null, -- in Unix seconds, 0 if unknown
  last_seen bigint not null, -- time of the latest notification, in Unix seconds
  notifications integer not null -- number of notifications
);
insert into alerts
select fingerprint, name, severity, status, detail, '', '', '', '', 0, 0, '', '', '', '', '', starts_at, ends_at, last_seen, notifications
from earlier_alerts;
drop table earlier_alerts;
create index alerts_by_last_seen on alerts (last_seen);

-- Notifications of alerts: each time that one began to fire, was repeated or was resolved.
create table alert_changes (
  fingerprint text not null, -- id of the alert
  at_ns bigint not null, -- time of the notification, in Unix nanoseconds
  status text not null, -- firing or resolved
  message text not null, -- what happened, at most 1000 bytes
  prompt_id text not null, -- id of the prompt that caused the alert, if one did
  primary key (fingerprint, at_ns)
);
create index alert_changes_by_time on alert_changes (at_ns);

-- More columns of views:
--
--   host: host that a call named
--   verdict: disabled, unlisted, allowed, or local for this machine and private networks
--   pattern: pattern of redaction
--   redactions: parts of texts that were replaced
--   scope: scope of the connector: claudeai, dynamic, project, local or user
--   source: scope of the plugin
--   marketplace: marketplace of the plugin
--   message: what happened
--   advice: what to do
--   at: time of the notification; in SQLite in UTC

-- Hosts that calls of tools named, the most calls first.
create view egress_destinations as
select h.name as host, v.name as verdict, sum(calls) as calls, count(distinct nullif(user_id, 0)) as users
from egress_by_user_day left join names h on h.id = host_id left join names v on v.id = verdict_id
group by h.id, h.name, v.id, v.name
order by calls desc, host, verdict;

-- Parts of texts that redaction replaced, by user and pattern.
create view redactions_by_user as
select u.name as user_name, o.name as organization, p.name as pattern, sum(redactions) as redactions
from redactions_by_user_day
left join names u on u.id = user_id left join names o on o.id = organization_id left join names p on p.id = pattern_id
group by u.id, u.name, o.id, o.name, p.id, p.name
order by redactions desc, user_name, pattern;

-- Calls that schedule work or start a workflow, by user.
create view scheduled_tasks_by_user as
select u.name as user_name, o.name as organization, t.name as tool, sum(calls) as calls
from scheduled_tasks_by_user_day
left join names u on u.id = user_id left join names o on o.id = organization_id left join names t on t.id = tool_id
group by u.id, u.name, o.id, o.name, t.id, t.name
order by calls desc, user_name, tool;

-- Connectors of each user with the dates of their first and last use, the newest first.
create view connectors_by_user as
select c.name as connector, s.name as scope, u.name as user_name, o.name as organization,
  to_date(cast(first_day as text), 'YYYYMMDD') as first_date, to_date(cast(sources.last_day as text), 'YYYYMMDD') as last_date
from sources
left join names c on c.id = name_id left join names s on s.id = origin_id
left join names u on u.id = user_id left join names o on o.id = organization_id
where what = 'connector'
order by first_day desc, connector, user_name;

-- Plugins and where they are from, with the number of their users.
create view plugin_sources as
select p.name as plugin, s.name as source, m.name as marketplace, count(distinct nullif(user_id, 0)) as users,
  to_date(cast(min(first_day) as text), 'YYYYMMDD') as first_date, to_date(cast(max(sources.last_day) as text), 'YYYYMMDD') as last_date
from sources left join names p on p.id = name_id left join names s on s.id = origin_id left join names m on m.id = marketplace_id
where what = 'plugin'
group by p.id, p.name, s.id, s.name, m.id, m.name
order by users desc, plugin, source;

-- Alerts that are firing, the latest first.
create view alerts_firing as
select name as alert, severity, detail, message, advice, prompt_id, to_timestamp(nullif(starts_at, 0)) as since, notifications
from alerts where status = 'firing'
order by starts_at desc, name;

-- Notifications of alerts, the latest first.
create view alert_history as
select to_timestamp(at_ns / 1000000000) as at, name as alert, severity, alert_changes.status as status, alert_changes.message as message, alert_changes.prompt_id as prompt_id
from alert_changes left join alerts on alerts.fingerprint = alert_changes.fingerprint
order by at_ns desc, alert;
