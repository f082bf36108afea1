package panels_test

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A held is a row of the table sources. Its days are before noon.
type held struct {
	what, name, origin, marketplace, user, organization string
	first, last                                         int
}

// holdings are what users have. Rows of 60 days ago are as old as the oldest data.
var holdings = []held{
	{"connector", "crm", "project", "", "ada", "acme", 60, 0},
	{"connector", "crm", "project", "allowed", "bob", "acme", 3, 0},
	{"connector", "wiki", "claudeai", "", "bob", "acme", 3, 0},
	{"connector", "wiki", "claudeai", "", "cy", "globex", 2, 2},
	{"connector", "", "claudeai", "", "", "acme", 59, 58},
	{"plugin", "office", "org", "", "ada", "acme", 30, 0},
	{"plugin", "mine", "user-local", "m", "ada", "acme", 30, 0},
	{"plugin", "mine", "user-local", "m", "dan", "globex", 4, 0},
	{"plugin", "late", "", "", "cy", "globex", 1, 0},
	{"plugin_version", "office", "1.10.0", "0000010000100000000000001", "ada", "acme", 5, 0},
	{"plugin_version", "office", "1.9.0", "0000010000090000000000001", "ada", "acme", 30, 5},
	{"plugin_version", "office", "1.9.0", "0000010000090000000000001", "bob", "acme", 20, 0},
	{"plugin_version", "office", "nightly", "", "cy", "globex", 3, 0},
	{"plugin_version", "late", "2.0", "0000020000000000000000001", "cy", "globex", 1, 0},
	{"plugin_version", "late", "1.0", "0000010000000000000000001", "dan", "globex", 40, 2},
	{"plugin_verdict", "office", "allowed", "", "ada", "acme", 5, 0},
	{"plugin_verdict", "mine", "disabled", "", "dan", "globex", 4, 0},
	{"skill", "pdf", "userSettings", "", "cy", "globex", 5, 0},
	{"host", "a.example", "unlisted", "", "ada", "acme", 20, 0},
	{"host", "a.example", "unlisted", "", "bob", "acme", 2, 1},
	{"host", "c.example", "disabled", "", "bob", "acme", 2, 1},
	{"host", "b.example", "local", "", "bob", "acme", 2, 1},
	{"host", "b.example", "unlisted", "", "dan", "globex", 2, 0},
}

func loadHoldings(ctx context.Context, tx *database.Tx) error {
	ids := map[[2]string]int64{}
	id := func(kind, name string) int64 {
		if name == "" {
			return 0
		}
		key := [2]string{kind, name}
		if ids[key] == 0 {
			_, _ = tx.InsertNew(ctx, "names", []string{"kind", "name", "last_day"}, [][]any{{kind, name, int64(20261121)}})
			var n int64
			_ = tx.QueryRow(ctx, "select id from names where kind = $1 and name = $2", kind, name).Scan(&n)
			ids[key] = n
		}
		return ids[key]
	}
	var rows [][]any
	for _, h := range holdings {
		rows = append(rows, []any{
			h.what, id(h.what, h.name), id("label", h.origin), id("label", h.marketplace), id("user", h.user), id("organization", h.organization), dateBefore(h.first), dateBefore(h.last),
		})
	}
	return tx.Insert(ctx, "sources", []string{"what", "name_id", "origin_id", "marketplace_id", "user_id", "organization_id", "first_day", "last_day"}, "", rows)
}

func dateBefore(days int) int64 {
	at := noon.AddDate(0, 0, -days)
	return int64(at.Year()*10000 + int(at.Month())*100 + at.Day())
}

func dayBefore(days int) time.Time { return report.StartOfDay(noon, -days) }

func orUnknown(name string) string {
	if name == "" {
		return "(unknown)"
	}
	return name
}

// heldIn returns the rows of a kind that were used in the time range of a filter, by the
// names of some of their columns.
func heldIn(f report.Filter, what string, key func(held) []string) map[string][]held {
	groups := map[string][]held{}
	for _, h := range holdings {
		team := teams[h.user][0]
		if h.what != what || !dayBefore(h.first).Before(f.To) || dayBefore(h.last).Before(report.StartOfDay(f.From, 0)) ||
			f.Organization != "" && orUnknown(h.organization) != f.Organization || f.User != "" && orUnknown(h.user) != f.User ||
			f.Team != "" && orUnknown(team) != f.Team {
			continue
		}
		at := strings.Join(key(h), "\n")
		groups[at] = append(groups[at], h)
	}
	return groups
}

// isRecent reports whether no user had something until a week before the end of a filter.
func isRecent(f report.Filter, h held) bool {
	end := report.StartOfDay(f.To.Add(-1), -7)
	first := slices.MaxFunc(holdings, func(a, b held) int {
		return number(a.what == h.what && a.name == h.name, a.first) - number(b.what == h.what && b.name == h.name, b.first)
	})
	return h.first == first.first && h.first < 60 && dayBefore(h.first).After(end)
}

func number(holds bool, n int) int {
	if !holds {
		return -1
	}
	return n
}

// holders returns the number of distinct users.
func holders(list []held) int64 {
	users := map[string]bool{}
	for _, h := range list {
		if h.user != "" {
			users[h.user] = true
		}
	}
	return int64(len(users))
}

func firstSeen(list []held) any {
	return dayBefore(slices.MaxFunc(list, func(a, b held) int { return a.first - b.first }).first)
}

func lastSeen(list []held) any {
	return dayBefore(slices.MinFunc(list, func(a, b held) int { return a.last - b.last }).last)
}

func stateOf(f report.Filter, list []held) any {
	if slices.ContainsFunc(list, func(h held) bool { return isRecent(f, h) }) {
		return "new"
	}
	return nil
}

// heldRows returns a row for each group: its names, then figures.
func heldRows(what string, key func(held) []string, figures func(report.Filter, []held) []any) func(ledger, report.Filter) [][]any {
	return func(_ ledger, f report.Filter) (rows [][]any) {
		for at, group := range heldIn(f, what, key) {
			var row []any
			for name := range strings.SplitSeq(at, "\n") {
				row = append(row, orUnknown(name))
			}
			rows = append(rows, append(row, figures(f, group)...))
		}
		return rows
	}
}

func nameAndUser(h held) []string { return []string{h.name, h.user} }

func seenBy(f report.Filter, list []held) []any {
	return []any{firstSeen(list), lastSeen(list), stateOf(f, list)}
}

// ranking returns the rows of a panel whose number is in its second column.
func ranking(of, sum string, keys ...string) func(ledger, report.Filter) [][]any {
	return func(l ledger, f report.Filter) [][]any {
		rows := rowsBy(of, func(l ledger) []any { return []any{l.sum(sum)} }, keys...)(l, f)
		for i, row := range rows {
			rows[i] = slices.Concat(row[:1], row[len(keys):], row[1:len(keys)])
		}
		return rows
	}
}

// distinct returns the figure of the distinct names that hold.
func distinct(what string, holds func(report.Filter, held) bool) func(ledger, report.Filter) [][]any {
	return func(_ ledger, f report.Filter) [][]any {
		n := int64(0)
		for _, group := range heldIn(f, what, func(h held) []string { return []string{h.name} }) {
			if slices.ContainsFunc(group, func(h held) bool { return holds(f, h) }) {
				n++
			}
		}
		return [][]any{{n}}
	}
}

// usersWho returns the users of each name that holds for any of them.
func usersWho(what string, holds func(report.Filter, held) bool) func(ledger, report.Filter) [][]any {
	return func(_ ledger, f report.Filter) (rows [][]any) {
		for name, group := range heldIn(f, what, func(h held) []string { return []string{h.name} }) {
			if slices.ContainsFunc(group, func(h held) bool { return holds(f, h) }) {
				rows = append(rows, []any{orUnknown(name), holders(group)})
			}
		}
		return rows
	}
}

// named returns the sums of a fact by a key, of those with a name that are not 0.
func named(of, sum, label, name, key string) func(ledger, report.Filter) [][]any {
	return func(l ledger, f report.Filter) [][]any {
		return rowsBy(of, func(l ledger) []any {
			if l.sum(sum) == int64(0) {
				return nil
			}
			return []any{l.sum(sum)}
		}, key)(l.of(of, label, name), f)
	}
}

func isUnofficial(h held) bool {
	return !slices.Contains([]string{"official", "default-bundle", "org"}, h.origin)
}

func verdictOn(h held) string {
	if isUnofficial(h) {
		return "unofficial"
	}
	return map[string]string{"org": "organization"}[h.origin]
}

// reachedBy returns the rows of users and the hosts of a verdict that they reached.
func reachedBy(verdict string, figures func(report.Filter, []held) []any) func(ledger, report.Filter) [][]any {
	return func(_ ledger, f report.Filter) (rows [][]any) {
		for _, group := range heldIn(f, "host", nameAndUser) {
			group = slices.DeleteFunc(group, func(h held) bool { return h.origin != verdict })
			if len(group) > 0 {
				rows = append(rows, append([]any{group[0].name, orUnknown(group[0].user)}, figures(f, group)...))
			}
		}
		return rows
	}
}

// securityFigures are the rows of the panels of the page of security.
var securityFigures = map[string]func(ledger, report.Filter) [][]any{
	"unconfirmed": figureOf("unconfirmed", sumOf("decisions")),
	"bypassed": func(l ledger, _ report.Filter) [][]any {
		return [][]any{{l.of("unconfirmed", "permission_mode", "bypassPermissions").sum("decisions")}}
	},
	"secrets_redacted": func(l ledger, _ report.Filter) [][]any {
		return [][]any{{l.of("redactions", "pattern", "api_key").sum("redactions")}}
	},
	"unofficial_plugins": distinct("plugin", func(_ report.Filter, h held) bool { return isUnofficial(h) }),
	"new_connectors":     distinct("connector", isRecent),
	"disabled_calls": func(l ledger, _ report.Filter) [][]any {
		return [][]any{{l.of("egress", "verdict", "disabled").sum("calls")}}
	},
	"unlisted_calls": func(l ledger, _ report.Filter) [][]any {
		return [][]any{{l.of("egress", "verdict", "unlisted").sum("calls")}}
	},
	"scheduled":           figureOf("scheduled_tasks", sumOf("calls")),
	"unconfirmed_by_user": ranking("unconfirmed", "decisions", "user", "permission_mode"),
	"unconfirmed_by_tool": ranking("unconfirmed", "decisions", "tool", "permission_mode"),
	"rejections_by_user":  rowsBy("rejections", func(l ledger) []any { return []any{l.sum("rejections")} }, "user", "tool", "decision_source"),
	"scheduled_tasks":     ranking("scheduled_tasks", "calls", "user", "tool"),
	"redactions":          ranking("redactions", "redactions", "pattern"),
	"redactions_by_user":  ranking("redactions", "redactions", "user", "pattern"),
	"hosts_by_verdict": func(l ledger, f report.Filter) [][]any {
		rows := ranking("egress", "calls", "verdict")(l, f)
		seen := heldIn(f, "host", func(h held) []string { return []string{h.origin} })
		for i, row := range rows {
			if group := seen[row[0].(string)]; group != nil {
				names := map[string]bool{}
				for _, h := range group {
					names[h.name] = true
				}
				rows[i] = append(row, int64(len(names)), holders(group))
			} else {
				rows[i] = append(row, nil, nil)
			}
		}
		return rows
	},
	"egress": func(l ledger, f report.Filter) [][]any {
		rows := ranking("egress", "calls", "host", "verdict")(l, f)
		seen := heldIn(f, "host", func(h held) []string { return []string{h.name, h.origin} })
		for i, row := range rows {
			if group := seen[row[0].(string)+"\n"+row[2].(string)]; group != nil {
				rows[i] = append(row, holders(group), firstSeen(group), lastSeen(group))
			} else {
				rows[i] = append(row, nil, nil, nil)
			}
		}
		return rows
	},
	"egress_users":   reachedBy("unlisted", seenBy),
	"disabled_users": reachedBy("disabled", func(_ report.Filter, list []held) []any { return []any{firstSeen(list), lastSeen(list)} }),
	"connector_sources": func(_ ledger, f report.Filter) (rows [][]any) {
		for _, group := range heldIn(f, "connector", func(h held) []string { return []string{h.name, h.origin, h.marketplace} }) {
			h, verdict := group[0], any(nil)
			if h.marketplace != "" {
				verdict = h.marketplace
			}
			rows = append(rows, append([]any{orUnknown(h.name), h.origin, verdict, holders(group)}, seenBy(f, group)...))
		}
		return rows
	},
	"plugin_verdicts": heldRows("plugin_verdict", func(h held) []string { return []string{h.name, h.origin} }, func(_ report.Filter, list []held) []any {
		return []any{holders(list), firstSeen(list), lastSeen(list)}
	}),
	"plugin_versions": heldRows("plugin_version", func(h held) []string { return []string{h.name, h.origin, teams[h.user][0]} }, func(_ report.Filter, list []held) []any {
		return []any{holders(list), firstSeen(list), lastSeen(list)}
	}),
	"plugins_behind": func(_ ledger, f report.Filter) (rows [][]any) {
		everyone := report.Filter{From: f.From, To: f.To}
		newest := map[string]held{}
		own := map[[2]string]held{}
		for _, group := range heldIn(everyone, "plugin_version", func(h held) []string { return []string{h.name, h.user, h.origin} }) {
			h := group[0]
			if h.marketplace > newest[h.name].marketplace {
				newest[h.name] = h
			}
			if key := [2]string{h.name, h.user}; h.marketplace > own[key].marketplace {
				own[key] = h
			}
		}
		for _, group := range heldIn(f, "plugin_version", func(h held) []string { return []string{h.name, h.user, h.origin} }) {
			if h := group[0]; own[[2]string{h.name, h.user}] == h && h.marketplace < newest[h.name].marketplace {
				rows = append(rows, []any{h.name, h.user, h.origin, newest[h.name].origin, lastSeen(group)})
			}
		}
		return rows
	},
	"connector_users": heldRows("connector", nameAndUser, seenBy),
	"plugin_sources": func(_ ledger, f report.Filter) (rows [][]any) {
		for _, group := range heldIn(f, "plugin", func(h held) []string { return []string{h.name, h.origin, h.marketplace} }) {
			h := group[0]
			rows = append(rows, append([]any{h.name, verdictOn(h), orUnknown(h.origin), orUnknown(h.marketplace), holders(group)}, seenBy(f, group)...))
		}
		return rows
	},
	"skill_sources": heldRows("skill", func(h held) []string { return []string{h.name, h.origin, h.marketplace} }, func(f report.Filter, list []held) []any {
		return []any{holders(list), firstSeen(list), stateOf(f, list)}
	}),
	"unofficial_in_use": usersWho("plugin", func(_ report.Filter, h held) bool { return isUnofficial(h) }),
	"connectors_new":    usersWho("connector", isRecent),
	"secrets_by_user":   named("redactions", "redactions", "pattern", "api_key", "user"),
	"hosts_disabled":    named("egress", "calls", "verdict", "disabled", "host"),
	"hosts_unlisted":    named("egress", "calls", "verdict", "unlisted", "host"),
	"plugin_installs": func(l ledger, f report.Filter) [][]any {
		verdicts := map[any]any{"true": "official", "false": "unofficial", "(unknown)": nil}
		rows := rowsBy("plugin_installs", func(l ledger) []any { return []any{l.sum("installs")} }, "user", "plugin", "marketplace", "official")(l, f)
		for _, row := range rows {
			row[3] = verdicts[row[3]]
		}
		return rows
	},
}
