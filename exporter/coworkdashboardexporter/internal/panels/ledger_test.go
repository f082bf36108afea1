package panels_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer/answertest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A ledger is a list of observations, from which the figures of panels are computed apart.
type ledger []answertest.Observation

// The names of the observations. The user "" has no name.
var names = map[string][]string{
	"organization": {"acme", "globex"}, "user": {"ada", "bob", "cy", "dan", ""}, "model": {"opus", "haiku", "free"},
	"query_source": {"sdk", "agent"}, "tool": {"Bash", "Read", "crm_query"}, "connector": {"crm", "wiki", ""},
	"decision": {"accept", "reject"}, "decision_source": {"config", "user"}, "permission_mode": {"default", "bypassPermissions"},
	"status": {"connected", "failed", "disconnected"}, "error_type": {"timeout", ""}, "status_code": {"429", "529", ""},
	"skill": {"pdf", "xlsx"}, "plugin": {"office", ""}, "plugin_scope": {"user"}, "enabled_via": {"org-policy", "user"},
	"client_version": {"2.1.1", "2.1.2"}, "agent": {"Explore", "Plan"}, "outcome": {"ok", "error"},
	"host": {"a.example", "b.example"}, "verdict": {"unlisted", "local", "disabled"}, "pattern": {"api_key", "email"}, "marketplace": {"m", ""}, "official": {"true", "false", ""},
}

// teams are the team and the cost center of users.
var teams = map[string][2]string{"ada": {"sales", "100"}, "bob": {"sales", "200"}, "cy": {"support", ""}, "dan": {"", "100"}}

// drawLedger returns observations of all facts in the 70 days before noon.
func drawLedger(seed uint64, n int) ledger {
	r := rand.New(rand.NewPCG(seed, 1))
	var l ledger
	for range n {
		for i := range fact.Tables {
			t := &fact.Tables[i]
			if len(t.Facts) > 1 || t.User && slices.ContainsFunc(fact.Tables, func(o fact.Table) bool { return !o.User && slices.Contains(o.Facts, t.Facts[0]) }) { // it has the facts and labels of others
				continue
			}
			at := noon.Add(-time.Duration(r.Int64N(int64(70 * 24 * time.Hour))))
			if r.IntN(3) == 0 {
				at = noon.Add(-time.Duration(r.Int64N(int64(3 * 24 * time.Hour))))
			}
			o := answertest.Observation{At: at, Fact: t.Facts[0], Names: map[string]string{}, Numbers: map[string]int64{}}
			for _, key := range []string{"organization", "user"} {
				o.Names[key] = names[key][r.IntN(len(names[key]))]
			}
			o.Names["team"], o.Names["cost_center"] = teams[o.Names["user"]][0], teams[o.Names["user"]][1]
			for _, label := range t.Labels {
				switch label.Name {
				case fact.Bucket:
					o.Numbers[fact.Bucket] = 1000 << r.IntN(12)
				case fact.HourOfDay:
					o.Numbers[fact.HourOfDay] = int64(at.Hour())
				default:
					o.Names[label.Name] = names[label.Name][r.IntN(len(names[label.Name]))]
				}
			}
			for _, sum := range t.Sums {
				o.Numbers[sum.Name] = r.Int64N(5)
			}
			possible(&o)
			l = append(l, o)
			if o.Fact != "activity" { // each event counts there as well
				l = append(l, answertest.Observation{At: at, Fact: "activity", Names: o.Names, Numbers: map[string]int64{"events": 1}})
			}
		}
	}
	return l
}

// possible makes the sums of an observation possible: a part is not greater than its
// whole, and requests of the model free have no known cost.
func possible(o *answertest.Observation) {
	n := o.Numbers
	switch o.Fact {
	case "usage":
		if n["unpriced"] = 0; o.Names["model"] == "free" {
			n["unpriced"], n["cost_micros"] = n["requests"], 0
		}
		n["cost_micros"] *= 1000
	case "activity":
		n["events"] += n["prompts"] + 1
	case "request_latency", "tool_latency":
		n["timed"]++
	case "tool_calls":
		n["failures"], n["rejections"] = min(n["failures"], n["calls"]), min(n["rejections"], n["decisions"])
	}
}

// within returns the observations of a time range, limited to the names of a filter.
func (l ledger) within(f report.Filter) ledger {
	return l.where(func(o *answertest.Observation) bool {
		return !o.At.Before(f.From) && o.At.Before(f.To) &&
			(f.Organization == "" || o.Name("organization") == f.Organization) &&
			(f.User == "" || o.Name("user") == f.User) && (f.Team == "" || o.Name("team") == f.Team) &&
			(f.Model == "" || o.Name("model") == f.Model) && (f.Tool == "" || o.Name("tool") == f.Tool) &&
			(f.Connector == "" || o.Name("connector") == f.Connector)
	})
}

func (l ledger) where(keep func(*answertest.Observation) bool) (list ledger) {
	for i := range l {
		if keep(&l[i]) {
			list = append(list, l[i])
		}
	}
	return list
}

// of returns the observations of a fact, with the names that follow: label, name.
func (l ledger) of(name string, only ...string) ledger {
	return l.where(func(o *answertest.Observation) bool {
		return o.Fact == name && (len(only) == 0 || o.Name(only[0]) == only[1])
	})
}

// by returns the observations by the values of keys, joined by a line break.
func (l ledger) by(keys ...string) map[string]ledger {
	groups := map[string]ledger{}
	for _, o := range l {
		at := ""
		for i, key := range keys {
			if i > 0 {
				at += "\n"
			}
			at += o.Name(key)
		}
		groups[at] = append(groups[at], o)
	}
	return groups
}

func (l ledger) sum(sums ...string) (n int64) {
	for _, o := range l {
		for _, sum := range sums {
			n += o.Numbers[sum]
		}
	}
	return n
}

// users returns the number of distinct users with a name.
func (l ledger) users() int64 {
	distinct := l.by("user")
	delete(distinct, "(unknown)")
	return int64(len(distinct))
}

// usd returns the cost, nil if no request has a known cost.
func (l ledger) usd() any {
	cost := l.sum("cost_micros")
	if cost == 0 && l.sum("unpriced") > 0 {
		return nil
	}
	return float64(cost) / 1e6
}

// usdPerRequest returns the cost of a request with a known cost.
func (l ledger) usdPerRequest() any {
	return divided(float64(l.sum("cost_micros"))/1e6, l.sum("requests")-l.sum("unpriced"))
}

func (l ledger) tokens() int64 { return l.sum("input", "output", "cache_read", "cache_creation") }

// share returns a quotient of sums, nil if there is nothing to divide by.
func (l ledger) share(a string, of ...string) any { return divided(float64(l.sum(a)), l.sum(of...)) }

func divided(a float64, b int64) any {
	if b == 0 {
		return nil
	}
	return a / float64(b)
}

// quantile returns a quantile of durations in seconds, nil if there are none.
func (l ledger) quantile(percent int) any {
	var all []int64
	for _, o := range l {
		for range o.Numbers["timed"] {
			all = append(all, o.Numbers[fact.Bucket])
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.Sort(all)
	rank := max(1, (len(all)*percent+99)/100)
	return float64(all[rank-1]) / 1e6
}

// some returns nil for a sum of no observations.
func (l ledger) some(sum string) any {
	if len(l) == 0 {
		return nil
	}
	return l.sum(sum)
}

// overTime returns a row for each slot and part.
func (l ledger) overTime(f report.Filter, number func(ledger) any, name ...any) (rows [][]any) {
	for at := f.From; at.Before(f.To); {
		next := report.StartOfDay(at, 1)
		if f.To.Sub(f.From) <= 8*24*time.Hour {
			next = report.NextHour(at)
		}
		in := l.where(func(o *answertest.Observation) bool { return !o.At.Before(at) && o.At.Before(next) })
		rows = append(rows, slices.Concat([]any{at}, name, []any{number(in)}))
		at = next
	}
	return rows
}

// coarse returns a row for each day, and from a month on for each week that begins on
// Monday.
func (l ledger) coarse(f report.Filter, number func(ledger) any, name ...any) (rows [][]any) {
	for at := f.From; at.Before(f.To); {
		next := report.StartOfDay(at, 1)
		for f.To.Sub(f.From) > 31*24*time.Hour && next.Weekday() != time.Monday {
			next = report.StartOfDay(next, 1)
		}
		in := l.where(func(o *answertest.Observation) bool { return !o.At.Before(at) && o.At.Before(next) })
		rows = append(rows, slices.Concat([]any{at}, name, []any{number(in)}))
		at = next
	}
	return rows
}

// sorted returns rows in an order that does not depend on that of the query.
func sorted(rows [][]any) [][]any {
	slices.SortFunc(rows, func(a, b []any) int { return compareText(fmt.Sprint(a...), fmt.Sprint(b...)) })
	return rows
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
