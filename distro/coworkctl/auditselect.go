package main

// This file holds the flags that select records of an audit folder.

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"github.com/cowork-otel/collector/internal/audit"
)

// selectionFlags select records by session, user and time.
type selectionFlags struct {
	session, user, from, to string
}

func (s *selectionFlags) register(f *pflag.FlagSet) {
	f.StringVar(&s.session, "session", "", "session.id of the records")
	f.StringVar(&s.user, "user", "", "address, id or pseudonym of the user of the records")
	f.StringVar(&s.from, "from", "", "first day or time")
	f.StringVar(&s.to, "to", "", "last day or time")
}

func (s *selectionFlags) selection() (selection audit.Selection, err error) {
	if s.session != "" && s.user != "" {
		return selection, errors.New("--session and --user exclude each other")
	}
	selection.Session, selection.User = s.session, s.user
	if selection.From, err = limitTime(s.from, false); err != nil {
		return selection, fmt.Errorf("--from: %w", err)
	}
	if selection.To, err = limitTime(s.to, true); err != nil {
		return selection, fmt.Errorf("--to: %w", err)
	}
	if !selection.From.IsZero() && !selection.To.IsZero() && selection.To.Before(selection.From) {
		return selection, errors.New("--to is before --from")
	}
	return selection, nil
}

// limitTime parses a limit of a time range, in UTC. The end of a day is its last moment.
func limitTime(text string, isEnd bool) (time.Time, error) {
	at, isDay, err := parseDayOrTime(text, time.UTC)
	if isDay && isEnd {
		at = at.AddDate(0, 0, 1).Add(-time.Nanosecond)
	}
	return at, err
}
