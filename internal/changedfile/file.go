package changedfile

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// A File is a file that is parsed when its content changes. The zero value is not usable.
// It is not safe for concurrent use.
type File struct {
	path     string
	maxBytes int64
	last     version
}

// At returns a file that was not read yet. At most one byte more than maxBytes is read,
// so that the parser can refuse a larger file.
func At(path string, maxBytes int64) *File { return &File{path: path, maxBytes: maxBytes} }

// A version is the content of the file at a time, and its error.
type version struct {
	modified time.Time
	size     int64
	read     time.Time
	sum      [sha256.Size]byte
	err      error
}

// settled is how old a change must be so that another one has another time: file systems
// store times with a resolution of up to two seconds.
const settled = 2 * time.Second

// has reports whether a file has the content of the version.
func (v *version) has(info fs.FileInfo) bool {
	return info.Size() == v.size && info.ModTime().Equal(v.modified) && v.read.Sub(v.modified) > settled
}

// ErrUnreadable is wrapped by the errors of a file that cannot be read.
var ErrUnreadable = errors.New("cannot be read")

// Read calls parse with the content, unless it is the content that was parsed last. It
// returns the error of parse, also again for a content that was parsed before.
func (f *File) Read(now time.Time, parse func(data []byte) error) error {
	info, err := os.Stat(f.path)
	if err != nil {
		return unreadable(err)
	}
	if f.last.has(info) {
		return f.last.err
	}
	if !info.Mode().IsRegular() {
		return notRegular{}
	}
	data, err := f.content()
	if err != nil {
		return unreadable(err)
	}
	v := version{info.ModTime(), info.Size(), now, sha256.Sum256(data), f.last.err}
	if f.last.read.IsZero() || v.sum != f.last.sum {
		v.err = parse(data)
	}
	f.last = v
	return v.err
}

func (f *File) content() ([]byte, error) {
	file, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(io.LimitReader(file, f.maxBytes+1))
}

// notRegular is the error of a folder, a pipe or a device.
type notRegular struct{}

// Error returns the text of the error.
func (notRegular) Error() string {
	return "is no file (a file that the user of the collector can read)"
}

// Unwrap returns ErrUnreadable.
func (notRegular) Unwrap() error { return ErrUnreadable }

// unreadable returns why a file cannot be read, without its path.
func unreadable(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err
	}
	return fmt.Errorf("%w: %w (a file that the user of the collector can read)", ErrUnreadable, err)
}
