package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// readEvents returns the events of a file, for a command. What is no telemetry of
// logs, such as the metrics of a mixed file, is passed over.
func readEvents(command, file string) (events []cowork.Event, err error) {
	in := io.ReadCloser(os.Stdin)
	if file != "-" {
		if in, err = os.Open(file); err != nil {
			return nil, fmt.Errorf("%s: %w", command, err)
		}
		defer in.Close()
	}
	decoder := json.NewDecoder(in)
	for n := 1; ; n++ {
		var raw json.RawMessage
		err := decoder.Decode(&raw)
		var failure *fs.PathError
		switch {
		case errors.Is(err, io.EOF):
			return events, nil
		case errors.As(err, &failure): // of reading: it is a folder, say
			return nil, fmt.Errorf("%s: %w", command, err)
		case err != nil:
			// The decoder's error would quote what it failed on.
			return nil, fmt.Errorf("%s: %s: value %d is no JSON, or was cut", command, file, n)
		}
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: value %d is no OTLP", command, file, n)
		}
		for e := range cowork.Events(ld) {
			events = append(events, e)
		}
	}
}
