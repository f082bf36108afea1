-- +goose Up

-- Names of users, organizations, models, tools and so on. Columns whose names end in _id refer to them.
-- Row 0 is (unknown): the event has no such attribute. Row 1 is (other): there were too many names.
create table names (
  id integer not null primary key autoincrement, -- number that other tables refer to
  kind text not null, -- organization, user, model, tool, connector, skill, plugin, agent, client_version, or label for all others
  name text not null, -- the name, at most 120 bytes
  last_day integer not null, -- date of the last use, as the number 20261129
  unique (kind, name)
);
insert into names (id, kind, name, last_day) values (0, '', '(unknown)', 0), (1, '', '(other)', 0);

-- Identities of counted events, so that an event that is delivered twice counts once.
create table identities (
  id integer primary key not null, -- hash of the event
  hour integer not null -- hour of arrival, in Unix seconds
);
create index identities_by_hour on identities (hour);

-- Collectors that write, so that a commit whose outcome is unknown is safe to repeat.
create table writers (
  writer text not null primary key, -- random name of a running collector
  last_commit integer not null, -- number of its last commit
  seen integer not null -- time of its last commit, in Unix seconds
) without rowid;

-- Settings of the stored data, such as its time zone.
create table settings (
  key text not null primary key, -- name of the setting
  value text not null -- its value
) without rowid;

-- Sessions with recent events.
create table sessions (
  id text not null primary key, -- id of the session
  user_id integer not null,
  organization_id integer not null,
  first_seen integer not null, -- time of the first event, in Unix seconds
  last_seen integer not null, -- time of the last event, in Unix seconds
  events integer not null, -- events of any kind
  prompts integer not null -- prompts that people typed
);
create index sessions_by_last_seen on sessions (last_seen);

-- The latest prompts, with the sums of their events.
create table prompts (
  id text not null primary key, -- id of the prompt
  session_id text not null, -- id of the session
  user_id integer not null,
  organization_id integer not null,
  start_ns integer not null, -- time of the first event, in Unix nanoseconds
  end_ns integer not null, -- time of the last event, in Unix nanoseconds
  cost_micros integer not null, -- cost in millionths of a US dollar
  input integer not null, -- input tokens without those of the cache
  output integer not null, -- output tokens
  cache_read integer not null, -- input tokens read from the cache
  cache_creation integer not null, -- input tokens written to the cache
  requests integer not null, -- answered requests to the model
  unpriced integer not null, -- answered requests without a known cost
  errors integer not null, -- requests that failed after all retries
  tools integer not null, -- finished calls of tools
  tool_failures integer not null, -- calls that failed
  tool_rejections integer not null, -- permission decisions that reject a call
  models text not null, -- names of models, one per line
  closed integer not null, -- 1 if the prompt is complete
  steps integer not null, -- number of stored steps
  cut integer not null -- number of steps beyond the limit, which are not stored
);
create index prompts_by_start on prompts (start_ns);

-- Steps of the latest prompts: requests, calls, decisions and errors, without content.
create table steps (
  prompt_id text not null, -- id of the prompt
  n integer not null, -- number of the step within the prompt
  start_ns integer not null, -- time of the event less its duration, in Unix nanoseconds
  duration_ns integer not null, -- duration, in nanoseconds
  kind text not null, -- kind of the event
  name text not null, -- model or tool
  depth integer not null, -- level of indentation, 0 for steps of the prompt itself
  failed integer not null, -- 1 if the step failed
  reason text not null, -- status, type of error or decision
  details text not null, -- further attributes, as a JSON object
  primary key (prompt_id, n)
) without rowid;

-- The latest state of each alert. Messages are not stored, since rules put attributes into them.
create table alerts (
  fingerprint text not null primary key, -- id of the alert
  name text not null, -- the rule
  severity text not null, -- critical, warning or info
  status text not null, -- firing or resolved
  detail text not null, -- the group, such as: connector crm
  starts_at integer not null, -- in Unix seconds, 0 if unknown
  ends_at integer not null, -- in Unix seconds, 0 if unknown
  last_seen integer not null, -- time of the latest notification, in Unix seconds
  notifications integer not null -- number of notifications
);
create index alerts_by_last_seen on alerts (last_seen);

-- Users who loaded a plugin, for its adoption.
create table plugin_users (
  plugin_id integer not null,
  enabled_via_id integer not null,
  user_id integer not null,
  organization_id integer not null,
  first_day integer not null, -- date of the first load, as the number 20261129
  last_day integer not null, -- date of the last load
  primary key (plugin_id, enabled_via_id, user_id, organization_id)
) without rowid;

-- Counts for the setup check: arrived kinds of events, attributes, refused events and so on.
create table setup_counts (
  day integer not null, -- date as the number 20261129
  what text not null, -- kind, attribute, rejected, content, service, unknown, clock or unpriced
  a text not null, -- first name, such as the kind of the event
  b text not null, -- second name, such as an attribute
  count integer not null, -- number of events
  first_ns integer not null, -- time of the first event, in Unix nanoseconds
  last_ns integer not null, -- time of the last event, in Unix nanoseconds
  primary key (day, what, a, b)
) without rowid;
