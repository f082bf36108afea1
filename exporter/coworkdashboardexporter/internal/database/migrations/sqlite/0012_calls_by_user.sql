-- +goose Up

-- Calls of tools by user, without the tools: who fails most is read from a twentieth of the rows.
alter table activity_by_user_hour add column calls integer not null default 0; -- finished calls of tools
alter table activity_by_user_hour add column failures integer not null default 0; -- calls that failed
alter table activity_by_user_day add column calls integer not null default 0; -- finished calls of tools
alter table activity_by_user_day add column failures integer not null default 0; -- calls that failed
alter table activity_by_user_week add column calls integer not null default 0; -- finished calls of tools
alter table activity_by_user_week add column failures integer not null default 0; -- calls that failed

update activity_by_user_hour set
  calls = coalesce((select sum(calls) from tool_calls_by_user_hour t where t.hour = activity_by_user_hour.hour and t.user_id = activity_by_user_hour.user_id and t.organization_id = activity_by_user_hour.organization_id), 0),
  failures = coalesce((select sum(failures) from tool_calls_by_user_hour t where t.hour = activity_by_user_hour.hour and t.user_id = activity_by_user_hour.user_id and t.organization_id = activity_by_user_hour.organization_id), 0);

update activity_by_user_day set
  calls = coalesce((select sum(calls) from tool_calls_by_user_day t where t.day = activity_by_user_day.day and t.user_id = activity_by_user_day.user_id and t.organization_id = activity_by_user_day.organization_id), 0),
  failures = coalesce((select sum(failures) from tool_calls_by_user_day t where t.day = activity_by_user_day.day and t.user_id = activity_by_user_day.user_id and t.organization_id = activity_by_user_day.organization_id), 0);

-- The days of a week end before the next Monday that has figures.
update activity_by_user_week set
  calls = coalesce((
    select sum(d.calls) from activity_by_user_day d
    where d.user_id = activity_by_user_week.user_id and d.organization_id = activity_by_user_week.organization_id and d.day >= activity_by_user_week.week
      and d.day < (select coalesce(min(n.week), 99999999) from activity_by_user_week n where n.week > activity_by_user_week.week)
  ), 0),
  failures = coalesce((
    select sum(d.failures) from activity_by_user_day d
    where d.user_id = activity_by_user_week.user_id and d.organization_id = activity_by_user_week.organization_id and d.day >= activity_by_user_week.week
      and d.day < (select coalesce(min(n.week), 99999999) from activity_by_user_week n where n.week > activity_by_user_week.week)
  ), 0);
