package reconcile

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestOrganization compares 1,000 sessions of 200 people with several seeds: overlapping
// ones, sessions in the cloud without account, wrong clocks, and silent ones.
func TestOrganization(t *testing.T) {
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 1))
		telemetry := NewTelemetry()
		begin := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
		var listed []ListedSession
		silent := map[string]bool{}
		for i := range 1000 {
			user := i % 200
			id := fmt.Sprintf("user_01%03d", user)
			from := begin.Add(time.Duration(i/200)*24*time.Hour + time.Duration(r.IntN(28800))*time.Second)
			to := from.Add(time.Minute + time.Duration(r.IntN(7200))*time.Second)
			l := ListedSession{ID: fmt.Sprintf("clls_%d", i), UserID: id, Created: from, Updated: to, Surface: "cowork"}
			if i%2 == 1 { // a second session of the same person at the same time
				l.UserID = fmt.Sprintf("user_01%03d", user-1)
			}
			if l.Remote = r.IntN(5) == 0; l.Remote {
				l.ID = fmt.Sprintf("cse_%d", i)
			}
			listed = append(listed, l)
			if user < 10 || r.IntN(20) == 0 {
				silent[l.ID] = true
				continue
			}
			a := telemetry.session(fmt.Sprint("s", i))
			if l.Remote {
				a.cloudID = l.ID
			} else {
				a.person = telemetry.people.join(l.UserID)
			}
			skew := time.Duration(user/2%7-3) * time.Minute
			telemetry.extend(a, from.Add(skew), to.Add(skew))
			a.addCall(from.Add(skew))
			a.addCall(to.Add(skew))
			telemetry.events += 2
		}
		report := Compare(listed, telemetry, Settings{Tolerance: 10 * time.Minute})
		right, wrong := 0, 0
		for _, s := range report.Silent {
			if silent[s.ID] {
				right++
			} else {
				wrong++
			}
		}
		t.Logf("seed %d: %d of %d silent sessions found, %d others reported", seed, right, len(silent), wrong)
		require.GreaterOrEqual(t, float64(right), 0.99*float64(len(silent)))
		require.Zero(t, wrong)
		require.Empty(t, report.Unlisted)
	}
}

// TestReadSessions reads the three forms of a list.
func TestReadSessions(t *testing.T) {
	one := `{"id":"clls_1","created_at":"2026-11-02T08:00:00Z","user":{"id":"user_01a","email_address":"a@example.com"}}`
	for _, text := range []string{
		`{"data":[` + one + `],"next_page":null}`, one + "\n" + one + "\n",
		"id,created_at,user_id,email\nclls_1,2026-11-02T08:00:00Z,user_01a,a@example.com\n",
	} {
		all, err := ReadSessions(strings.NewReader(text))
		require.NoError(t, err)
		require.Len(t, all, 1)
		require.Equal(t, "user_01a", all[0].UserID)
		require.Equal(t, "a@example.com", all[0].Email)
	}
	for _, text := range []string{"", `{"messages":1}`, "a,b\n1,2\n", `{"data":[`} {
		_, err := ReadSessions(strings.NewReader(text))
		require.Error(t, err)
	}
}

// TestLimit reaches the bound of sessions.
func TestLimit(t *testing.T) {
	telemetry := NewTelemetry()
	telemetry.limit = 1
	require.NotNil(t, telemetry.session("a"))
	require.Nil(t, telemetry.session("b"))
	require.Equal(t, 1, telemetry.Excess)
}
