package store

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// The relations for the queries of panels, limited to the filter and the requested time
// range. A missing name is (unknown), and names beyond a limit are (other).
//
//	slot (at, day, weekday, hour, date)   the requested hours or days; weekday 0 is Sunday
//
//	spend_total (users, cost, tokens, requests, errors, refusals, input, output, cache_read, cache_creation)
//	spend_prior (…)                 of the previous range, if enough of it is known
//	spend_at (at, …)                by hour or day
//	spend_organization (name, of, …), spend_model, spend_user   ranked by cost; of is the number of rows without the limit of 50
//	user_at (name, at, rank, tokens)   of the ten users with the most tokens
//
//	people_total (users, events, prompts, sessions, tasks), people_prior, people_at, people_organization, people_user
//
//	tool (tool, connector, calls, failures, ms, timed)
//	decision (tool, decision, source, n)
//	mode (mode, n)
//	connection (connector, status, n)
//	connector_error (connector, error_type, n)
//	failure (model, status, n)
//	skill (skill, plugin, n)
//	plugin (plugin, scope, enabled_via, n)
//	version (version, n, requests)
//	source (source, requests, cost)
//	agent (agent, runs, ms)
//	origin (origin, n)
//	hour (hour, n)
//	…, and each by time: tool_at (at, …)
//
//	latency_model (name, n, mean, p50, p95, p99 in milliseconds), latency_tool, latency_at (at, …) of requests,
//	latency_error (name, …) of failed requests
//	adopter (what, name, via, user, first)   users of plugins and skills, with their first day
//	alerts (name, severity, status, detail, starts, ends, seen, times)   firing alerts, and those of the requested time range
//
// The columns of spend and people are 0 unless their names occur in the query: list them,
// do not use a star.
//
// The parameters are :seat_value_usd, the value of a seat per month or null, and :days,
// the number of days in the requested range with figures, at least 1.
func relations() []string {
	var list []string
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	add("slot (at, day, weekday, hour, date) as materialized (select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(:slots))")
	for _, f := range []struct {
		*measureGroup
		rank int
	}{{spend, 1 << atCost}, {people, 1 << atEvents}} {
		measures := strings.Join(f.measures, ", ")
		values := []string{"value->>3"}
		for i := range f.measures {
			values = append(values, fmt.Sprintf("value->>%d", i+4))
		}
		columns := strings.Join(values, ", ")
		from := func(how string, rank, limit int, users, time string) string {
			needs := fmt.Sprintf("(:%s_needs | %d)", f.name, rank)
			return fmt.Sprintf("json_each((select %s from cells where family = %d and grain = :grain and %s and (:shard < 0 or shard = :shard)))",
				foldOf(f.measureGroup, how, rank, limit, users, needs), f.id, time)
		}
		add("%s_total (users, %s) as (select %s from %s)", f.name, measures, columns, from("total", 0, 1, "''", inTime))
		add("%s_prior (users, %s) as (select %s from %s)", f.name, measures, columns, from("total", 0, 1, "''", fmt.Sprintf(inPrior, f.id, foldOf(f.measureGroup, "organization", 0, 1, "''", "0"))))
		add("%s_at (at, users, %s) as materialized (select value->>1, %s from %s)", f.name, measures, columns, from("at", 0, 0, "''", inTime))
		for _, by := range []category{catOrganization, catModel, catUser} {
			add("%s_%s (name, of, users, %s) as (select %s, value->>2, %s from %s)", f.name, by, measures,
				nameOf(by, "value->>0"), columns, from(by.String(), f.rank, maxRanked, "''", inTime))
		}
		if f.measureGroup == spend {
			add("most (id, rank) as materialized (select value->>0, key from %s)", from("user", 1<<atTokens, 10, "''", inTime))
			add("heavy (id, rank, name) as materialized (select most.id, rank, %s from most)", nameOf(catUser, "most.id"))
			add("times (id, at, tokens) as materialized (select value->>0, value->>1, value->>2 from %s)",
				from("user_at", 1<<atTokens, 0, "(select json_group_array(id) from most)", inTime))
			add("user_at (name, at, rank, tokens) as (select name, at, rank, tokens from times join heavy using (id))")
		}
	}
	for _, r := range counterRelations {
		list = append(list, r.sql(false), r.sql(true))
	}
	add(`latency_model (name, n, mean, p50, p95, p99) as (%s)`, quantiles(nameOf(catModel, "name"), requestLatency, "name"))
	add(`latency_error (name, n, mean, p50, p95, p99) as (%s)`, quantiles(nameOf(catModel, "name"), errorLatency, "name"))
	add(`latency_tool (name, n, mean, p50, p95, p99) as (%s)`, quantiles(nameOf(catTool, "name"), toolCounter, "name"))
	add(`latency_at (at, n, mean, p50, p95, p99) as (%s)`, quantiles("at", requestLatency, "at"))
	add(`adopter (what, name, via, user, first) as (select iif(kind = %d, 'plugin', 'skill'), iif(kind = %d, %s, %s), %s, user, first
		from adoption where last >= :from_day and first < :to and (:organization = 0 or organization = :organization) and (:user = 0 or user = :user))`,
		pluginCounter, pluginCounter, nameOf(catPlugin, "name"), nameOf(catSkill, "name"), nameOf(catLabel, "via"))
	add(`alerts (name, severity, status, detail, starts, ends, seen, times) as (select name, severity, status, detail, nullif(starts, 0), nullif(ends, 0), seen, times
		from alert where status = 'firing' or (seen >= :from and seen < :to))`)
	return list
}

// allRelations are the relations. Each starts with its name and uses only those before
// it.
var allRelations = sync.OnceValue(relations)

// withRelations prepends the relations that a query uses. Parsing all of them would take
// SQLite longer than most queries.
func withRelations(query string) string {
	all := allRelations()
	var used []string
	for text, i := query, len(all)-1; i >= 0; i-- {
		name, _, _ := strings.Cut(all[i], " ")
		if strings.Contains(text, name) {
			used = append(used, all[i])
			text += all[i]
		}
	}
	if used == nil {
		return query
	}
	slices.Reverse(used)
	return "with " + strings.Join(used, ",\n") + "\n" + query
}

// foldOf returns the call of a fold. Columns that the query does not need are null.
func foldOf(f *measureGroup, how string, rank, limit int, users, needs string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "fold_%s('%s', %d, %d, :organization, :user, :model, %s, %s, at, shard, n", f.name, how, rank, limit, users, needs)
	for i, column := range f.columns() {
		if i >= keyColumns {
			column = fmt.Sprintf("iif(%s >> %d & 1, %s, null)", needs, i-keyColumns, column)
		}
		b.WriteString(", " + column)
	}
	return b.String() + ")"
}

// The conditions on the time.
const (
	inTime = "at >= :from and at < :to"
	// The previous range counts only if it is complete, and if the filter's names have
	// data in its first half. Otherwise every figure would seem to grow.
	inPrior = `at >= :prior and at < :from and :prior >= (select min(at) from cells where family = %[1]d and grain = :grain)
		and (:organization = 0 and :user = 0 and :model = 0 or json_array_length((
			select %[2]s from cells
			where family = %[1]d and grain = :grain and at >= :prior and at < (:prior + :from) / 2 and (:shard < 0 or shard = :shard))) > 0)`
)

// maxRanked bounds the rows of a ranking.
const maxRanked = 50

// nameOf returns the expression for the name of an id.
func nameOf(c category, id string) string {
	return fmt.Sprintf("coalesce((select text from word where category = %d and id = %s), iif(%s = %d, '%s', '(unknown)'))",
		c, id, id, overflow, otherName)
}

func quantiles(what string, kind counterKind, by string) string {
	return fmt.Sprintf(`select %s, sum(n), sum(micros) / 1e3 / sum(n), quantile(0.5, sketch), quantile(0.95, sketch), quantile(0.99, sketch)
		from latency where kind = %d and grain = :grain and %s and (:organization = 0 or organization = :organization)
		and (:model = 0 or %d = %d or name = :model) group by %s`, what, kind, inTime, kind, toolCounter, by)
}

// A counterRelation is a relation over the counters of a kind.
type counterRelation struct {
	name  string
	kind  counterKind
	keys  []keyColumn
	sums  []string
	model bool // whether the first key is a model
}

// A keyColumn is a name that a relation is grouped by.
type keyColumn struct {
	name     string
	category category
}

var counterRelations = []counterRelation{
	{name: "tool", kind: toolCounter, keys: []keyColumn{{"tool", catTool}, {"connector", catConnector}}, sums: []string{"calls", "failures", "ms", "timed"}},
	{name: "decision", kind: decisionCounter, keys: []keyColumn{{"tool", catTool}, {"decision", catLabel}, {"source", catLabel}}, sums: []string{"n"}},
	{name: "mode", kind: modeCounter, keys: []keyColumn{{"mode", catLabel}}, sums: []string{"n"}},
	{name: "connection", kind: connectionCounter, keys: []keyColumn{{"connector", catConnector}, {"status", catLabel}}, sums: []string{"n"}},
	{name: "connector_error", kind: connectorCounter, keys: []keyColumn{{"connector", catConnector}, {"error_type", catLabel}}, sums: []string{"n"}},
	{name: "failure", kind: statusCounter, keys: []keyColumn{{"model", catModel}, {"status", catLabel}}, sums: []string{"n"}, model: true},
	{name: "skill", kind: skillCounter, keys: []keyColumn{{"skill", catSkill}, {"plugin", catPlugin}}, sums: []string{"n"}},
	{name: "plugin", kind: pluginCounter, keys: []keyColumn{{"plugin", catPlugin}, {"scope", catLabel}, {"enabled_via", catLabel}}, sums: []string{"n"}},
	{name: "version", kind: versionCounter, keys: []keyColumn{{"version", catVersion}}, sums: []string{"n", "requests"}},
	{name: "source", kind: sourceCounter, keys: []keyColumn{{"source", catLabel}}, sums: []string{"requests", "cost"}},
	{name: "agent", kind: agentCounter, keys: []keyColumn{{"agent", catAgent}}, sums: []string{"runs", "ms"}},
	{name: "origin", kind: originCounter, keys: []keyColumn{{"origin", catLabel}}, sums: []string{"n"}},
	{name: "hour", kind: hourCounter, sums: []string{"n"}},
}

// sql returns the definition of the relation, by time or in total.
func (r counterRelation) sql(byTime bool) string {
	name, columns, values, group := r.name, []string{}, []string{}, []string{"organization * 0"}
	if byTime {
		name += "_at"
		columns, values, group = append(columns, "at"), append(values, "at"), append(group, "at")
	}
	for i, k := range r.keys {
		letter := string(rune('a' + i))
		columns, values, group = append(columns, k.name), append(values, nameOf(k.category, letter)), append(group, letter)
	}
	if r.keys == nil { // the hour of the day, stored plus 1
		columns, values, group = append(columns, "hour"), append(values, "a - 1"), append(group, "a")
	}
	for i, s := range r.sums {
		columns, values = append(columns, s), append(values, fmt.Sprintf("sum(%c)", "nmpq"[i]))
	}
	model := ""
	if r.model {
		model = " and (:model = 0 or a = :model)"
	}
	return fmt.Sprintf("%s (%s) as (select %s from fact where kind = %d and grain = :grain and %s and (:organization = 0 or organization = :organization)%s group by %s)",
		name, strings.Join(columns, ", "), strings.Join(values, ", "), r.kind, inTime, model, strings.Join(group, ", "))
}
