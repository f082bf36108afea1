-- +goose Up

-- The team and the cost center of users, as the latest event of each has them.
-- A user whose events have neither has no row. The kinds of their names are team and cost_center.
create table people (
  user_id integer not null primary key,
  team_id integer not null,
  cost_center_id integer not null,
  seen integer not null -- time of the event, in Unix seconds; that of a later equal one within the hour is not stored
);
create index people_by_team on people (team_id);
create index people_by_cost_center on people (cost_center_id);

-- More columns of views:
--
--   user_name: name of the user, as redaction leaves it
--   organization: name or id of the organization
--   team: team that the user has now, (unknown) without one
--   cost_center: cost center that the user has now, (unknown) without one
--   model: name of the model
--   date: day in the time zone
--   cost_usd: cost in US dollars: the estimate of the client from list prices; null if no request has a known cost
--   cost_per_request_usd: cost of a request with a known cost: cost_usd divided by requests without unpriced
--   cost_per_user_usd: cost_usd divided by users
--   requests: answered requests to the model
--   unpriced: answered requests without a known cost
--   tokens: input and output tokens, with those of the cache
--   users: number of distinct users with a name
--   week: Monday of the week
--   prompts: prompts that people typed
--   events: events of any kind
--   skill: name of the skill
--   plugin: name of the plugin
--   activations: activations of the skill
--   enabled_via: how the plugin was enabled; org-policy is the organization
--   first_date: date of the first use
--   last_date: date of the last use

-- Cost, requests and tokens of each user, the most expensive first.
drop view cost_by_user;
create view cost_by_user as
select u.name as user_name, t.name as team,
  case when cost_micros > 0 or unpriced = 0 then cast(cost_micros as double precision) / 1000000 end as cost_usd,
  requests, tokens, unpriced, cast(cost_micros as double precision) / 1000000 / nullif(requests - unpriced, 0) as cost_per_request_usd
from (
  select user_id, sum(requests) as requests, sum(unpriced) as unpriced, sum(cost_micros) as cost_micros,
    cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens
  from usage_by_user_day group by user_id
) as totals left join names u on u.id = totals.user_id left join people p on p.user_id = totals.user_id left join names t on t.id = coalesce(p.team_id, 0)
order by cost_usd desc nulls last, user_name;

-- Cost, users, requests and tokens of each team, the most expensive first. All past usage of a user counts to the present team.
create view cost_by_team as
select t.name as team,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  count(distinct nullif(d.user_id, 0)) as users, sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced, cast(sum(cost_micros) as double precision) / 1000000 / nullif(sum(requests - unpriced), 0) as cost_per_request_usd,
  cast(sum(cost_micros) as double precision) / 1000000 / nullif(count(distinct nullif(d.user_id, 0)), 0) as cost_per_user_usd
from usage_by_user_day d left join people p on p.user_id = d.user_id left join names t on t.id = coalesce(p.team_id, 0)
group by t.id, t.name
order by cost_usd desc nulls last, team;

-- Cost, users, requests and tokens of each cost center, the most expensive first.
create view cost_by_cost_center as
select c.name as cost_center,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  count(distinct nullif(d.user_id, 0)) as users, sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced, cast(sum(cost_micros) as double precision) / 1000000 / nullif(sum(requests - unpriced), 0) as cost_per_request_usd
from usage_by_user_day d left join people p on p.user_id = d.user_id left join names c on c.id = coalesce(p.cost_center_id, 0)
group by c.id, c.name
order by cost_usd desc nulls last, cost_center;

-- Cost, users, requests and tokens of each organization, the most expensive first.
drop view cost_by_organization;
create view cost_by_organization as
select o.name as organization,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  count(distinct nullif(user_id, 0)) as users, sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced, cast(sum(cost_micros) as double precision) / 1000000 / nullif(sum(requests - unpriced), 0) as cost_per_request_usd
from usage_by_user_day left join names o on o.id = organization_id
group by o.id, o.name
order by cost_usd desc nulls last, organization;

-- Cost, users, requests and tokens of each model, the most expensive first.
drop view cost_by_model;
create view cost_by_model as
select m.name as model,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  count(distinct nullif(user_id, 0)) as users, sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced, cast(sum(cost_micros) as double precision) / 1000000 / nullif(sum(requests - unpriced), 0) as cost_per_request_usd
from usage_by_user_day left join names m on m.id = model_id
group by m.id, m.name
order by cost_usd desc nulls last, model;

-- Cost, requests and tokens of each day and user, with the present team of the user.
drop view daily_cost_by_user;
create view daily_cost_by_user as
select substr(day, 1, 4) || '-' || substr(day, 5, 2) || '-' || substr(day, 7, 2) as date, u.name as user_name, t.name as team, o.name as organization,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced
from usage_by_user_day d
left join names u on u.id = d.user_id left join people p on p.user_id = d.user_id left join names t on t.id = coalesce(p.team_id, 0) left join names o on o.id = organization_id
group by day, u.id, u.name, t.id, t.name, o.id, o.name;

-- Cost, users, requests and tokens of each day, the latest first.
drop view cost_by_day;
create view cost_by_day as
select substr(day, 1, 4) || '-' || substr(day, 5, 2) || '-' || substr(day, 7, 2) as date,
  case when sum(cost_micros) > 0 or sum(unpriced) = 0 then cast(sum(cost_micros) as double precision) / 1000000 end as cost_usd,
  count(distinct nullif(user_id, 0)) as users, sum(requests) as requests, cast(sum(input + output + cache_read + cache_creation) as bigint) as tokens,
  sum(unpriced) as unpriced, cast(sum(cost_micros) as double precision) / 1000000 / nullif(sum(requests - unpriced), 0) as cost_per_request_usd
from usage_by_user_day
group by day
order by day desc;

-- Users with any event on each day.
drop view active_users_by_day;
create view active_users_by_day as
select substr(day, 1, 4) || '-' || substr(day, 5, 2) || '-' || substr(day, 7, 2) as date, count(distinct nullif(user_id, 0)) as users, sum(prompts) as prompts, sum(events) as events
from activity_by_user_day group by day order by day desc;

-- Users with any event in each week.
drop view active_users_by_week;
create view active_users_by_week as
select substr(week, 1, 4) || '-' || substr(week, 5, 2) || '-' || substr(week, 7, 2) as week, count(distinct nullif(user_id, 0)) as users, sum(prompts) as prompts, sum(events) as events
from activity_by_user_week group by week order by week desc;

-- Skills in use, with the number of their users.
drop view skill_usage;
create view skill_usage as
select s.name as skill, p.name as plugin, sum(activations) as activations, count(distinct nullif(user_id, 0)) as users
from skills_by_user_day left join names s on s.id = skill_id left join names p on p.id = plugin_id
group by s.id, s.name, p.id, p.name
order by activations desc, skill, plugin;

-- Plugins and how many users loaded them.
drop view plugin_adoption;
create view plugin_adoption as
select p.name as plugin, v.name as enabled_via, count(distinct nullif(user_id, 0)) as users,
  substr(min(first_day), 1, 4) || '-' || substr(min(first_day), 5, 2) || '-' || substr(min(first_day), 7, 2) as first_date, substr(max(plugin_users.last_day), 1, 4) || '-' || substr(max(plugin_users.last_day), 5, 2) || '-' || substr(max(plugin_users.last_day), 7, 2) as last_date
from plugin_users left join names p on p.id = plugin_id left join names v on v.id = enabled_via_id
group by p.id, p.name, v.id, v.name
order by users desc, plugin, enabled_via;
