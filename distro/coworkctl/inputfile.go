package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/klauspost/compress/zstd"
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

// maxZstdWindow bounds the memory for a zstd stream.
const maxZstdWindow = 128 << 20

// decompressed returns a reader of the input, decompressed if it is a gzip or zstd stream,
// as the collector's rotated files can be, and without a byte order mark, as editors of
// Windows write it.
func decompressed(in io.Reader) (*bufio.Reader, error) {
	buffered := bufio.NewReaderSize(in, 64<<10)
	magic, err := buffered.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(magic) == "\x28\xb5\x2f\xfd" {
		plain, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow))
		if err != nil {
			return nil, err
		}
		return bufio.NewReaderSize(plain, 64<<10), nil
	}
	if !bytes.HasPrefix(magic, []byte("\x1f\x8b")) {
		if bytes.HasPrefix(magic, []byte("\xef\xbb\xbf")) {
			_, err = buffered.Discard(3)
			return buffered, err
		}
		return buffered, nil
	}
	unzipped, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(unzipped, 64<<10), nil
}

// readEvents returns the events in a file of OTLP/JSON. Values without log records, such as
// metrics, are ignored. Lines that cannot be read, such as one that a crash cut off, are
// skipped and reported, unless no line can be read. Errors name the command and the file,
// never the content.
func readEvents(env environment, command, file string) ([]cowork.Event, error) {
	in, err := openInput(env, file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", command, err)
	}
	defer in.Close()
	plain, err := decompressed(in)
	if err != nil {
		return nil, readError(command, file, err)
	}
	text, err := io.ReadAll(plain)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) { // a gzip file can be cut off too
		return nil, readError(command, file, err)
	}
	v := valueScanner{text: text, line: 1}
	for v.next() {
	}
	return v.events, v.report(env, command, file)
}

// lineCounts count the values of a file that were read, and the lines that were skipped.
type lineCounts struct {
	values   int
	skipped  int
	firstBad int // the first line that was skipped
	err      error
}

func (c *lineCounts) countSkipped(line int, err error) {
	if c.skipped == 0 {
		c.firstBad, c.err = line, err
	}
	c.skipped++
}

// report reports the skipped lines on the standard error. It returns an error if no line was
// read.
func (c *lineCounts) report(env environment, command, file string) error {
	if c.values == 0 && c.skipped > 0 {
		return fmt.Errorf("%s: %s: line %d %w", command, file, c.firstBad, c.err)
	}
	if c.skipped > 0 {
		fmt.Fprintf(env.stderr, "%s: %s: skipped lines that cannot be read: %d, the first is line %d, which %v\n", command, file, c.skipped, c.firstBad, c.err)
	}
	return nil
}

// The reasons for which a line is skipped. The errors of decoders would quote their input.
var (
	errNoJSON = errors.New("is no JSON, or is cut off")
	errNoOTLP = errors.New("is no OTLP")
)

// A valueScanner reads the values of a text of OTLP/JSON, and resumes at the next line after
// one that cannot be read.
type valueScanner struct {
	lineCounts
	text   []byte // what is not read yet
	line   int    // of its begin
	events []cowork.Event
}

// next reads a value or skips a line. It returns false at the end.
func (v *valueScanner) next() bool {
	v.advance(len(v.text) - len(bytes.TrimLeft(v.text, " \t\r\n")))
	if len(v.text) == 0 {
		return false
	}
	decoder := json.NewDecoder(bytes.NewReader(v.text))
	var raw json.RawMessage
	if decoder.Decode(&raw) != nil {
		v.skip(errNoJSON)
		return true
	}
	ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(raw)
	if err != nil {
		v.skip(errNoOTLP)
		return true
	}
	v.values++
	v.events = slices.AppendSeq(v.events, cowork.Events(ld))
	v.advance(int(decoder.InputOffset()))
	return true
}

// skip skips the rest of the line.
func (v *valueScanner) skip(err error) {
	v.countSkipped(v.line, err)
	line, _, _ := bytes.Cut(v.text, []byte("\n"))
	v.advance(min(len(line)+1, len(v.text)))
}

func (v *valueScanner) advance(n int) {
	v.line += bytes.Count(v.text[:n], []byte("\n"))
	v.text = v.text[n:]
}

// readError returns the error for input that cannot be read. The error of a read
// names its file already.
func readError(command, file string, err error) error {
	if _, named := errors.AsType[*fs.PathError](err); named {
		return fmt.Errorf("%s: %w", command, err)
	}
	return fmt.Errorf("%s: %s: %w", command, file, err)
}
