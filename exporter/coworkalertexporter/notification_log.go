package coworkalertexporter

import (
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/prometheus/alertmanager/nflog"
	"github.com/prometheus/alertmanager/nflog/nflogpb"
)

// Files in data_dir. They have the names and the format of Alertmanager's own files.
const (
	notificationLogFile = "nflog"
	silencesFile        = "silences"
)

// A notificationLog is Alertmanager's notification log, with a snapshot on disk after
// each notification. Alertmanager itself writes one every 15 minutes, so that a killed
// process would notify again of alerts that are firing.
//
// It is safe for concurrent use.
type notificationLog struct {
	log *nflog.Log
	dir string
	mu  sync.Mutex // one snapshot at a time
}

// Log records a notification that was sent.
func (l *notificationLog) Log(r *nflogpb.Receiver, key string, firing, resolved []uint64, store *nflog.Store, expiry time.Duration) error {
	if err := l.log.Log(r, key, firing, resolved, store, expiry); err != nil {
		return err
	}
	return l.writeSnapshot()
}

// Query returns the recorded notifications.
func (l *notificationLog) Query(params ...nflog.QueryParam) ([]*nflogpb.Entry, error) {
	return l.log.Query(params...)
}

func (l *notificationLog) writeSnapshot() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return replaceFile(filepath.Join(l.dir, notificationLogFile), l.log.Snapshot)
}

// replaceFile writes a file by renaming a temporary one, so that it is never incomplete.
func replaceFile(name string, snapshot func(io.Writer) (int64, error)) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	_, err = snapshot(f)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
