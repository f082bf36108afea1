package story

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"
)

// maxRepeats bounds the events of one line.
const maxRepeats = 10_000

// repeats returns the events of a line: one, or as many as its @repeat specifies.
func repeats(event map[string]any) ([]map[string]any, error) {
	how, ok := event["@repeat"]
	if !ok {
		return []map[string]any{event}, nil
	}
	delete(event, "@repeat")
	m, _ := how.(map[string]any)
	count, _ := m["times"].(json.Number)
	pause, _ := m["every"].(string)
	times, err := strconv.Atoi(count.String())
	if err != nil || times < 1 || times > maxRepeats {
		return nil, fmt.Errorf("@repeat: times: must be from 1 to %d", maxRepeats)
	}
	every, err := time.ParseDuration(pause)
	if err != nil {
		return nil, errors.New("@repeat: every: must be a duration")
	}
	var all []map[string]any
	for n := range times {
		one, err := repetition(event, n, time.Duration(n)*every)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// repetition returns the copy of an event with number n, shifted in time.
func repetition(event map[string]any, n int, later time.Duration) (map[string]any, error) {
	one := maps.Clone(event)
	for key, value := range one {
		switch value := value.(type) {
		case string:
			one[key] = strings.ReplaceAll(value, "{n}", strconv.Itoa(n+1))
		case json.Number:
			if key == "event.sequence" {
				first, err := value.Int64()
				if err != nil {
					return nil, err
				}
				one[key] = json.Number(strconv.FormatInt(first+int64(n), 10))
			}
		}
	}
	for _, key := range []string{"@time", "event.timestamp"} {
		if text, ok := one[key].(string); ok {
			at, err := time.Parse(time.RFC3339Nano, text)
			if err != nil {
				return nil, fmt.Errorf("@repeat: %s: %w", key, err)
			}
			one[key] = at.Add(later).Format("2006-01-02T15:04:05.000Z")
		}
	}
	return one, nil
}
