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
