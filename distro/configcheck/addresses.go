package configcheck

import (
	"context"
	"errors"
	"fmt"
	"net"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"go.opentelemetry.io/collector/config/configgrpc"
	"go.opentelemetry.io/collector/config/confighttp"
	"go.opentelemetry.io/collector/config/confignet"
)

// An address is where a component listens.
type address struct {
	where    []string // its key, from the section on
	endpoint string
}

// listeners are the servers of a configuration.
type listeners struct{ *checker }

// checkAddresses reports addresses without a port and those that two components share, and at a
// start those that cannot be used, with the variable that moves them.
func checkAddresses(ctx context.Context, c *checker) {
	l := listeners{c}
	first := map[string]address{}
	for _, a := range append(l.addresses(), l.telemetryAddresses()...) {
		_, port, err := net.SplitHostPort(a.endpoint)
		if err != nil {
			if !l.reported(a) {
				l.addError(strings.Join(a.where, delimiter), "is no host:port%s", l.mover(a))
			}
			continue
		}
		if port == "0" {
			continue
		}
		if n, err := strconv.Atoi(port); err == nil && (n < 0 || n > 65535) && !l.reported(a) {
			l.addError(strings.Join(a.where, delimiter), "port %d does not exist%s", n, l.mover(a))
			continue
		}
		if other, taken := first[a.endpoint]; taken {
			l.addError(strings.Join(a.where, delimiter), "address %s is used by %s too%s", a.endpoint, strings.Join(other.where, delimiter), l.mover(a))
			continue
		}
		first[a.endpoint] = a
		if !l.Starts {
			continue
		}
		if fault := faultOf(ctx, a.endpoint); fault != "" {
			l.addError(strings.Join(a.where, delimiter), "address %s %s%s", a.endpoint, fault, l.mover(a))
		}
	}
}

// reported reports whether the component reports the address itself.
func (l listeners) reported(a address) bool {
	component := strings.Join(a.where[:min(2, len(a.where))], delimiter)
	return slices.ContainsFunc(l.Errors, func(p Problem) bool {
		return p.Where == component && strings.HasPrefix(p.Text, "endpoint:")
	})
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
	return " (set another one, such as localhost:14000)"
}

// addresses returns the addresses of the servers of all components in use.
func (l listeners) addresses() (list []address) {
	for where, decoded := range l.inUse() {
		visitConfig(reflect.ValueOf(decoded), strings.Split(where, delimiter), func(path []string, v reflect.Value) bool {
			a := address{where: append(slices.Clone(path), "endpoint")}
			var addr confignet.AddrConfig
			switch cfg := v.Interface().(type) {
			case confighttp.ServerConfig:
				addr = cfg.NetAddr
			case configgrpc.ServerConfig:
				addr = cfg.NetAddr
			default:
				return true
			}
			// An empty address that is written is that of all interfaces with a random port.
			if a.endpoint = addr.Endpoint; (a.endpoint != "" || l.unexpandedAt(a.where) != nil) && strings.HasPrefix(string(addr.Transport), "tcp") {
				list = append(list, a)
			}
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

// faults are the reasons for which a process cannot listen at an address.
var faults = []struct {
	err  error
	text string
}{
	{syscall.EADDRINUSE, "is in use by another process"},
	{syscall.EACCES, "is not permitted for the user of the collector"},
	{syscall.EADDRNOTAVAIL, "is no address of this machine"},
}

// faultOf returns why a process cannot listen at an address, nothing if it can.
func faultOf(ctx context.Context, endpoint string) string {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", endpoint)
	if err == nil {
		_ = listener.Close()
		return ""
	}
	for _, f := range faults {
		if errors.Is(err, f.err) {
			return f.text
		}
	}
	if lookup := (*net.DNSError)(nil); errors.As(err, &lookup) {
		return "has a host that is not known"
	}
	return "" // the component reports it
}
