package synthetic_test

import (
	"fmt"
	"time"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// One day of three users and its cost, counted from the records.
func Example() {
	monday := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	f, err := synthetic.New(synthetic.Settings{Seed: 1, Seats: 3, Start: monday, Until: monday.AddDate(0, 0, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	var sum synthetic.Tally
	for b := range f.Batches() {
		sum.Add(b.Logs)
	}
	fmt.Println(len(sum.Sessions), "sessions,", len(sum.Prompts), "prompts,", sum.Kinds["api_request"], "requests")
	fmt.Printf("%.2f dollars\n", float64(sum.Micros)/1e6)
	// Output:
	// 7 sessions, 37 prompts, 440 requests
	// 14.07 dollars
}
