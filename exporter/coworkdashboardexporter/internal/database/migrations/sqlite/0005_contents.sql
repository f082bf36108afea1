-- +goose Up

-- Contents of the steps of the latest prompts, as redaction left them: what a tool was called with, and what went wrong.
create table step_contents (
  prompt_id text not null, -- id of the prompt
  n integer not null, -- number of the step within the prompt
  name text not null, -- attribute: tool_input, tool_parameters, error, prompt or response
  content text not null, -- its text, at most max_content_bytes
  missing integer not null, -- bytes of the text beyond that limit
  primary key (prompt_id, n, name)
) without rowid;

-- The level of indentation follows from the ids of requests, calls and subagents in the details.
alter table steps drop column depth;

alter table prompts add column content_bytes integer not null default 0; -- bytes of the contents of its steps
alter table prompts add column contents_cut integer not null default 0; -- number of contents beyond the limits, which are not stored
alter table prompts add column contents_refused integer not null default 0; -- number of contents that no cowork_redaction had redacted, which are not stored

-- The columns of the view:
--
--   prompt_id: id of the prompt
--   session_id: id of the session
--   user_name: name of the user
--   started_at: start, UTC
--   kind: kind of the event
--   step: model or tool
--   failed: 1 if the step failed
--   reason: status, type of error or decision
--   content_name: attribute: tool_input, tool_parameters, error, prompt or response
--   content: its text

-- What the latest steps did and why they failed, one row for each content as redaction left it, the latest first.
create view latest_contents as
select steps.prompt_id, prompts.session_id, u.name as user_name, datetime(steps.start_ns / 1000000000, 'unixepoch') as started_at, steps.kind, steps.name as step, steps.failed, steps.reason,
  step_contents.name as content_name, step_contents.content
from step_contents join steps on steps.prompt_id = step_contents.prompt_id and steps.n = step_contents.n
  join prompts on prompts.id = steps.prompt_id left join names u on u.id = prompts.user_id
order by steps.start_ns desc, steps.prompt_id, steps.n, content_name;
