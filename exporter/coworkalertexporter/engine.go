package coworkalertexporter

// This file has every call of Alertmanager's libraries that makes up an Alertmanager:
// their signatures move from release to release, and are met here only.

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"time"

	amalert "github.com/prometheus/alertmanager/alert"
	"github.com/prometheus/alertmanager/api"
	amconfig "github.com/prometheus/alertmanager/config"
	"github.com/prometheus/alertmanager/config/receiver"
	"github.com/prometheus/alertmanager/dispatch"
	"github.com/prometheus/alertmanager/eventrecorder"
	"github.com/prometheus/alertmanager/featurecontrol"
	"github.com/prometheus/alertmanager/inhibit"
	"github.com/prometheus/alertmanager/marker"
	"github.com/prometheus/alertmanager/nflog"
	"github.com/prometheus/alertmanager/notify"
	"github.com/prometheus/alertmanager/provider/mem"
	"github.com/prometheus/alertmanager/silence"
	"github.com/prometheus/alertmanager/template"
	"github.com/prometheus/alertmanager/timeinterval"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/model"
	"github.com/prometheus/common/route"
)

// As Alertmanager's own defaults.
const (
	retention   = 120 * time.Hour
	gcInterval  = 30 * time.Minute
	maintenance = 30 * time.Second
)

// An engine is an Alertmanager: groups, routes, silences, inhibition, notifiers.
type engine struct {
	alerts     *mem.Alerts
	silences   *silence.Silences
	log        *journal
	inhibitor  *inhibit.Inhibitor
	dispatcher *dispatch.Dispatcher
	handler    http.Handler // API v2
	registry   *prometheus.Registry
}

// load reads the configuration. What is wrong with it is said by Alertmanager.
func (c *Embedded) load() (*amconfig.Config, error) {
	if c.ConfigFile != "" {
		conf, err := amconfig.LoadFile(c.ConfigFile)
		if err != nil {
			return nil, fmt.Errorf("config_file: %w", scrub(err))
		}
		return conf, nil
	}
	text, err := c.Inline.text()
	if err != nil {
		return nil, errors.New("config: is no YAML")
	}
	conf, err := amconfig.Load(text)
	if err != nil {
		return nil, fmt.Errorf("config: %w", scrub(err))
	}
	return conf, nil
}

func newEngine(ctx context.Context, conf *amconfig.Config, dir string, external *url.URL, logger *slog.Logger) (*engine, error) {
	var recorder eventrecorder.Recorder
	flags := featurecontrol.NoopFlags{}
	e := &engine{registry: prometheus.NewRegistry()}
	notifications, err := nflog.New(nflog.Options{SnapshotFile: filepath.Join(dir, notificationsFile), Retention: retention, Logger: logger, Metrics: e.registry})
	if err != nil {
		return nil, fmt.Errorf("data_dir: %s: %w", notificationsFile, err)
	}
	e.log = &journal{log: notifications, dir: dir}
	e.silences, err = silence.New(silence.Options{SnapshotFile: filepath.Join(dir, silencesFile), Retention: retention, Logger: logger, Metrics: e.registry, EventRecorder: recorder})
	if err != nil {
		return nil, fmt.Errorf("data_dir: %s: %w", silencesFile, err)
	}
	tmpl, err := template.FromGlobs(conf.Templates)
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	tmpl.ExternalURL = external
	integrations := map[string][]notify.Integration{}
	for _, r := range conf.Receivers {
		if integrations[r.Name], err = receiver.BuildReceiverIntegrations(r, tmpl, logger); err != nil {
			return nil, fmt.Errorf("receivers: %s: %w", r.Name, err)
		}
	}
	silencer := silence.NewSilencer(e.silences, logger, recorder)
	e.alerts, err = mem.NewAlerts(context.WithoutCancel(ctx), gcInterval, 0, silencer, logger, recorder, e.registry, flags)
	if err != nil {
		return nil, err
	}
	groups := marker.NewGroupMarker()
	e.inhibitor = inhibit.NewInhibitor(e.alerts, conf.InhibitRules, logger, recorder)
	alone := func() time.Duration { return 0 }
	pipeline := notify.NewPipelineBuilder(e.registry, flags, recorder).New(integrations, alone, e.inhibitor, silencer,
		timeinterval.NewIntervener(intervals(conf)), groups, e.log, nil)
	e.dispatcher = dispatch.NewDispatcher(e.alerts, dispatch.NewRoute(conf.Route, nil), pipeline, groups,
		func(d time.Duration) time.Duration { return max(d, notify.MinTimeout) },
		maintenance, nil, logger, recorder, dispatch.NewDispatcherMetrics(false, e.registry, flags), tmpl)
	if e.handler, err = e.newAPI(conf, groups, silencer, logger); err != nil {
		e.alerts.Close()
		return nil, err
	}
	return e, nil
}

func intervals(conf *amconfig.Config) map[string][]timeinterval.TimeInterval {
	all := map[string][]timeinterval.TimeInterval{}
	for _, interval := range conf.MuteTimeIntervals {
		all[interval.Name] = interval.TimeIntervals
	}
	for _, interval := range conf.TimeIntervals {
		all[interval.Name] = interval.TimeIntervals
	}
	return all
}

func (e *engine) newAPI(conf *amconfig.Config, groups marker.GroupMarker, silencer *silence.Silencer, logger *slog.Logger) (http.Handler, error) {
	took := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "alertmanager_http_request_duration_seconds", Help: "Time that API requests took."}, []string{"handler", "method", "code"})
	a, err := api.New(api.Options{
		Alerts: e.alerts, Silences: e.silences, GroupMutedFunc: groups.Muted, Logger: logger, Registry: e.registry,
		RequestDuration: took, GroupFunc: e.dispatcher.Groups,
	})
	if err != nil {
		return nil, err
	}
	a.Update(conf, func(ctx context.Context, labels model.LabelSet) {
		e.inhibitor.Mutes(ctx, labels)
		silencer.Mutes(ctx, labels)
	})
	return a.Register(route.New(), "/"), nil
}

// run starts the work. Inhibition comes first, lest an alert that is inhibited goes
// out.
func (e *engine) run(now time.Time) {
	go e.inhibitor.Run()
	e.inhibitor.WaitForLoading()
	go e.dispatcher.Run(now)
	e.dispatcher.WaitForLoading()
}

func (e *engine) put(ctx context.Context, notices []notice, now time.Time) error {
	alerts := make([]*amalert.Alert, len(notices))
	for i, n := range notices {
		alerts[i] = &amalert.Alert{
			Alert:     model.Alert{Labels: labelSet(n.Labels), Annotations: labelSet(n.Annotations), StartsAt: n.StartsAt, EndsAt: n.EndsAt},
			UpdatedAt: now,
		}
	}
	return e.alerts.Put(ctx, alerts...)
}

func labelSet(m map[string]string) model.LabelSet {
	set := make(model.LabelSet, len(m))
	for name, value := range m {
		set[model.LabelName(name)] = model.LabelValue(value)
	}
	return set
}

// end stops the work and waits for it.
func (e *engine) end() {
	e.dispatcher.Stop()
	e.inhibitor.Stop()
	e.alerts.Close()
}
