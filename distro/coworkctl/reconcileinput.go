package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

var errLongLine = errors.New("is too long")

// telemetryFiles returns the files that a pattern, a file or a folder selects. In a folder,
// they are those whose names contain .json, as the file exporter and its rotation name them.
func telemetryFiles(pattern string) []string {
	if info, err := os.Stat(pattern); err == nil && info.IsDir() {
		pattern = filepath.Join(pattern, "*.json*")
	}
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		return []string{pattern} // opening it returns the error
	}
	return names
}

// streamEvents calls add for each event in a file of the file exporter, which has one value
// of OTLP/JSON a line. It holds one line of at most limit bytes in memory. Lines that cannot
// be read are skipped and counted on the standard error, unless no line can be read.
func streamEvents(env environment, command, file string, limit int, add func(cowork.Event)) error {
	in, err := openInput(env, file)
	if err != nil {
		return fmt.Errorf("%s: %w", command, err)
	}
	defer in.Close()
	plain, err := decompressed(in)
	if err != nil {
		return readError(command, file, err)
	}
	lines := newValueReader(plain, limit, true)
	var counts lineCounts
	for {
		line, err := lines.next()
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) { // a gzip file can be cut off
			break
		}
		if err != nil {
			return readError(command, file, err)
		}
		if line.length <= limit && strings.TrimSpace(line.text) == "" {
			continue
		}
		if err := addLine(line, limit, add); err != nil {
			counts.countSkipped(line.line, err)
			continue
		}
		counts.values++
	}
	return counts.report(env, command, file)
}

// addLine adds the events of a line. Its errors contain nothing of the line.
func addLine(line inputValue, limit int, add func(cowork.Event)) error {
	if line.length > limit {
		return errLongLine
	}
	ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs([]byte(line.text))
	if err != nil {
		return errNoOTLP
	}
	for e := range cowork.Events(ld) {
		cowork.Normalize(e)
		add(e)
	}
	return nil
}
