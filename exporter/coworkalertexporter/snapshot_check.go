package coworkalertexporter

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/prometheus/alertmanager/eventrecorder"
	"github.com/prometheus/alertmanager/nflog"
	"github.com/prometheus/alertmanager/silence"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/promslog"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/setaside"
)

// snapshots are the files in data_dir, how Alertmanager reads each, and what is lost
// without it.
var snapshots = []struct {
	name, content string
	read          func(path string) error
}{
	{notificationLogFile, "which notifications were sent: alerts that fire are notified again", func(path string) error {
		_, err := nflog.New(nflog.Options{SnapshotFile: path, Retention: dataRetention, Metrics: prometheus.NewRegistry()})
		return err
	}},
	{silencesFile, "the silences: silenced alerts are notified", func(path string) error {
		var recorder eventrecorder.Recorder
		_, err := silence.New(silence.Options{SnapshotFile: path, Retention: dataRetention, Metrics: prometheus.NewRegistry(), Logger: promslog.NewNopLogger(), EventRecorder: recorder})
		return err
	}},
}

// setDamagedAside renames the snapshots that Alertmanager cannot read, and logs an error
// for each.
func setDamagedAside(dir string, logger *zap.Logger) error {
	for _, s := range snapshots {
		path := filepath.Join(dir, s.name)
		if !damaged(path, s.read) {
			continue
		}
		aside, err := setaside.Rename(path, time.Now())
		if err != nil {
			return fmt.Errorf("data_dir: %w", err)
		}
		logger.Error("a damaged file was set aside, its content is lost", zap.String("file", path), zap.String("lost", s.content), zap.String("set aside as", aside))
	}
	return nil
}

// damaged reports whether a file can be opened but not read. Alertmanager panics on some
// content.
func damaged(path string, read func(path string) error) (is bool) {
	defer func() {
		if r := recover(); r != nil {
			is = true
		}
	}()
	err := read(path)
	var unreadable *fs.PathError
	return err != nil && !errors.As(err, &unreadable)
}
