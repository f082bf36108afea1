package coworkalertexporter

// This file contains all calls whose signatures change between Alertmanager's releases.

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"sync"
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

// Alertmanager's defaults.
const (
	dataRetention       = 120 * time.Hour
	alertGCInterval     = 30 * time.Minute
	dispatchMaintenance = 30 * time.Second
)

// An instance is an Alertmanager, assembled from its packages.
type instance struct {
	alerts        *mem.Alerts
	silences      *silence.Silences
	notifications *notificationLog
	inhibitor     *inhibit.Inhibitor
	dispatcher    *dispatch.Dispatcher
	undelivered   *undeliveredLog
	api           http.Handler // API v2
	registry      *prometheus.Registry
}

func newInstance(ctx context.Context, conf *amconfig.Config, dir string, external *url.URL, logger *slog.Logger, undelivered *undeliveredLog, report notificationReport) (*instance, error) {
	var recorder eventrecorder.Recorder
	flags := featurecontrol.NoopFlags{}
	in := &instance{registry: prometheus.NewRegistry(), undelivered: undelivered}
	notifications, err := nflog.New(nflog.Options{SnapshotFile: filepath.Join(dir, notificationLogFile), Retention: dataRetention, Logger: logger, Metrics: in.registry})
	if err != nil {
		return nil, fmt.Errorf("data_dir: %s: %w", notificationLogFile, err)
	}
	in.notifications = &notificationLog{log: notifications, dir: dir}
	in.silences, err = silence.New(silence.Options{SnapshotFile: filepath.Join(dir, silencesFile), Retention: dataRetention, Logger: logger, Metrics: in.registry, EventRecorder: recorder})
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
		built, err := receiver.BuildReceiverIntegrations(r, tmpl, logger)
		if err != nil {
			return nil, fmt.Errorf("receivers: %s: %w", r.Name, err)
		}
		integrations[r.Name] = report.integrationsOf(r.Name, built)
	}
	silencer := silence.NewSilencer(in.silences, logger, recorder)
	in.alerts, err = mem.NewAlerts(context.WithoutCancel(ctx), alertGCInterval, 0, silencer, logger, recorder, in.registry, flags)
	if err != nil {
		return nil, err
	}
	groups := marker.NewGroupMarker()
	in.inhibitor = inhibit.NewInhibitor(in.alerts, conf.InhibitRules, logger, recorder)
	singlePeer := func() time.Duration { return 0 }
	builder := notify.NewPipelineBuilder(in.registry, flags, recorder)
	intervals := timeinterval.NewIntervener(timeIntervals(conf))
	pipeline := in.newPipeline(integrations, func(one map[string][]notify.Integration) notify.RoutingStage {
		return builder.New(one, singlePeer, in.inhibitor, silencer, intervals, groups, in.notifications, nil)
	})
	routes := dispatch.NewRoute(conf.Route, nil)
	undelivered.removeUnrouted(routes, pipeline)
	in.dispatcher = dispatch.NewDispatcher(in.alerts, routes, pipeline, groups,
		func(d time.Duration) time.Duration { return max(d, notify.MinTimeout) },
		dispatchMaintenance, nil, logger, recorder, dispatch.NewDispatcherMetrics(false, in.registry, flags), tmpl)
	if in.api, err = in.newAPI(conf, groups, silencer, logger); err != nil {
		in.alerts.Close()
		return nil, err
	}
	return in, nil
}

// newPipeline returns the stages of all receivers. Each integration has its own, so that
// the failure of one does not delay the others of its receiver.
func (in *instance) newPipeline(receivers map[string][]notify.Integration, build func(map[string][]notify.Integration) notify.RoutingStage) notify.RoutingStage {
	pipeline := notify.RoutingStage{}
	for name, integrations := range receivers {
		var stages notify.FanoutStage
		for i := range integrations {
			next := build(map[string][]notify.Integration{name: integrations[i : i+1]})[name]
			stages = append(stages, &deliveryStage{next, name + "/" + integrations[i].String(), in.undelivered})
		}
		pipeline[name] = stages
	}
	return pipeline
}

// timeIntervals returns the intervals of mute_time_intervals and time_intervals by name.
func timeIntervals(conf *amconfig.Config) map[string][]timeinterval.TimeInterval {
	all := map[string][]timeinterval.TimeInterval{}
	for _, interval := range conf.MuteTimeIntervals {
		all[interval.Name] = interval.TimeIntervals
	}
	for _, interval := range conf.TimeIntervals {
		all[interval.Name] = interval.TimeIntervals
	}
	return all
}

// apiBuild serializes the construction of APIs, which modifies a description of the API
// that all instances of a process share.
var apiBuild sync.Mutex

func (in *instance) newAPI(conf *amconfig.Config, groups marker.GroupMarker, silencer *silence.Silencer, logger *slog.Logger) (http.Handler, error) {
	duration := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "alertmanager_http_request_duration_seconds", Help: "Time that API requests took."}, []string{"handler", "method", "code"})
	apiBuild.Lock()
	defer apiBuild.Unlock()
	a, err := api.New(api.Options{
		Alerts: in.alerts, Silences: in.silences, GroupMutedFunc: groups.Muted, Logger: logger, Registry: in.registry,
		RequestDuration: duration, GroupFunc: in.dispatcher.Groups,
	})
	if err != nil {
		return nil, err
	}
	a.Update(conf, func(ctx context.Context, labels model.LabelSet) {
		in.inhibitor.Mutes(ctx, labels)
		silencer.Mutes(ctx, labels)
	})
	return a.Register(route.New(), "/"), nil
}

// start starts the inhibitor before the dispatcher, so that no inhibited alert is sent.
func (in *instance) start(now time.Time) {
	go in.inhibitor.Run()
	in.inhibitor.WaitForLoading()
	go in.dispatcher.Run(now)
	in.dispatcher.WaitForLoading()
}

func (in *instance) putAlerts(ctx context.Context, postable []postableAlert, now time.Time) error {
	alerts := make([]*amalert.Alert, len(postable))
	for i, p := range postable {
		alerts[i] = &amalert.Alert{
			Alert:     model.Alert{Labels: labelSet(p.Labels), Annotations: labelSet(p.Annotations), StartsAt: p.StartsAt, EndsAt: p.EndsAt, GeneratorURL: p.GeneratorURL},
			UpdatedAt: now,
		}
	}
	return in.alerts.Put(ctx, alerts...)
}

// isUndelivered reports whether an integration was not notified of an alert yet.
func (in *instance) isUndelivered(labels map[string]string) bool {
	return in.undelivered.has(labelSet(labels).Fingerprint())
}

func labelSet(m map[string]string) model.LabelSet {
	set := make(model.LabelSet, len(m))
	for name, value := range m {
		set[model.LabelName(name)] = model.LabelValue(value)
	}
	return set
}

// stop waits until all goroutines have ended.
func (in *instance) stop() {
	in.dispatcher.Stop()
	in.inhibitor.Stop()
	in.alerts.Close()
}
