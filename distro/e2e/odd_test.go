package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

// odd are unusual log records in valid or nearly valid OTLP/JSON. %s is a personal
// datum.
var odd = map[string]string{
	"a lone surrogate":            `{"body":{"stringValue":"\ud83d %s"}}`,
	"an empty value":              `{"attributes":[{"key":"a","value":{}},{"key":"b"},{"key":"c","value":{"stringValue":"%s"}}]}`,
	"an int as a number":          `{"attributes":[{"key":"event.sequence","value":{"intValue":7}},{"key":"c","value":{"stringValue":"%s"}}]}`,
	"an int as a string":          `{"attributes":[{"key":"event.sequence","value":{"intValue":"7"}},{"key":"c","value":{"stringValue":"%s"}}]}`,
	"maps and lists":              `{"attributes":[{"key":"a","value":{"kvlistValue":{"values":[{"key":"b","value":{"arrayValue":{"values":[{"stringValue":"%s"},{}]}}}]}}}]}`,
	"maps and lists without any":  `{"attributes":[{"key":"a","value":{"kvlistValue":{}}},{"key":"b","value":{"arrayValue":{}}},{"key":"c","value":{"bytesValue":""}},{"key":"d","value":{"stringValue":"%s"}}]}`,
	"nested 256 deep":             `{"attributes":[{"key":"a","value":` + strings.Repeat(`{"arrayValue":{"values":[`, 256) + `{"stringValue":"%s"}` + strings.Repeat(`]}}`, 256) + `}]}`,
	"NUL bytes":                   `{"body":{"stringValue":"a\u0000b %s"}}`,
	"invalid UTF-8":               "{\"body\":{\"stringValue\":\"\xff\xfe %s\"}}",
	"a body that is a map":        `{"body":{"kvlistValue":{"values":[{"key":"name","value":{"stringValue":"user_prompt"}},{"key":"prompt","value":{"stringValue":"%s"}}]}}}`,
	"a body that is a list":       `{"body":{"arrayValue":{"values":[{"stringValue":"%s"}]}}}`,
	"no body":                     `{"attributes":[{"key":"a","value":{"stringValue":"%s"}}]}`,
	"nothing at all":              `{}`,
	"a key twice":                 `{"attributes":[{"key":"prompt","value":{"stringValue":"%[1]s"}},{"key":"prompt","value":{"stringValue":"again %[1]s"}}]}`,
	"an unknown event":            `{"body":{"stringValue":"claude_code.brand_new"},"attributes":[{"key":"what","value":{"stringValue":"%s"}}]}`,
	"an unknown field":            `{"brandNew":{"a":[1,2]},"body":{"stringValue":"%s"}}`,
	"a name that is text":         `{"eventName":"%[1]s","attributes":[{"key":"event.name","value":{"stringValue":"%[1]s"}}]}`,
	"JSON in JSON in JSON":        `{"attributes":[{"key":"tool_input","value":{"stringValue":"{\"a\":\"{\\\"b\\\":\\\"%s\\\"}\"}"}}]}`,
	"numbers that are not finite": `{"attributes":[{"key":"cost_usd","value":{"doubleValue":"NaN"}},{"key":"a","value":{"doubleValue":"-Infinity"}},{"key":"b","value":{"stringValue":"%s"}}]}`,
	"times out of range":          `{"timeUnixNano":"18446744073709551615","attributes":[{"key":"event.timestamp","value":{"stringValue":"99999-01-01 %s"}}]}`,
}

// TestOdd sends each record, and checks that it arrives without the personal datum and
// that the collector keeps running.
func TestOdd(t *testing.T) {
	c := start(t)
	n := 0
	for name, record := range odd {
		if strings.Contains(record, "%") {
			record = fmt.Sprintf(record, canary)
		}
		body := `{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cowork"}}]},"scopeLogs":[{"logRecords":[` + record + `]}]}]}`
		status, answer := c.post(t, request{signal: "logs", contentType: contentTypes["json"], body: []byte(body)})
		require.Equal(t, http.StatusOK, status, "%s: %s", name, answer)
		lines := c.lines(t, "logs")
		n++
		require.Len(t, lines, n, name)
		assert.NotContains(t, string(lines[n-1]), "canary", name)
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(lines[n-1])
		require.NoError(t, err, name)
		assert.Equal(t, 1, ld.LogRecordCount(), name)
	}
	c.stop()
	assert.NotContains(t, c.log.String(), "canary")
}
