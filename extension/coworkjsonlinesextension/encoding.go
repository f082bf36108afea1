package coworkjsonlinesextension

import (
	"bytes"
	"encoding/json"
	"errors"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An encoding writes records as lines. It is safe for concurrent use.
type encoding struct {
	component.StartFunc
	component.ShutdownFunc
	attributes bool
}

var _ plog.Marshaler = encoding{}

// errNumber reports a number that JSON has no form for.
var errNumber = errors.New("json lines: a number is not finite (a finite one)")

// MarshalLogs returns a line for each record, without the end of the last one, which
// exporters write. Records without a body or attributes have no line.
func (e encoding) MarshalLogs(ld plog.Logs) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for event := range cowork.Events(ld) {
		value := e.valueOf(event.Record())
		if value == nil {
			continue
		}
		if err := encoder.Encode(value); err != nil {
			return nil, errNumber // the error of the encoder can quote the value
		}
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// valueOf returns what a line has, nil for a record that has none.
func (e encoding) valueOf(rec plog.LogRecord) any {
	if e.attributes {
		if rec.Attributes().Len() == 0 {
			return nil
		}
		return rec.Attributes().AsRaw()
	}
	if rec.Body().Type() == pcommon.ValueTypeEmpty {
		return nil
	}
	return rec.Body().AsRaw()
}
