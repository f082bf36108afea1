package coworkalertexporter

import (
	"context"
	"log/slog"
	"slices"

	"go.uber.org/zap"
)

// slogger returns a logger for Alertmanager that ends in the collector's. What it may
// say is listed: errors of notifiers repeat answers of receivers, and a receiver's
// answer may repeat the alert.
func slogger(logger *zap.Logger) *slog.Logger { return slog.New(logHandler{logger, nil}) }

// loggable are the attributes whose values are names and numbers.
var loggable = []string{"component", "receiver", "integration", "attempts", "num_alerts", "status_code"}

type logHandler struct {
	logger *zap.Logger
	fields []zap.Field
}

// Enabled leaves out information: it has whole alerts, at times.
func (h logHandler) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

// Handle passes a message on, with what of its attributes may be said.
func (h logHandler) Handle(_ context.Context, r slog.Record) error {
	fields := slices.Clone(h.fields)
	r.Attrs(func(a slog.Attr) bool {
		fields = appendField(fields, a)
		return true
	})
	h.logger.Warn("alertmanager: "+r.Message, fields...)
	return nil
}

// WithAttrs returns a handler that says more.
func (h logHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	fields := slices.Clone(h.fields)
	for _, a := range attrs {
		fields = appendField(fields, a)
	}
	return logHandler{h.logger, fields}
}

// WithGroup returns the same handler: what may be said has its name everywhere.
func (h logHandler) WithGroup(string) slog.Handler { return h }

func appendField(fields []zap.Field, a slog.Attr) []zap.Field {
	if !slices.Contains(loggable, a.Key) {
		return fields
	}
	return append(fields, zap.String(a.Key, a.Value.String()))
}
