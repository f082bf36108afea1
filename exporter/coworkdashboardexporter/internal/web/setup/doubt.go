package setup

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"

// This file checks for figures that are in doubt: requests without a cost, and times of
// wrong clocks.

// checkUnpriced lists up to three models without a known cost.
func checkUnpriced(s Check) string {
	n := int64(0)
	var names []string
	for _, c := range s.Unpriced {
		n += c.Events
		if len(names) < 3 && c.Name != "" {
			names = append(names, c.Name)
		}
	}
	if n == 0 {
		return ""
	}
	text := "Cost is unknown: " + format.CountNoun(n, "{request}")
	if len(names) > 0 {
		text += ", of " + format.List(names)
	}
	return text + "."
}

// checkClocks counts the sessions with wrong clocks.
func checkClocks(s Check) string {
	var parts []string
	for _, c := range []struct {
		n    int64
		what string
	}{{s.Clocks.Ahead, "fast"}, {s.Clocks.Behind, "slow"}, {s.Clocks.Missing, "without times"}} {
		if c.n > 0 {
			parts = append(parts, format.CountNoun(c.n, "{session}")+" "+c.what)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Clocks of clients are wrong: " + format.List(parts) + "."
}

func checkLate(s Check) string {
	if s.Clocks.Late == 0 {
		return ""
	}
	return "Events arrived more than a minute late: " + format.CountNoun(s.Clocks.Late, "{session}") + "."
}
