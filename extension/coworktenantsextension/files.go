package coworktenantsextension

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/cowork-otel/collector/internal/changedfile"
	"github.com/cowork-otel/collector/internal/tenant"
)

// files are the list of tokens and the files with one token that it names. They are not
// safe for concurrent use.
type files struct {
	path   string
	list   *changedfile.File
	data   []byte                // of the list
	tokens map[string]*tokenFile // by their path in the list
}

// A tokenFile is a file with one token.
type tokenFile struct {
	file   *changedfile.File
	digest tenant.Digest
}

func newFiles(path string) files {
	return files{path: path, list: changedfile.At(path, tenant.MaxBytes), tokens: map[string]*tokenFile{}}
}

// readChanged reads the files that have changed, and reports whether there was one.
func (f *files) readChanged(now time.Time) (changed bool, err error) {
	err = f.list.Read(now, func(data []byte) error {
		f.data, changed = data, true
		return nil
	})
	if err != nil {
		return false, err
	}
	for _, t := range f.tokens {
		before := t.digest
		if err := t.update(now); err != nil && !changed { // a new list may not have the file
			return false, fmt.Errorf("token_file: %w", err)
		}
		changed = changed || t.digest != before
	}
	return changed, nil
}

// parse returns the list in the files. It forgets the files of tokens that neither the
// list has nor, if the list has errors, the list in use.
func (f *files) parse(inUse *tenant.List) (*tenant.List, error) {
	list, err := tenant.Parse(f.data, f.digestOf)
	kept := list
	if err != nil {
		kept = inUse
	}
	for path := range f.tokens {
		if !kept.HasFile(path) {
			delete(f.tokens, path)
		}
	}
	return list, err
}

// digestOf returns the digest of the token in a file, whose path is relative to the
// folder of the list.
func (f *files) digestOf(path string) (tenant.Digest, error) {
	t := f.tokens[path]
	if t == nil {
		at := path
		if !filepath.IsAbs(at) {
			at = filepath.Join(filepath.Dir(f.path), at)
		}
		t = &tokenFile{file: changedfile.At(at, tenant.MaxTokenBytes+int64(len("\r\n")))}
		f.tokens[path] = t
	}
	err := t.update(time.Now())
	return t.digest, err
}

// update reads the file if it has changed.
func (t *tokenFile) update(now time.Time) error {
	return t.file.Read(now, func(data []byte) (err error) {
		t.digest, err = tenant.ParseTokenFile(data)
		return err
	})
}
