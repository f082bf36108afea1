package story

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRepeat(t *testing.T) {
	ld, err := Parse([]byte(`{"@time":"2026-11-21T09:30:01.000Z","event.sequence":7,"request_id":"req_{n}","@repeat":{"times":3,"every":"1.5s"}}` + "\n"))
	require.NoError(t, err)
	require.Equal(t, []string{
		`{"@resource":{"service.name":"cowork"},"@scope":"com.anthropic.claude_code.events","@time":"2026-11-21T09:30:01Z","event.sequence":7,"request_id":"req_1"}`,
		`{"@time":"2026-11-21T09:30:02.5Z","event.sequence":8,"request_id":"req_2"}`,
		`{"@time":"2026-11-21T09:30:04Z","event.sequence":9,"request_id":"req_3"}`,
	}, strings.Split(strings.TrimSpace(string(Format(ld))), "\n"))
}

func TestRepeatRefuses(t *testing.T) {
	for line, want := range map[string]string{
		`{"@repeat":{"times":0,"every":"1s"}}`:     "event 1: @repeat: times: must be from 1 to 10000",
		`{"@repeat":{"times":10001,"every":"1s"}}`: "event 1: @repeat: times: must be from 1 to 10000",
		`{"@repeat":5}`:           "event 1: @repeat: times: must be from 1 to 10000",
		`{"@repeat":{"times":2}}`: "event 1: @repeat: every: must be a duration",
		`{"@time":"soon","@repeat":{"times":2,"every":"1s"}}`:       `event 1: @repeat: @time: parsing time "soon" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse "soon" as "2006"`,
		`{"event.sequence":1.5,"@repeat":{"times":2,"every":"1s"}}`: `event 1: strconv.ParseInt: parsing "1.5": invalid syntax`,
	} {
		_, err := Parse([]byte(line))
		require.EqualError(t, err, want, line)
	}
}
