-- +goose Up

alter table prompts add column refusals integer not null default 0; -- requests that the model refused to answer
alter table prompts add column modes text not null default ''; -- permission modes, one per line
create index prompts_by_session on prompts (session_id);
create index prompts_by_user on prompts (user_id, start_ns);

alter table sessions add column cost_micros integer not null default 0; -- cost in millionths of a US dollar
alter table sessions add column requests integer not null default 0; -- answered requests to the model
alter table sessions add column unpriced integer not null default 0; -- answered requests without a known cost
alter table sessions add column errors integer not null default 0; -- requests that failed after all retries
alter table sessions add column refusals integer not null default 0; -- requests that the model refused to answer
alter table sessions add column tools integer not null default 0; -- finished calls of tools
alter table sessions add column tool_failures integer not null default 0; -- calls that failed
alter table sessions add column tool_rejections integer not null default 0; -- permission decisions that reject a call
create index sessions_by_first_seen on sessions (first_seen, last_seen);
create index sessions_by_user on sessions (user_id, last_seen);

-- Earlier events of stored sessions, as far as their prompts are stored.
update sessions set
  cost_micros = coalesce((select sum(p.cost_micros) from prompts p where p.session_id = sessions.id), 0),
  requests = coalesce((select sum(p.requests) from prompts p where p.session_id = sessions.id), 0),
  unpriced = coalesce((select sum(p.unpriced) from prompts p where p.session_id = sessions.id), 0),
  errors = coalesce((select sum(p.errors) from prompts p where p.session_id = sessions.id), 0),
  tools = coalesce((select sum(p.tools) from prompts p where p.session_id = sessions.id), 0),
  tool_failures = coalesce((select sum(p.tool_failures) from prompts p where p.session_id = sessions.id), 0),
  tool_rejections = coalesce((select sum(p.tool_rejections) from prompts p where p.session_id = sessions.id), 0);

-- Calls of tools by prompt, and failed requests for a connector. A prompt has at most 100 rows: calls of further tools are in the row of (other).
create table prompt_tools (
  prompt_id text not null, -- id of the prompt
  tool_id integer not null,
  connector_id integer not null,
  calls integer not null, -- finished calls
  failures integer not null, -- calls and requests that failed
  rejections integer not null, -- permission decisions that reject a call
  primary key (prompt_id, tool_id, connector_id)
) without rowid;
create index prompt_tools_by_tool on prompt_tools (tool_id, prompt_id);
create index prompt_tools_by_connector on prompt_tools (connector_id, prompt_id);

-- Columns of views:
--
--   session_id: id of the session
--   prompt_id: id of the prompt
--   user_name: name of the user, as redaction leaves it
--   organization: name or id of the organization
--   started_at: start of the prompt or of the session; in SQLite in UTC
--   duration_s: time from the first to the last event, in seconds
--   cost_usd: cost in US dollars: the estimate of the client from list prices; null if no request has a known cost
--   prompts: prompts that people typed
--   requests: answered requests to the model
--   unpriced: answered requests without a known cost
--   errors: number of errors
--   refusals: requests that the model refused to answer
--   tools: finished calls of tools
--   tool_failures: calls that failed
--   tool: name of the tool
--   connector: name of the connector, (unknown) for built-in tools
--   calls: finished calls of the tool
--   failures: calls that failed
--   rejections: permission decisions that reject the call

-- The latest sessions with their cost, the latest first.
create view latest_sessions as
select sessions.id as session_id, u.name as user_name, o.name as organization,
  datetime(first_seen, 'unixepoch') as started_at, last_seen - first_seen as duration_s,
  case when cost_micros > 0 or unpriced = 0 then cast(cost_micros as double precision) / 1000000 end as cost_usd,
  prompts, requests, unpriced, errors, refusals, tools, tool_failures, tool_rejections as rejections
from sessions left join names u on u.id = user_id left join names o on o.id = organization_id
order by first_seen desc;

-- Calls of tools in the latest prompts.
create view tools_of_prompts as
select prompt_id, t.name as tool, c.name as connector, calls, failures, rejections
from prompt_tools left join names t on t.id = tool_id left join names c on c.id = connector_id;
