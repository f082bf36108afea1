package coworkalertexporter

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	amconfig "github.com/prometheus/alertmanager/config"
	amcommoncfg "github.com/prometheus/alertmanager/config/common"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/problem"
)

const (
	// resolveTimeout is how long the check of a receiver's host may take.
	resolveTimeout = 5 * time.Second
	// recheckInterval is how often an unknown host is resolved again: at the start of a
	// machine, names can be unknown for a while.
	recheckInterval = time.Minute
	// maxChecked bounds the hosts that are resolved at start.
	maxChecked = 100
)

// A receiverSetting is a file or a host that a receiver needs.
type receiverSetting struct {
	where string // such as receivers::on-call: pagerduty_configs::0: routing_key_file
	file  string
	host  string
}

// receiverSettings returns the files and hosts of all receivers. The URLs may contain
// secrets, so only their hosts are returned.
func receiverSettings(conf *amconfig.Config) (settings []receiverSetting) {
	for i := range conf.Receivers {
		r := &conf.Receivers[i]
		collectSettings("receivers::"+r.Name, reflect.ValueOf(r), &settings)
	}
	return settings
}

// collectSettings appends the settings in a value of Alertmanager's configuration.
func collectSettings(where string, v reflect.Value, settings *[]receiverSetting) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			collectSettings(where, v.Elem(), settings)
		}
	case reflect.Slice:
		for i := range v.Len() {
			collectSettings(fmt.Sprintf("%s::%d", where, i), v.Index(i), settings)
		}
	case reflect.Struct:
		for field, value := range v.Fields() {
			key, options, _ := strings.Cut(field.Tag.Get("yaml"), ",")
			if !field.IsExported() || key == "-" {
				continue
			}
			at := where + ": " + key
			if strings.Contains(options, "inline") {
				at = where
			}
			if s, ok := settingOf(at, value); ok {
				*settings = append(*settings, s)
			} else if !strings.HasPrefix(field.Type.String(), "url.") {
				collectSettings(at, value, settings)
			}
		}
	}
}

// settingOf returns the file or the host that a value of the configuration names.
func settingOf(where string, v reflect.Value) (receiverSetting, bool) {
	host := ""
	switch value := v.Interface().(type) {
	case *amcommoncfg.URL:
		if value == nil || value.URL == nil {
			return receiverSetting{}, false
		}
		host = value.Hostname()
	case *amcommoncfg.SecretURL:
		if value == nil || value.URL == nil {
			return receiverSetting{}, false
		}
		host = value.Hostname()
	case amcommoncfg.SecretTemplateURL:
		if u, err := url.Parse(string(value)); err == nil && !strings.Contains(string(value), "{{") {
			host = u.Hostname()
		}
	case amconfig.HostPort:
		host = value.Host
	case string:
		if strings.HasSuffix(where, "_file") && value != "" {
			return receiverSetting{where: where, file: value}, true
		}
	}
	return receiverSetting{where: where, host: host}, host != ""
}

// A receiverCheck checks at start whether the files of receivers can be read and their
// hosts are known.
type receiverCheck struct {
	component string
	logger    *zap.Logger
	resolve   func(ctx context.Context, host string) error
}

// checkFiles reports the files that cannot be read.
func (c receiverCheck) checkFiles(settings []receiverSetting) {
	for _, s := range settings {
		if s.file == "" {
			continue
		}
		f, err := os.Open(s.file)
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			text, _ := reasonOf(err)
			c.warn(s.where, text)
		}
	}
}

// checkHosts reports the hosts that are not known, until they are or the context ends. A
// receiver with a proxy does not resolve its host.
func (c receiverCheck) checkHosts(ctx context.Context, settings []receiverSetting) {
	if slices.ContainsFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(strings.ToUpper(v), "HTTPS_PROXY=") }) {
		return
	}
	var hosts []receiverSetting
	for _, s := range settings {
		known := slices.ContainsFunc(hosts, func(o receiverSetting) bool { return o.host == s.host })
		if s.host != "" && net.ParseIP(s.host) == nil && !known && len(hosts) < maxChecked {
			hosts = append(hosts, s)
		}
	}
	var checks sync.WaitGroup
	for _, s := range hosts {
		checks.Go(func() {
			for warned := false; ; warned = true {
				err := c.resolveLimited(ctx, s.host)
				if err == nil {
					problem.Solve(c.component, s.where)
					return
				}
				if !warned && ctx.Err() == nil {
					text, _ := reasonOf(err)
					c.warn(s.where, text+": "+s.host)
				}
				select {
				case <-ctx.Done():
					return
				case <-time.After(recheckInterval):
				}
			}
		})
	}
	checks.Wait()
}

func (c receiverCheck) resolveLimited(ctx context.Context, host string) error {
	limited, cancel := context.WithTimeout(ctx, resolveTimeout)
	defer cancel()
	return c.resolve(limited, host)
}

func (c receiverCheck) warn(where, text string) {
	c.logger.Warn("alertmanager: a receiver cannot be notified", zap.String("setting", where), zap.String("reason", text))
	problem.Report(problem.Problem{
		Component: c.component, Subject: where, Text: text, Since: time.Now(),
		Advice: "Correct this setting of Alertmanager’s configuration, and restart the collector. Until then, the receiver is not notified of alerts.",
	})
}

// resolveHost resolves a host name.
func resolveHost(ctx context.Context, host string) error {
	_, err := net.DefaultResolver.LookupHost(ctx, host)
	return err
}
