-- +goose Up

-- Views with names instead of numbers, over all stored days. The columns of all views:
--
--   user_name: name of the user, as redaction leaves it
--   organization: name or id of the organization
--   date: day in the time zone
--   week: Monday of the week
--   cost_usd: cost in US dollars: the estimate of the client from list prices; null if no request has a known cost
--   cost_per_request_usd: cost_usd divided by requests
--   requests: answered requests to the model
--   unpriced: answered requests without a known cost
--   tokens: input and output tokens, with those of the cache
--   input: input tokens without those of the cache
--   output: output tokens
--   cache_read: input tokens read from the cache
--   cache_creation: input tokens written to the cache
--   users: number of distinct users
--   model: name of the model
--   tool: name of the tool
--   connector: name of the connector, (unknown) for built-in tools
--   error_type: type of error, or status
--   permission_mode: permission mode of the session
--   status: status of the connection
--   skill: name of the skill
--   plugin: name of the plugin
--   client_version: version of the client
--   query_source: part of the client that made the requests
--   calls: finished calls of the tool
--   failures: calls that failed
--   failure_rate: failures divided by calls
--   decisions: permission decisions
--   rejections: permission decisions that reject the call
--   mean_ms: mean duration, in milliseconds
--   p50_ms: median duration, in milliseconds, 2 % exact
--   p95_ms: 95th percentile of the duration, in milliseconds, 2 % exact
--   p99_ms: 99th percentile of the duration, in milliseconds, 2 % exact
--   outcome: ok or error
--   timed: requests with a known duration
--   errors: number of errors
--   status_code: HTTP status, (unknown) without an answer
--   connections: connections, attempted or closed
--   activations: activations of the skill
--   loads: loads of the plugin
--   enabled_via: how the plugin was enabled; org-policy is the organization
--   plugin_scope: scope of the plugin
--   first_date: date of the first use
--   last_date: date of the last use
--   events: events of any kind
--   prompts: prompts that people typed
--   prompt_id: id of the prompt
--   session_id: id of the session
--   started_at: start of the prompt; in SQLite in UTC
--   duration_s: time from the first to the last event, in seconds
--   models: names of models, separated by commas
--   tools: finished calls of tools
--   tool_failures: calls that failed
--   complete: 1 if the prompt is complete
--   alert: name of the rule
--   severity: severity of the alert
--   since: start of the alert; in SQLite in UTC
--   detail: group of the alert
--   notifications: number of notifications

-- Cost, requests and tokens of each user, the most expensive first.
create view cost_by_user as
select u.name as user_name,
  case when cost_micros > 0 or unpriced = 0 then cast(cost_micros as double precision) / 1000000 end as cost_usd,
  requests, tokens, unpriced
from (
  select user_id, sum(requests) as requests, sum(unpriced) as unpriced, sum(cost_micros) as cost_micros,
    cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens
  from usage_by_user_day group by user_id
) as totals left join names u on u.id = user_id
order by cost_usd desc nulls last, user_name;

-- Cost, users, requests and tokens of each organization, the most expensive first.
create view cost_by_organization as
select o.name as organization,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  count(distinct user_id) as users, sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced
from usage_by_user_day left join names o on o.id = organization_id
group by o.id, o.name
order by cost_usd desc nulls last, organization;

-- Cost, users, requests and tokens of each model, the most expensive first.
create view cost_by_model as
select m.name as model,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  count(distinct user_id) as users, sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced
from usage_by_user_day left join names m on m.id = model_id
group by m.id, m.name
order by cost_usd desc nulls last, model;

-- Cost, users, requests and tokens of each day, the latest first.
create view cost_by_day as
select to_date(cast(day as text), 'YYYYMMDD') as date,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  count(distinct user_id) as users, sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced
from usage_by_user_day
group by day
order by day desc;

-- Cost, requests and tokens of each day and user.
create view daily_cost_by_user as
select to_date(cast(day as text), 'YYYYMMDD') as date, u.name as user_name, o.name as organization,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced
from usage_by_user_day
left join names u on u.id = user_id left join names o on o.id = organization_id
group by day, u.id, u.name, o.id, o.name;

-- Cost, requests and tokens of each day, organization, model and query source.
create view daily_cost as
select to_date(cast(day as text), 'YYYYMMDD') as date, o.name as organization, m.name as model, s.name as query_source,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced
from usage_day
left join names o on o.id = organization_id left join names m on m.id = model_id left join names s on s.id = query_source_id
group by day, o.id, o.name, m.id, m.name, s.id, s.name;

-- Tokens of each user by type, the most first.
create view tokens_by_user as
select u.name as user_name, input + output + cache_read + cache_creation as tokens, input, output, cache_read, cache_creation
from (
  select user_id, cast(sum(input) as bigint) as input, cast(sum(output) as bigint) as output, cast(sum(cache_read) as bigint) as cache_read, cast(sum(cache_creation) as bigint) as cache_creation
  from usage_by_user_day group by user_id
) as totals left join names u on u.id = user_id
order by tokens desc, user_name;

-- Users with any event on each day.
create view active_users_by_day as
select to_date(cast(day as text), 'YYYYMMDD') as date, count(distinct user_id) as users, sum(prompts) as prompts, sum(events) as events
from activity_by_user_day group by day order by day desc;

-- Users with any event in each week.
create view active_users_by_week as
select to_date(cast(week as text), 'YYYYMMDD') as week, count(distinct user_id) as users, sum(prompts) as prompts, sum(events) as events
from activity_by_user_week group by week order by week desc;

-- Calls of each tool, their failures, and rejected permissions, the most called first.
create view tool_usage as
select t.name as tool, c.name as connector, sum(calls) as calls, sum(failures) as failures,
  1.0 * sum(failures) / nullif(sum(calls), 0) as failure_rate,
  sum(decisions) as decisions, sum(rejections) as rejections,
  cast(sum(duration_us) as double precision) / 1000 / nullif(sum(timed), 0) as mean_ms
from tool_calls_day left join names t on t.id = tool_id left join names c on c.id = connector_id
group by t.id, t.name, c.id, c.name
order by calls desc, tool, connector;

-- Permission decisions of each user by permission mode. In the mode bypassPermissions, Cowork acts without confirmation.
create view permission_modes_by_user as
select u.name as user_name, o.name as organization, p.name as permission_mode, sum(decisions) as decisions
from permission_modes_by_user_day
left join names u on u.id = user_id left join names o on o.id = organization_id left join names p on p.id = permission_mode_id
group by u.id, u.name, o.id, o.name, p.id, p.name
order by decisions desc, user_name, permission_mode;

-- Errors of connectors by type: of their tools, of their connections, and of requests to the model for them.
create view connector_errors_by_type as
select c.name as connector, e.name as error_type, sum(errors) as errors
from connector_errors_day left join names c on c.id = connector_id left join names e on e.id = error_type_id
group by c.id, c.name, e.id, e.name
order by errors desc, connector, error_type;

-- Connections to connectors by status.
create view connections_by_status as
select c.name as connector, s.name as status, sum(connections) as connections
from connections_day left join names c on c.id = connector_id left join names s on s.id = status_id
group by c.id, c.name, s.id, s.name
order by connections desc, connector, status;

-- Failed requests to the model by HTTP status.
create view api_errors_by_status as
select m.name as model, s.name as status_code, sum(errors) as errors
from api_errors_day left join names m on m.id = model_id left join names s on s.id = status_code_id
group by m.id, m.name, s.id, s.name
order by errors desc, model, status_code;

-- Duration of requests by model and outcome.
create view request_latency as
select m.name as model, o.name as outcome, sum(timed) as timed,
  cast(sum(duration_us) as double precision) / 1000 / sum(timed) as mean_ms,
  min(case when upto * 100 >= whole * 50 then bucket_us end) / 1000.0 as p50_ms,
  min(case when upto * 100 >= whole * 95 then bucket_us end) / 1000.0 as p95_ms,
  min(case when upto * 100 >= whole * 99 then bucket_us end) / 1000.0 as p99_ms
from (
  select model_id, outcome_id, bucket_us, sum(timed) as timed, sum(duration_us) as duration_us,
    sum(sum(timed)) over (partition by model_id, outcome_id order by bucket_us) as upto,
    sum(sum(timed)) over (partition by model_id, outcome_id) as whole
  from request_latency_day group by model_id, outcome_id, bucket_us
) as buckets
left join names m on m.id = model_id left join names o on o.id = outcome_id
group by m.id, m.name, o.id, o.name
order by timed desc, model, outcome;

-- Requests without a known cost by model, the most first.
create view unpriced_requests as
select m.name as model, sum(unpriced) as unpriced, sum(requests) as requests
from usage_day left join names m on m.id = model_id
group by m.id, m.name having sum(unpriced) > 0
order by unpriced desc, model;

-- Skills in use, with the number of their users.
create view skill_usage as
select s.name as skill, p.name as plugin, sum(activations) as activations, count(distinct user_id) as users
from skills_by_user_day left join names s on s.id = skill_id left join names p on p.id = plugin_id
group by s.id, s.name, p.id, p.name
order by activations desc, skill, plugin;

-- Plugins and how many users loaded them.
create view plugin_adoption as
select p.name as plugin, v.name as enabled_via, count(distinct user_id) as users,
  to_date(cast(min(first_day) as text), 'YYYYMMDD') as first_date, to_date(cast(max(plugin_users.last_day) as text), 'YYYYMMDD') as last_date
from plugin_users left join names p on p.id = plugin_id left join names v on v.id = enabled_via_id
group by p.id, p.name, v.id, v.name
order by users desc, plugin, enabled_via;

-- Versions of the client, the most used first.
create view client_versions as
select v.name as client_version, sum(requests) as requests, sum(events) as events
from versions_day left join names v on v.id = client_version_id
group by v.id, v.name
order by requests desc, events desc, client_version;

-- The latest prompts with their cost, the latest first.
create view latest_prompts as
select prompts.id as prompt_id, session_id, u.name as user_name, o.name as organization,
  to_timestamp(start_ns / 1000000000) as started_at, (end_ns - start_ns) / 1000000 / 1000.0 as duration_s,
  case when cost_micros > 0 or unpriced = 0 then cast(cost_micros as double precision) / 1000000 end as cost_usd,
  requests, unpriced, input + output + cache_read + cache_creation as tokens, errors, tools, tool_failures,
  tool_rejections as rejections, replace(models, chr(10), ', ') as models, closed as complete
from prompts left join names u on u.id = user_id left join names o on o.id = organization_id
order by start_ns desc;

-- Alerts that are firing, the latest first.
create view alerts_firing as
select name as alert, severity, detail, to_timestamp(nullif(starts_at, 0)) as since, notifications
from alerts where status = 'firing'
order by starts_at desc, name;
