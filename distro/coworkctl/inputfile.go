package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// standardInput is the file name that selects the standard input.
const standardInput = "-"

// openInput opens a file, or the standard input. The caller closes it.
func openInput(env environment, file string) (io.ReadCloser, error) {
	if file == standardInput {
		return io.NopCloser(env.stdin), nil
	}
	return os.Open(file)
}

// decompressed returns a reader of the input, decompressed if it is a gzip stream,
// as the collector's rotated files can be.
func decompressed(in io.Reader) (*bufio.Reader, error) {
	buffered := bufio.NewReaderSize(in, 64<<10)
	magic, err := buffered.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(magic) != "\x1f\x8b" {
		return buffered, nil
	}
	unzipped, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(unzipped, 64<<10), nil
}

// readEvents returns the events in a file of OTLP/JSON. Values without log
// records, such as metrics, are ignored. Errors name the command and the file,
// never the content.
func readEvents(env environment, command, file string) (events []cowork.Event, err error) {
	in, err := openInput(env, file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", command, err)
	}
	defer in.Close()
	plain, err := decompressed(in)
	if err != nil {
		return nil, readError(command, file, err)
	}
	decoder := json.NewDecoder(plain)
	for n := 1; ; n++ {
		var raw json.RawMessage
		err := decoder.Decode(&raw)
		var failure *fs.PathError
		switch {
		case errors.Is(err, io.EOF):
			return events, nil
		case errors.As(err, &failure): // for example, the file is a directory
			return nil, fmt.Errorf("%s: %w", command, err)
		case err != nil:
			// The decoder's error would quote its input.
			return nil, fmt.Errorf("%s: %s: value %d is no JSON, or is truncated", command, file, n)
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

// readError returns the error for input that cannot be read. The error of a read
// names its file already.
func readError(command, file string, err error) error {
	if _, named := errors.AsType[*fs.PathError](err); named {
		return fmt.Errorf("%s: %w", command, err)
	}
	return fmt.Errorf("%s: %s: %w", command, file, err)
}
