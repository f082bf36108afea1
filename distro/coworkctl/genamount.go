package main

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// amountFlags limit how much is generated.
type amountFlags struct {
	prompts  int
	days     int
	duration time.Duration // gen send only
	rate     float64       // gen send only
}

// A prompt takes a minute or two, seldom ten. A given number of prompts starts
// within promptWindow, so that their events overlap.
const (
	promptWindow    = 10 * time.Minute
	promptLead      = 5 * time.Minute
	minimumInterval = time.Millisecond // between two prompts of a load test
)

func (a *amountFlags) register(cmd *cobra.Command) {
	cmd.Flags().IntVar(&a.prompts, "prompts", 20, "number of prompts, started within ten minutes")
	cmd.Flags().IntVar(&a.days, "days", 0, "number of days with office hours, instead of prompts")
	cmd.MarkFlagsMutuallyExclusive("prompts", "days")
}

func (a *amountFlags) registerPace(cmd *cobra.Command) {
	cmd.Flags().DurationVar(&a.duration, "duration", 0, "how long to send, instead of prompts or days")
	cmd.Flags().Float64Var(&a.rate, "rate", 0, "events per second; 0 is unlimited")
	cmd.MarkFlagsMutuallyExclusive("prompts", "days", "duration")
}

// resolve completes the generator's settings.
func (a *amountFlags) resolve(g *generatorFlags, now time.Time) error {
	set := &g.settings
	switch {
	case a.prompts < 1 || a.days < 0 || a.duration < 0 || a.rate < 0:
		return errors.New("--prompts, --days, --duration, --rate: must not be negative, and --prompts at least 1")
	case a.days > 0:
		span := time.Duration(a.days) * 24 * time.Hour
		err := g.resolve(now, span)
		set.Until = set.Start.Add(span)
		return err
	case a.duration > 0:
		set.Every = minimumInterval
		if a.rate > 0 {
			// Generated time then passes as fast as real time.
			set.Every = max(minimumInterval, time.Duration(synthetic.EventsPerPrompt/a.rate*float64(time.Second)))
		}
		return g.resolve(now, promptLead)
	}
	set.Prompts, set.Every = a.prompts, max(minimumInterval, promptWindow/time.Duration(a.prompts))
	return g.resolve(now, promptWindow+promptLead)
}
