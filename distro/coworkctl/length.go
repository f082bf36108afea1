package main

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// length are the flags that say how much is told.
type length struct {
	prompts  int
	days     int
	duration time.Duration // send only
	rate     float64       // send only
}

// A prompt takes a minute or two, seldom ten. Prompts given by number are begun
// within a window, so that a demonstration has some of everything at once.
const (
	window   = 10 * time.Minute
	lead     = 5 * time.Minute
	together = time.Millisecond // as good as at once, for load
)

func (l *length) register(cmd *cobra.Command) {
	cmd.Flags().IntVar(&l.prompts, "prompts", 20, "tell so many prompts, begun within ten minutes")
	cmd.Flags().IntVar(&l.days, "days", 0, "tell so many days instead, in office hours")
	cmd.MarkFlagsMutuallyExclusive("prompts", "days")
}

func (l *length) registerPace(cmd *cobra.Command) {
	cmd.Flags().DurationVar(&l.duration, "duration", 0, "send for so long instead")
	cmd.Flags().Float64Var(&l.rate, "rate", 0, "send so many events a second; 0 is as fast as possible")
	cmd.MarkFlagsMutuallyExclusive("prompts", "days", "duration")
}

// resolve completes the story's settings.
func (l *length) resolve(s *story, now time.Time) error {
	set := &s.settings
	switch {
	case l.prompts < 1 || l.days < 0 || l.duration < 0 || l.rate < 0:
		return errors.New("--prompts, --days, --duration, --rate: must not be negative, and --prompts at least 1")
	case l.days > 0:
		span := time.Duration(l.days) * 24 * time.Hour
		err := s.resolve(now, span)
		set.Until = set.Start.Add(span)
		return err
	case l.duration > 0:
		set.Every = together
		if l.rate > 0 {
			// The fleet's own time then passes as fast as the wall clock's.
			set.Every = max(together, time.Duration(synthetic.EventsPerPrompt/l.rate*float64(time.Second)))
		}
		return s.resolve(now, lead)
	}
	set.Prompts, set.Every = l.prompts, max(together, window/time.Duration(l.prompts))
	return s.resolve(now, window+lead)
}
