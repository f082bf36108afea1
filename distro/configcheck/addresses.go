package configcheck

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"reflect"
	"slices"
	"strings"
	"syscall"

	"go.opentelemetry.io/collector/config/configgrpc"
	"go.opentelemetry.io/collector/config/confighttp"
)

// An address is where a component listens.
type address struct {
	where    []string // its key, from the section on
	endpoint string
}

// Listeners are the servers of a configuration.
type listeners struct {
	*checker
	service *service
}

// check reports addresses that two components share, and at a start those that
// another process uses, with the variable that moves them.
func (l listeners) check(ctx context.Context) {
	first := map[string]address{}
	for _, a := range append(l.addresses(), l.telemetryAddresses()...) {
		_, port, err := net.SplitHostPort(a.endpoint)
		if err != nil || port == "0" {
			continue
		}
		if other, taken := first[a.endpoint]; taken {
			l.addError(strings.Join(a.where, delimiter), "address %s is used by %s too%s", a.endpoint, strings.Join(other.where, delimiter), l.mover(a))
			continue
		}
		first[a.endpoint] = a
		if l.Addresses && inUse(ctx, a.endpoint) {
			l.addError(strings.Join(a.where, delimiter), "address %s is in use by another process%s", a.endpoint, l.mover(a))
		}
	}
}

// mover returns how to change an address.
func (l listeners) mover(a address) string {
	raw := l.unexpandedAt(a.where)
	if names := variablesIn(raw); len(names) > 0 {
		example := "another address, such as localhost:14000"
		if a.where[len(a.where)-1] == "port" {
			example = "another port, such as 14000"
		}
		return fmt.Sprintf(" (set %s to %s)", names[len(names)-1], example)
	}
	return " (set another one)"
}

// addresses returns the addresses of the servers of all components in use.
func (l listeners) addresses() (list []address) {
	for _, where := range slices.Sorted(maps.Keys(l.decoded)) {
		if where == "service" || !l.service.uses(where) {
			continue
		}
		visitConfig(reflect.ValueOf(l.decoded[where]), strings.Split(where, delimiter), func(path []string, v reflect.Value) bool {
			a := address{where: append(slices.Clone(path), "endpoint")}
			switch cfg := v.Interface().(type) {
			case confighttp.ServerConfig:
				a.endpoint = cfg.NetAddr.Endpoint
			case configgrpc.ServerConfig:
				a.endpoint = cfg.NetAddr.Endpoint
			default:
				return true
			}
			list = append(list, a)
			return false
		})
	}
	return list
}

// telemetryAddresses returns the addresses of the collector's own metrics.
func (l listeners) telemetryAddresses() (list []address) {
	readers, _ := at(l.service.telemetry, "metrics", "readers").([]any)
	for i, reader := range readers {
		m, _ := reader.(map[string]any)
		host, _ := at(m, "pull", "exporter", "prometheus", "host").(string)
		if port, ok := number(at(m, "pull", "exporter", "prometheus", "port")); ok {
			where := []string{"service", "telemetry", "metrics", "readers", fmt.Sprint(i), "pull", "exporter", "prometheus", "port"}
			list = append(list, address{where, net.JoinHostPort(host, port)})
		}
	}
	return list
}

// inUse reports whether another process listens at an address.
func inUse(ctx context.Context, endpoint string) bool {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", endpoint)
	if err == nil {
		_ = listener.Close()
	}
	return errors.Is(err, syscall.EADDRINUSE)
}
