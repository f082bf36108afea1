package reconcile

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// WriteJSON writes the report as JSON.
func (r *Report) WriteJSON(out io.Writer) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

// A textWriter writes a report as text. Each table has at most limit rows, 0 for all.
type textWriter struct {
	out   io.Writer
	limit int
	zone  *time.Location
}

// WriteText writes the report for people: the coverage and what to do first, then tables of at
// most limit rows, 0 for all.
func (r *Report) WriteText(out io.Writer, limit int, zone *time.Location) error {
	w := textWriter{out, limit, zone}
	if r.Listed == 0 {
		fmt.Fprintf(out, "The list has no session of Cowork in the range of time (%d of other products, or not begun, are skipped).\n", r.Skipped)
	} else {
		w.summary(r)
	}
	if err := w.coverage("day", r.Days); err != nil {
		return err
	}
	if len(r.Teams) > 1 || len(r.Teams) == 1 && r.Teams[0].Name != noTeam {
		if err := w.coverage("team", r.Teams); err != nil {
			return err
		}
	}
	if len(r.Versions) > 1 {
		if err := w.coverage("client version", r.Versions); err != nil {
			return err
		}
	}
	return w.sessions(r)
}

// share returns a percentage, which is 100 for all only.
func share(percent float64) string {
	if percent < 100 {
		percent = min(math.Floor(percent*10)/10, 99.9)
	}
	return fmt.Sprintf("%.1f %%", percent)
}

func (w textWriter) summary(r *Report) {
	first, last := r.From.In(w.zone).Format(time.DateOnly), r.To.In(w.zone).Format(time.DateOnly)
	days := first + " to " + last
	if first == last {
		days = first
	}
	fmt.Fprintf(w.out, "coverage  %s: telemetry has %d of %d listed sessions, %s (%s)\n", share(r.Percent), r.Found, r.Listed, days, w.zone)
	fmt.Fprintf(w.out, "seats     %d of %d have telemetry\n", r.Seats-r.NoSeats, r.Seats)
	fmt.Fprintf(w.out, "unlisted  %s of the telemetry\n", count(len(r.Unlisted), "session"))
	if r.Skipped > 0 {
		fmt.Fprintf(w.out, "skipped   %s of other products, or not begun\n", count(r.Skipped, "listed session"))
	}
	if r.Excess > 0 {
		fmt.Fprintf(w.out, "omitted   %s of sessions beyond %d: use --from and --to\n", count(r.Excess, "event"), MaxSessions)
	}
	if r.Crowded > 0 {
		fmt.Fprintf(w.out, "crowded   %s with more than %d possible partners, of which the nearest were compared\n", count(r.Crowded, "session"), maxPartners)
	}
	if r.Costs != nil {
		w.costSummary(r.Costs)
	}
	if len(r.Findings) == 0 {
		return
	}
	fmt.Fprint(w.out, "\nWhat to do:\n")
	for i, f := range r.Findings {
		fmt.Fprintf(w.out, "%3d. %s.\n     %s\n", i+1, f.Text, f.Action)
	}
}

func (w textWriter) costSummary(c *CostReport) {
	if c.Listed.CostUSD != 0 {
		fmt.Fprintf(w.out, "cost      the report has $%.2f, the telemetry $%.2f (%+.1f %%); %d of %d rows differ\n", c.Listed.CostUSD, c.Telemetry.CostUSD,
			100*(c.Telemetry.CostUSD-c.Listed.CostUSD)/c.Listed.CostUSD, len(c.Differences), c.Compared)
		return
	}
	fmt.Fprintf(w.out, "tokens    the report has %d, the telemetry %d; %d of %d rows differ\n", c.Listed.tokens(), c.Telemetry.tokens(), len(c.Differences), c.Compared)
}

// table writes a table with a title, whose rows have cells separated by tabs.
func (w textWriter) table(head string, rows int, cells func(i int) string) error {
	if rows == 0 {
		return nil
	}
	t := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\n%s\n", head)
	shown := rows
	if w.limit > 0 {
		shown = min(rows, w.limit)
	}
	for i := range shown {
		fmt.Fprintln(t, cells(i))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if shown < rows {
		fmt.Fprintf(w.out, "… %d more (--limit 0)\n", rows-shown)
	}
	return nil
}

// coverage writes a table of coverage. Days are written whole.
func (w textWriter) coverage(name string, rows []Coverage) error {
	if name == "day" {
		w.limit = 0
	}
	return w.table(name+"\tlisted\tfound\tcoverage\tseats\tof them never seen", len(rows), func(i int) string {
		row := rows[i]
		return fmt.Sprintf("%s\t%d\t%d\t%s\t%d\t%d", row.Name, row.Listed, row.Found, share(row.Percent), row.Seats, row.Unseen)
	})
}

func (w textWriter) at(t time.Time) string { return t.In(w.zone).Format(time.DateTime) }

func (w textWriter) sessions(r *Report) error {
	teams := slices.ContainsFunc(r.Unseen, func(s Seat) bool { return s.Team != "" })
	cell := func(team string) string {
		if !teams {
			return ""
		}
		return "\t" + strings.ReplaceAll(team, "\t", " ")
	}
	zone := w.zone.String()
	tables := []struct {
		head  string
		rows  int
		cells func(i int) string
	}{
		{"seat without telemetry" + cell("team") + "\tsessions\tfirst (" + zone + ")\tlast\treason", len(r.Unseen), func(i int) string {
			s := r.Unseen[i]
			return fmt.Sprintf("%s%s\t%d\t%s\t%s\t%s", s.User, cell(s.Team), s.Listed, w.at(s.First), w.at(s.Last), s.Reason)
		}},
		{"created (" + zone + ")\tsilent session\tuser\treason\tevidence", len(r.Silent), func(i int) string {
			s := r.Silent[i]
			return fmt.Sprintf("%s\t%s\t%s\t%s\t%s", w.at(s.Created), s.ID, s.User, s.Reason, s.Evidence)
		}},
		{"started (" + zone + ")\tunlisted session\tuser\treason", len(r.Unlisted), func(i int) string {
			s := r.Unlisted[i]
			return fmt.Sprintf("%s\t%s\t%s\t%s", w.at(s.Start), s.ID, s.User, s.Reason)
		}},
	}
	for _, t := range tables {
		if err := w.table(t.head, t.rows, t.cells); err != nil {
			return err
		}
	}
	if r.Costs == nil {
		return nil
	}
	return w.table("day (UTC)\tuser\tmodel\treport USD\ttelemetry USD\treason\tevidence", len(r.Costs.Differences), func(i int) string {
		d := r.Costs.Differences[i]
		return fmt.Sprintf("%s\t%s\t%s\t%.2f\t%.2f\t%s\t%s", d.Day, d.User, d.Model, d.Listed.CostUSD, d.Telemetry.CostUSD, d.Reason, d.Evidence)
	})
}
