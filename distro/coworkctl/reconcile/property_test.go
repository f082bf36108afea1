package reconcile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// tolerance is that of the property tests.
const tolerance = 10 * time.Minute

// A drawn organization has what is listed, what arrived, and which sessions are silent.
type drawn struct {
	listed []ListedSession
	sent   []sentSession
	silent map[string]bool
}

// A sentSession is a session of the telemetry with its calls.
type sentSession struct {
	id, cloud, user string
	from, to        time.Time
}

// drawOrganization draws sessions of a few people. Those of a person begin at least an hour
// apart, so that it is known which one is which: they overlap, go over midnight and the end
// of a month, and each person's clock is wrong by up to four minutes.
func drawOrganization(t *rapid.T) *drawn {
	o := &drawn{silent: map[string]bool{}}
	begin := time.Date(2026, 10, 30, 0, 0, 0, 0, time.UTC)
	for person := range rapid.IntRange(1, 4).Draw(t, "people") {
		user := fmt.Sprintf("user_%d", person)
		skew := time.Duration(rapid.IntRange(-240, 240).Draw(t, "skew")) * time.Second
		at := begin
		for i := range rapid.IntRange(0, 12).Draw(t, "sessions") {
			at = at.Add(time.Hour + time.Duration(rapid.IntRange(0, 10*3600).Draw(t, "pause"))*time.Second)
			l := ListedSession{ID: fmt.Sprintf("clls_%d_%d", person, i), UserID: user, Created: at}
			l.Updated = at.Add(time.Duration(rapid.IntRange(0, 20*3600).Draw(t, "length")) * time.Second)
			s := sentSession{id: fmt.Sprintf("s-%d-%d", person, i), user: user, from: l.Created.Add(skew), to: l.Updated.Add(skew)}
			if l.Remote = rapid.IntRange(0, 4).Draw(t, "place") == 0; l.Remote {
				l.ID = fmt.Sprintf("cse_%d_%d", person, i)
				s.user, s.cloud = "", l.ID
			}
			o.listed = append(o.listed, l)
			if rapid.IntRange(0, 4).Draw(t, "silent") == 0 {
				o.silent[l.ID] = true
			} else {
				o.sent = append(o.sent, s)
			}
		}
	}
	return o
}

// telemetry returns the telemetry of the sessions, whose calls are at their start and end.
func telemetryOf(sent []sentSession) *Telemetry {
	t := NewTelemetry()
	for _, s := range sent {
		a := t.session(s.id)
		a.cloudID = s.cloud
		t.addPerson(a, "u_"+s.user, "", s.user)
		for _, at := range []time.Time{s.from, s.to} {
			t.extend(a, at, at)
			a.addCall(at)
			t.events++
		}
	}
	return t
}

func silentOf(r *Report) map[string]bool {
	silent := map[string]bool{}
	for _, s := range r.Silent {
		silent[s.ID] = true
	}
	return silent
}

// TestSilentProperty finds exactly the silent sessions, whatever the order of the list and of
// the telemetry, and the numbers of a report agree.
func TestSilentProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOrganization(t)
		want := o.silent
		for _, shuffled := range []bool{false, true} {
			if shuffled {
				r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
				r.Shuffle(len(o.listed), func(i, j int) { o.listed[i], o.listed[j] = o.listed[j], o.listed[i] })
				r.Shuffle(len(o.sent), func(i, j int) { o.sent[i], o.sent[j] = o.sent[j], o.sent[i] })
			}
			report := Compare(slices.Clone(o.listed), telemetryOf(o.sent), Settings{Tolerance: tolerance})
			if got := silentOf(report); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("silent are %v, not %v", got, want)
			}
			if len(report.Unlisted) > 0 {
				t.Fatalf("unlisted are %v", report.Unlisted)
			}
			checkSums(t, report)
		}
	})
}

// checkSums checks that the tables of a report add up.
func checkSums(t *rapid.T, r *Report) {
	t.Helper()
	if r.Found+len(r.Silent) != r.Listed {
		t.Fatalf("%d found and %d silent of %d", r.Found, len(r.Silent), r.Listed)
	}
	for _, table := range [][]Coverage{r.Days, r.Teams} {
		listed, found := 0, 0
		for _, row := range table {
			listed, found = listed+row.Listed, found+row.Found
		}
		if listed != r.Listed || found != r.Found {
			t.Fatalf("a table has %d of %d, the report %d of %d", found, listed, r.Found, r.Listed)
		}
	}
	sessions := 0
	for _, f := range r.Findings {
		if f.Reason != "version" && f.Reason != "pseudonyms" {
			sessions += f.Sessions
		}
	}
	if sessions != len(r.Silent) {
		t.Fatalf("findings have %d of %d silent sessions", sessions, len(r.Silent))
	}
}

// TestCrowdProperty draws sessions of one person at any times, so that they can be taken for
// each other: each session of the telemetry proves at most one listed session, and a further
// one never makes fewer found.
func TestCrowdProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		begin := time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC)
		draw := func(label string) (from, to time.Time) {
			from = begin.Add(time.Duration(rapid.IntRange(0, 7200).Draw(t, label)) * time.Second)
			return from, from.Add(time.Duration(rapid.IntRange(0, 7200).Draw(t, label)) * time.Second)
		}
		var listed []ListedSession
		for i := range rapid.IntRange(1, 10).Draw(t, "listed") {
			l := ListedSession{ID: fmt.Sprintf("clls_%d", i), UserID: "a"}
			l.Created, l.Updated = draw("listed")
			listed = append(listed, l)
		}
		var sent []sentSession
		for i := range rapid.IntRange(1, 10).Draw(t, "sent") {
			s := sentSession{id: fmt.Sprintf("s-%d", i), user: "a"}
			s.from, s.to = draw("sent")
			sent = append(sent, s)
		}
		report := Compare(slices.Clone(listed), telemetryOf(sent), Settings{Tolerance: tolerance, From: begin.Add(-time.Hour), To: begin.Add(24 * time.Hour)})
		if used := len(sent) - len(report.Unlisted); used != report.Found {
			t.Fatalf("%d sessions of the telemetry prove %d listed ones", used, report.Found)
		}
		checkSums(t, report)
	})
}

// TestAssignmentProperty compares the assignment at least cost with all assignments.
func TestAssignmentProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "rows")
		m := rapid.IntRange(n, 6).Draw(t, "columns")
		costs := make([][]int64, n)
		for i := range costs {
			for range m {
				costs[i] = append(costs[i], rapid.Int64Range(0, 50).Draw(t, "cost"))
			}
		}
		var total func(row int, used uint) int64
		total = func(row int, used uint) int64 {
			if row == n {
				return 0
			}
			least := int64(1 << 40)
			for j := range m {
				if used&(1<<j) == 0 {
					least = min(least, costs[row][j]+total(row+1, used|1<<j))
				}
			}
			return least
		}
		sum, used := int64(0), map[int]bool{}
		for i, j := range hungarian(costs) {
			if used[j] {
				t.Fatalf("column %d is used twice", j)
			}
			used[j] = true
			sum += costs[i][j]
		}
		if want := total(0, 0); sum != want {
			t.Fatalf("cost is %d, not %d", sum, want)
		}
	})
}

// FuzzReadSessions reads any text without a panic, and returns errors that do not have it.
func FuzzReadSessions(f *testing.F) {
	for _, text := range []string{
		"", "{", "[]", `{"data":[]}`, `{"data":{}}`, `[{"data":[{"id":"clls_1","created_at":"2026-11-02T08:00:00Z"}]}]`, "id,created_at\nx,2026-11-02 08:00:00\n", `{"data":[{"id":1}`, "\ufeff {}",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkReader(t, text)
	})
}
