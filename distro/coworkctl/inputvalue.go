package main

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// An inputValue is one value of an input.
type inputValue struct {
	text   string // cut after limit+1 bytes
	length int    // of the whole value
	line   int    // at which it begins
	end    string // line end, not part of the value
}

// A valueReader splits an input into values. It holds at most limit+1 bytes of a
// value and counts the rest.
type valueReader struct {
	in    *bufio.Reader
	limit int
	lines bool
	line  int
}

func newValueReader(in io.Reader, limit int, lines bool) *valueReader {
	return &valueReader{in: bufio.NewReaderSize(in, 64<<10), limit: limit, lines: lines}
}

// next returns the next value, or io.EOF. An input without --lines has exactly one
// value.
func (r *valueReader) next() (inputValue, error) {
	if !r.lines && r.line > 0 {
		return inputValue{}, io.EOF
	}
	r.line++
	var text strings.Builder
	length, last := 0, byte(0)
	for {
		piece, err := r.piece()
		complete := r.lines && len(piece) > 0 && piece[len(piece)-1] == '\n'
		text.Write(piece[:min(len(piece), max(0, r.limit+2-text.Len()))])
		length += len(piece)
		switch {
		case complete:
			return r.lineValue(text.String(), length, last, piece), nil
		case errors.Is(err, io.EOF):
			if r.lines && length == 0 {
				return inputValue{}, io.EOF
			}
			return inputValue{cut(text.String(), r.limit+1), length, r.line, ""}, nil
		case err != nil:
			return inputValue{}, err
		}
		last = piece[len(piece)-1]
	}
}

// piece returns the next bytes of the input, at most up to a line end with --lines.
// They are valid until the next call.
func (r *valueReader) piece() ([]byte, error) {
	if r.lines {
		piece, err := r.in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			err = nil
		}
		return piece, err
	}
	if _, err := r.in.Peek(1); err != nil {
		return nil, err
	}
	piece, err := r.in.Peek(r.in.Buffered())
	if err != nil {
		return nil, err
	}
	_, err = r.in.Discard(len(piece))
	return piece, err
}

// lineValue returns the value of a complete line. before is the last byte in
// front of the last piece, which may separate a \r from its \n.
func (r *valueReader) lineValue(text string, length int, before byte, piece []byte) inputValue {
	end := "\n"
	if len(piece) > 1 {
		before = piece[len(piece)-2]
	}
	if before == '\r' {
		end = "\r\n"
	}
	length -= len(end)
	return inputValue{cut(text, min(length, r.limit+1)), length, r.line, end}
}

// waits reports whether the next value must be waited for.
func (r *valueReader) waits() bool { return r.in.Buffered() == 0 }

func cut(text string, limit int) string { return text[:min(len(text), limit)] }
