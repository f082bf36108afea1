package coworkalertexporter

import (
	"context"
	"log/slog"
	"slices"

	"go.uber.org/zap"
)

// newSlogLogger returns a logger for Alertmanager that writes to the collector's logger.
// It drops all attributes that are not in loggableAttributes. An error of a notifier
// contains the receiver's URL and its response, which may repeat the alert, so only its
// reason is logged.
func newSlogLogger(logger *zap.Logger) *slog.Logger { return slog.New(logHandler{logger, nil}) }

// loggableAttributes have names and numbers as values.
var loggableAttributes = []string{"component", "receiver", "integration", "attempts", "num_alerts", "status_code"}

type logHandler struct {
	logger *zap.Logger
	fields []zap.Field
}

// Enabled drops the levels below warning, whose messages may contain whole alerts.
func (h logHandler) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

// Handle logs a message with its loggable attributes.
func (h logHandler) Handle(_ context.Context, r slog.Record) error {
	fields := slices.Clone(h.fields)
	r.Attrs(func(a slog.Attr) bool {
		fields = appendField(fields, a)
		return true
	})
	h.logger.Warn("alertmanager: "+r.Message, fields...)
	return nil
}

// WithAttrs returns a handler that adds the loggable of the attributes to each message.
func (h logHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	fields := slices.Clone(h.fields)
	for _, a := range attrs {
		fields = appendField(fields, a)
	}
	return logHandler{h.logger, fields}
}

// WithGroup returns the same handler: the loggable attributes need no prefix.
func (h logHandler) WithGroup(string) slog.Handler { return h }

func appendField(fields []zap.Field, a slog.Attr) []zap.Field {
	if err, ok := a.Value.Any().(error); ok && a.Key == "err" {
		text, _ := reasonOf(err)
		return append(fields, zap.String("reason", text))
	}
	if !slices.Contains(loggableAttributes, a.Key) {
		return fields
	}
	return append(fields, zap.String(a.Key, a.Value.String()))
}
