// Package overview holds the first page: on one screen, what Cowork costs this month, who
// and which team causes it, what failed today, what is dangerous, which alerts fire, and
// whether the setup is right.
//
// [Parts] lists the panels that it reads, each in a time range of its own. [NewView] turns
// their answers into a view with one card for each question. The address limits the
// organization and the team only.
package overview

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/setup"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// The panels that the overview reads.
const (
	costOverTime = "cost_over_time"
	costByUser   = "cost_by_user"
	costByTeam   = "cost_by_team"
	failures     = "failures"
	alertsFiring = "alerts_firing"
)

// A Part is a panel that the overview reads, and the start of its time range, which ends
// now.
type Part struct {
	Panel string
	From  func(now time.Time) time.Time
	Rows  int // 0 for as many as the panel shows
}

// Parts are the panels that the overview reads. Those that do not exist or do not support the
// filter are left out.
var Parts = append([]Part{
	{costOverTime, startOfLastMonth, 0},
	{costByUser, startOfMonth, maxRanked},
	{costByTeam, startOfMonth, maxTeams},
	{failures, startOfToday, 0},
	{alertsFiring, startOfToday, maxAlerts},
}, dangerParts()...)

func startOfLastMonth(now time.Time) time.Time {
	return startOfMonth(report.StartOfDay(startOfMonth(now), -1))
}
func startOfToday(now time.Time) time.Time { return report.StartOfDay(now, 0) }
func lastWeek(now time.Time) time.Time     { return report.StartOfDay(now, -6) }

// An Answer is the answer to a part, or the error in its place.
type Answer struct {
	Table report.Table
	Err   error
}

// A Budget is what a month may cost in dollars, 0 for no budget.
type Budget struct {
	MonthlyUSD float64
	TeamsUSD   map[string]float64
}

// of returns the budget of a filter. There is none for an organization.
func (b Budget) of(f report.Filter) float64 {
	switch {
	case f.Organization != "":
		return 0
	case f.Team != "":
		return b.TeamsUSD[f.Team]
	}
	return b.MonthlyUSD
}

// An Input is what the view is made of.
type Input struct {
	Now     time.Time // in the zone of the page
	Answers map[string]Answer
	// Failed are the latest prompts of today that failed.
	Failed    report.Found[report.Prompt]
	FailedErr error
	Setup     setup.Check
	SetupErr  error
	Budget    Budget
}

// A View is the view of the overview.
type View struct {
	Month  Month
	Users  Ranking
	Teams  Ranking
	Today  Today
	Danger Danger
	Alerts Alerts
	Setup  Health
}

// NewView returns the view of an input.
func NewView(q *urlquery.Query, in Input) View {
	month := newMonth(q, &in)
	return View{
		Month: month, Users: newRanking(q, &in, costByUser, "User", "No cost yet this month.").shortened(),
		Teams: newRanking(q, &in, costByTeam, "Team", "No teams yet: the processor cowork_roster gives each user a team.").withBudgets(in.Budget.TeamsUSD, month.growth).shortened(),
		Today: newToday(q, &in), Danger: newDanger(q, &in), Alerts: newAlerts(q, &in), Setup: newHealth(q, &in),
	}
}

// answer returns the answer of a panel, and the text in its place, "" for none.
func (in *Input) answer(panel string) (report.Table, string) {
	answer, ok := in.Answers[panel]
	switch {
	case !ok:
		return report.Table{}, "Not available with this filter."
	case answer.Err != nil:
		return report.Table{}, chart.Trouble(answer.Err)
	}
	return answer.Table, ""
}

// day returns a day in the form of an address.
func day(t time.Time) string { return t.Format(time.DateOnly) }

// linkSince returns a link to a path with the time range from a day until today.
func linkSince(q *urlquery.Query, path string, from, now time.Time, parameters ...string) string {
	return q.Link(path, append([]string{"range", "", "from", day(from), "to", day(now)}, parameters...)...)
}
