-- +goose Up

-- Tables of sums, by hour, day or week. A row holds the sums of all events with the names in its key.
-- Tables whose names end in _by_user have a row for each user. The meaning of their columns:
--
--   hour: start of the hour in the time zone, in Unix seconds
--   day: date in the time zone, as the number 20261129
--   week: date of the Monday of the week, as the number 20261123
--   events: events of any kind
--   prompts: prompts that people typed
--   tasks: prompts that background tasks of the client started
--   schedules: prompts that scheduled tasks started
--   agent_prompts: prompts that other agents started
--   sessions: sessions that began
--   requests: answered requests to the model
--   errors: requests or calls that failed after all retries
--   refusals: requests that the model refused
--   unpriced: answered requests without a known cost
--   cost_micros: cost in millionths of a US dollar: the estimate of the client from list prices
--   input: input tokens without those of the cache
--   output: output tokens
--   cache_read: input tokens read from the cache
--   cache_creation: input tokens written to the cache
--   calls: finished calls of a tool
--   failures: calls that failed
--   decisions: permission decisions
--   rejections: permission decisions that reject the call
--   timed: calls, runs or requests with a known duration
--   duration_us: sum of the known durations, in microseconds
--   connections: connections, attempted or closed
--   activations: activations of a skill
--   loads: loads of a plugin
--   runs: finished runs of a subagent
--   bucket_us: duration that represents the bucket of the histogram, in microseconds, 2 % exact
--   hour_of_day: hour in the time zone, from 0 to 23

-- A part of each page stays free for new versions of its rows, which are updated every second
-- while they are current: without it, updates are a third slower.

-- Events, prompts and sessions by organization.
create table activity_hour (
  hour bigint not null, organization_id integer not null,
  events integer not null, prompts integer not null, tasks integer not null, schedules integer not null, agent_prompts integer not null,
  sessions integer not null,
  primary key (hour, organization_id)
) with (fillfactor = 80);
create table activity_day (
  day integer not null, organization_id integer not null,
  events integer not null, prompts integer not null, tasks integer not null, schedules integer not null, agent_prompts integer not null,
  sessions integer not null,
  primary key (day, organization_id)
) with (fillfactor = 80);

-- Events, prompts, sessions, requests, cost and tokens by user. A user without a row was not active.
create table activity_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null,
  events integer not null, prompts integer not null, tasks integer not null, schedules integer not null, agent_prompts integer not null,
  sessions integer not null, requests integer not null, errors integer not null, refusals integer not null, unpriced integer not null,
  cost_micros bigint not null, input bigint not null, output bigint not null, cache_read bigint not null, cache_creation bigint not null,
  primary key (hour, user_id, organization_id)
) with (fillfactor = 80);
create table activity_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null,
  events integer not null, prompts integer not null, tasks integer not null, schedules integer not null, agent_prompts integer not null,
  sessions integer not null, requests integer not null, errors integer not null, refusals integer not null, unpriced integer not null,
  cost_micros bigint not null, input bigint not null, output bigint not null, cache_read bigint not null, cache_creation bigint not null,
  primary key (day, user_id, organization_id)
) with (fillfactor = 80);
create table activity_by_user_week (
  week integer not null, user_id integer not null, organization_id integer not null,
  events integer not null, prompts integer not null, tasks integer not null, schedules integer not null, agent_prompts integer not null,
  sessions integer not null, requests integer not null, errors integer not null, refusals integer not null, unpriced integer not null,
  cost_micros bigint not null, input bigint not null, output bigint not null, cache_read bigint not null, cache_creation bigint not null,
  primary key (week, user_id, organization_id)
) with (fillfactor = 80);

-- Requests to the model with cost and tokens, by model and by the part of the client that made them.
create table usage_hour (
  hour bigint not null, organization_id integer not null, model_id integer not null, query_source_id integer not null,
  requests integer not null, errors integer not null, refusals integer not null, unpriced integer not null, cost_micros bigint not null,
  input bigint not null, output bigint not null, cache_read bigint not null, cache_creation bigint not null,
  primary key (hour, organization_id, model_id, query_source_id)
) with (fillfactor = 80);
create table usage_day (
  day integer not null, organization_id integer not null, model_id integer not null, query_source_id integer not null,
  requests integer not null, errors integer not null, refusals integer not null, unpriced integer not null, cost_micros bigint not null,
  input bigint not null, output bigint not null, cache_read bigint not null, cache_creation bigint not null,
  primary key (day, organization_id, model_id, query_source_id)
) with (fillfactor = 80);

-- Requests to the model with cost and tokens, by user and model.
create table usage_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, model_id integer not null,
  requests integer not null, errors integer not null, refusals integer not null, unpriced integer not null, cost_micros bigint not null,
  input bigint not null, output bigint not null, cache_read bigint not null, cache_creation bigint not null,
  primary key (hour, user_id, organization_id, model_id)
) with (fillfactor = 80);
create table usage_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, model_id integer not null,
  requests integer not null, errors integer not null, refusals integer not null, unpriced integer not null, cost_micros bigint not null,
  input bigint not null, output bigint not null, cache_read bigint not null, cache_creation bigint not null,
  primary key (day, user_id, organization_id, model_id)
) with (fillfactor = 80);
create table usage_by_user_week (
  week integer not null, user_id integer not null, organization_id integer not null, model_id integer not null,
  requests integer not null, errors integer not null, refusals integer not null, unpriced integer not null, cost_micros bigint not null,
  input bigint not null, output bigint not null, cache_read bigint not null, cache_creation bigint not null,
  primary key (week, user_id, organization_id, model_id)
) with (fillfactor = 80);

-- Calls of tools and permission decisions about them, by tool and connector. The connector is (unknown) for the built-in tools.
create table tool_calls_hour (
  hour bigint not null, organization_id integer not null, tool_id integer not null, connector_id integer not null,
  calls integer not null, failures integer not null, decisions integer not null, rejections integer not null, timed integer not null,
  duration_us bigint not null,
  primary key (hour, organization_id, tool_id, connector_id)
) with (fillfactor = 80);
create table tool_calls_day (
  day integer not null, organization_id integer not null, tool_id integer not null, connector_id integer not null,
  calls integer not null, failures integer not null, decisions integer not null, rejections integer not null, timed integer not null,
  duration_us bigint not null,
  primary key (day, organization_id, tool_id, connector_id)
) with (fillfactor = 80);

-- Calls of tools and permission decisions about them, by user, tool and connector.
create table tool_calls_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, tool_id integer not null, connector_id integer not null,
  calls integer not null, failures integer not null, decisions integer not null, rejections integer not null, timed integer not null,
  duration_us bigint not null,
  primary key (hour, user_id, organization_id, tool_id, connector_id)
) with (fillfactor = 80);
create table tool_calls_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, tool_id integer not null, connector_id integer not null,
  calls integer not null, failures integer not null, decisions integer not null, rejections integer not null, timed integer not null,
  duration_us bigint not null,
  primary key (day, user_id, organization_id, tool_id, connector_id)
) with (fillfactor = 80);

-- Permission decisions, by tool, decision and what made the decision.
create table tool_decisions_hour (
  hour bigint not null, organization_id integer not null, tool_id integer not null, decision_id integer not null, decision_source_id integer not null,
  decisions integer not null,
  primary key (hour, organization_id, tool_id, decision_id, decision_source_id)
) with (fillfactor = 80);
create table tool_decisions_day (
  day integer not null, organization_id integer not null, tool_id integer not null, decision_id integer not null, decision_source_id integer not null,
  decisions integer not null,
  primary key (day, organization_id, tool_id, decision_id, decision_source_id)
) with (fillfactor = 80);

-- Permission decisions, by the permission mode of the session.
create table permission_modes_hour (
  hour bigint not null, organization_id integer not null, permission_mode_id integer not null,
  decisions integer not null,
  primary key (hour, organization_id, permission_mode_id)
) with (fillfactor = 80);
create table permission_modes_day (
  day integer not null, organization_id integer not null, permission_mode_id integer not null,
  decisions integer not null,
  primary key (day, organization_id, permission_mode_id)
) with (fillfactor = 80);

-- Permission decisions, by user and permission mode.
create table permission_modes_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, permission_mode_id integer not null,
  decisions integer not null,
  primary key (hour, user_id, organization_id, permission_mode_id)
) with (fillfactor = 80);
create table permission_modes_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, permission_mode_id integer not null,
  decisions integer not null,
  primary key (day, user_id, organization_id, permission_mode_id)
) with (fillfactor = 80);

-- Connections to connectors, by connector and status.
create table connections_hour (
  hour bigint not null, organization_id integer not null, connector_id integer not null, status_id integer not null,
  connections integer not null,
  primary key (hour, organization_id, connector_id, status_id)
) with (fillfactor = 80);
create table connections_day (
  day integer not null, organization_id integer not null, connector_id integer not null, status_id integer not null,
  connections integer not null,
  primary key (day, organization_id, connector_id, status_id)
) with (fillfactor = 80);

-- Errors of connectors, by connector and type: failed calls of their tools, failed connections, and failed requests to the model for them.
create table connector_errors_hour (
  hour bigint not null, organization_id integer not null, connector_id integer not null, error_type_id integer not null,
  errors integer not null,
  primary key (hour, organization_id, connector_id, error_type_id)
) with (fillfactor = 80);
create table connector_errors_day (
  day integer not null, organization_id integer not null, connector_id integer not null, error_type_id integer not null,
  errors integer not null,
  primary key (day, organization_id, connector_id, error_type_id)
) with (fillfactor = 80);

-- Errors of connectors, by user, connector and type.
create table connector_errors_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, connector_id integer not null, error_type_id integer not null,
  errors integer not null,
  primary key (hour, user_id, organization_id, connector_id, error_type_id)
) with (fillfactor = 80);
create table connector_errors_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, connector_id integer not null, error_type_id integer not null,
  errors integer not null,
  primary key (day, user_id, organization_id, connector_id, error_type_id)
) with (fillfactor = 80);

-- Requests to the model that failed after all retries, by model and HTTP status.
create table api_errors_hour (
  hour bigint not null, organization_id integer not null, model_id integer not null, status_code_id integer not null,
  errors integer not null,
  primary key (hour, organization_id, model_id, status_code_id)
) with (fillfactor = 80);
create table api_errors_day (
  day integer not null, organization_id integer not null, model_id integer not null, status_code_id integer not null,
  errors integer not null,
  primary key (day, organization_id, model_id, status_code_id)
) with (fillfactor = 80);

-- Requests to the model that failed after all retries, by user, model and HTTP status.
create table api_errors_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, model_id integer not null, status_code_id integer not null,
  errors integer not null,
  primary key (hour, user_id, organization_id, model_id, status_code_id)
) with (fillfactor = 80);
create table api_errors_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, model_id integer not null, status_code_id integer not null,
  errors integer not null,
  primary key (day, user_id, organization_id, model_id, status_code_id)
) with (fillfactor = 80);

-- Activations of skills, by skill and plugin.
create table skills_hour (
  hour bigint not null, organization_id integer not null, skill_id integer not null, plugin_id integer not null,
  activations integer not null,
  primary key (hour, organization_id, skill_id, plugin_id)
) with (fillfactor = 80);
create table skills_day (
  day integer not null, organization_id integer not null, skill_id integer not null, plugin_id integer not null,
  activations integer not null,
  primary key (day, organization_id, skill_id, plugin_id)
) with (fillfactor = 80);

-- Activations of skills, by user, skill and plugin.
create table skills_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, skill_id integer not null, plugin_id integer not null,
  activations integer not null,
  primary key (hour, user_id, organization_id, skill_id, plugin_id)
) with (fillfactor = 80);
create table skills_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, skill_id integer not null, plugin_id integer not null,
  activations integer not null,
  primary key (day, user_id, organization_id, skill_id, plugin_id)
) with (fillfactor = 80);
create table skills_by_user_week (
  week integer not null, user_id integer not null, organization_id integer not null, skill_id integer not null, plugin_id integer not null,
  activations integer not null,
  primary key (week, user_id, organization_id, skill_id, plugin_id)
) with (fillfactor = 80);

-- Loads of plugins, by plugin, scope and how it was enabled.
create table plugins_hour (
  hour bigint not null, organization_id integer not null, plugin_id integer not null, plugin_scope_id integer not null, enabled_via_id integer not null,
  loads integer not null,
  primary key (hour, organization_id, plugin_id, plugin_scope_id, enabled_via_id)
) with (fillfactor = 80);
create table plugins_day (
  day integer not null, organization_id integer not null, plugin_id integer not null, plugin_scope_id integer not null, enabled_via_id integer not null,
  loads integer not null,
  primary key (day, organization_id, plugin_id, plugin_scope_id, enabled_via_id)
) with (fillfactor = 80);

-- Events and requests to the model, by version of the client.
create table versions_hour (
  hour bigint not null, organization_id integer not null, client_version_id integer not null,
  events integer not null, requests integer not null,
  primary key (hour, organization_id, client_version_id)
) with (fillfactor = 80);
create table versions_day (
  day integer not null, organization_id integer not null, client_version_id integer not null,
  events integer not null, requests integer not null,
  primary key (day, organization_id, client_version_id)
) with (fillfactor = 80);

-- Runs of subagents, by agent.
create table subagents_hour (
  hour bigint not null, organization_id integer not null, agent_id integer not null,
  runs integer not null, timed integer not null, duration_us bigint not null,
  primary key (hour, organization_id, agent_id)
) with (fillfactor = 80);
create table subagents_day (
  day integer not null, organization_id integer not null, agent_id integer not null,
  runs integer not null, timed integer not null, duration_us bigint not null,
  primary key (day, organization_id, agent_id)
) with (fillfactor = 80);

-- Runs of subagents, by user and agent.
create table subagents_by_user_hour (
  hour bigint not null, user_id integer not null, organization_id integer not null, agent_id integer not null,
  runs integer not null, timed integer not null, duration_us bigint not null,
  primary key (hour, user_id, organization_id, agent_id)
) with (fillfactor = 80);
create table subagents_by_user_day (
  day integer not null, user_id integer not null, organization_id integer not null, agent_id integer not null,
  runs integer not null, timed integer not null, duration_us bigint not null,
  primary key (day, user_id, organization_id, agent_id)
) with (fillfactor = 80);

-- Histogram of the durations of requests to the model, by model and outcome. The outcome is ok or error.
create table request_latency_hour (
  hour bigint not null, organization_id integer not null, outcome_id integer not null, bucket_us bigint not null, model_id integer not null,
  timed integer not null, duration_us bigint not null,
  primary key (hour, organization_id, outcome_id, bucket_us, model_id)
) with (fillfactor = 80);
create table request_latency_day (
  day integer not null, organization_id integer not null, outcome_id integer not null, bucket_us bigint not null, model_id integer not null,
  timed integer not null, duration_us bigint not null,
  primary key (day, organization_id, outcome_id, bucket_us, model_id)
) with (fillfactor = 80);
create table request_latency_week (
  week integer not null, organization_id integer not null, outcome_id integer not null, bucket_us bigint not null, model_id integer not null,
  timed integer not null, duration_us bigint not null,
  primary key (week, organization_id, outcome_id, bucket_us, model_id)
) with (fillfactor = 80);

-- Histogram of the durations of tool calls, by tool.
create table tool_latency_hour (
  hour bigint not null, organization_id integer not null, tool_id integer not null, bucket_us bigint not null,
  timed integer not null, duration_us bigint not null,
  primary key (hour, organization_id, tool_id, bucket_us)
) with (fillfactor = 80);
create table tool_latency_day (
  day integer not null, organization_id integer not null, tool_id integer not null, bucket_us bigint not null,
  timed integer not null, duration_us bigint not null,
  primary key (day, organization_id, tool_id, bucket_us)
) with (fillfactor = 80);
create table tool_latency_week (
  week integer not null, organization_id integer not null, tool_id integer not null, bucket_us bigint not null,
  timed integer not null, duration_us bigint not null,
  primary key (week, organization_id, tool_id, bucket_us)
) with (fillfactor = 80);

-- Prompts that people typed, by hour of the day.
create table prompt_hours_hour (
  hour bigint not null, organization_id integer not null, hour_of_day integer not null,
  prompts integer not null,
  primary key (hour, organization_id, hour_of_day)
) with (fillfactor = 80);
create table prompt_hours_day (
  day integer not null, organization_id integer not null, hour_of_day integer not null,
  prompts integer not null,
  primary key (day, organization_id, hour_of_day)
) with (fillfactor = 80);
