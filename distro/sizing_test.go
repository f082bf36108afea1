package distro

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a seat takes. docs/scaling.md states where each figure is measured.
const (
	eventsOfDay     = 1000.0    // events of a seat that works
	secondsOfDay    = 10 * 3600 // of a working day
	peakFactor      = 3.0       // the busiest time against the mean of a working day
	workdaysOfMonth = 22.0      // of 30 days
	workdaysOfYear  = 293.0     // of 400 days, the retention of daily figures
	eventsPerCore   = 2500.0    // a second: a third of what a core was measured to process
	baseMemory      = 250e6
	memoryOfSeat    = 20e3   // 88 series of 180 bytes, and prompts that are open or remembered
	filesOfMonth    = 63e6   // events, spans and metrics of a seat in 30 days
	queueOfEvent    = 1140.0 // bytes in a queue
	baseDatabase    = 200e6  // 5,000 prompts with steps, and figures that do not grow with seats
	dayOfSeat       = 1e3    // daily figures in SQLite
	hoursOfSeat     = 3e3    // hourly figures of a day, kept for 10 working days
	weekOfSeat      = 400.0  // kept for 57 weeks
	identityOfEvent = 41.0   // kept for 2 days
)

// TestSizes checks the table in docs/scaling.md, which it computes.
func TestSizes(t *testing.T) {
	const file, begin, end = "../docs/scaling.md", "<!-- begin sizes -->\n", "<!-- end sizes -->"
	var table strings.Builder
	table.WriteString("| seats | events a working day | events a second, at the busiest time | cores | memory | files of 30 days | database, SQLite | queue for a day's outage |\n|---|---|---|---|---|---|---|---|\n")
	for _, seats := range []float64{50, 300, 1000, 5000, 10_000, 30_000, 100_000} {
		events := seats * eventsOfDay
		peak := events / secondsOfDay * peakFactor
		cores := max(1, math.Ceil(peak/eventsPerCore))
		memory := max(1e9, 2*(baseMemory+seats*memoryOfSeat))
		database := baseDatabase + seats*(workdaysOfYear*dayOfSeat+10*hoursOfSeat+57*weekOfSeat+2*eventsOfDay*identityOfEvent)
		fmt.Fprintf(&table, "| %s | %s | %s | %.0f | %s | %s | %s | %s |\n", count(seats), count(events), count(peak), cores,
			bytesOf(memory), bytesOf(seats*filesOfMonth), bytesOf(database), bytesOf(events*queueOfEvent))
	}
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(page), begin)
	require.True(t, found, "%s lacks %q", file, begin)
	old, after, found := strings.Cut(rest, end)
	require.True(t, found, "%s lacks %q", file, end)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(before+begin+table.String()+end+after), 0o600))
		return
	}
	require.Equal(t, table.String(), old, "run go test ./distro -run TestSizes -update")
}

// count returns a number with two digits that count, and separators.
func count(n float64) string {
	step := math.Pow(10, math.Floor(math.Log10(n))-1)
	text := fmt.Sprintf("%.0f", math.Round(n/step)*step)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// bytesOf returns a size with two digits that count.
func bytesOf(n float64) string {
	for _, unit := range []string{"MB", "GB", "TB"} {
		if n /= 1000; n < 1e6 || unit == "TB" {
			n /= 1000
			if n < 10 {
				return fmt.Sprintf("%.1f %s", n, unit)
			}
			return count(n) + " " + unit
		}
	}
	return ""
}
