package coworkschemaprocessor

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

// oddRecords have maps and lists without content, in the attributes and in the body.
var oddRecords = []string{
	`{"attributes":[{"key":"event.name","value":{"stringValue":"tool_result"}},{"key":"a","value":{"kvlistValue":null}},{"key":"tool_input","value":{"kvlistValue":null}},{"key":"alert.tags","value":{"arrayValue":null}}]}`,
	`{"eventName":"tool_result","body":{"kvlistValue":null}}`,
	`{"eventName":"tool_result","body":{"kvlistValue":{"values":[{"key":"attributes","value":{"kvlistValue":null}}]}}}`,
	`{"eventName":"tool_result","body":{"kvlistValue":{"values":[{"key":"attributes","value":{"kvlistValue":{"values":[{"key":"a","value":{"arrayValue":{"values":[{"kvlistValue":null}]}}}]}}}]}}}`,
}

// TestOddRecords writes records of senders with mistakes in every format.
func TestOddRecords(t *testing.T) {
	for name := range formats {
		for _, record := range oddRecords {
			ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs([]byte(`{"resourceLogs":[{"scopeLogs":[{"scope":{"name":"com.anthropic.claude_code.events"},"logRecords":[` + record + `]}]}]}`))
			require.NoError(t, err)
			require.NotPanics(t, func() { process(t, &Config{Format: name, Mode: replace}, ld) }, "%s of %s", name, record)
		}
	}
}
