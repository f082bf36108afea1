package coworkdashboardexporter

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
)

// The setup check shows collector_url and collector_headers on the page, so neither may
// contain a secret. Errors do not quote them.

func (c *Config) validateURL() error {
	if c.CollectorURL == "" {
		return nil
	}
	u, err := url.Parse(c.CollectorURL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return errors.New("collector_url: is not an HTTP URL (https://collector.example.com:4318 would be)")
	}
	if u.User != nil {
		return errors.New("collector_url: contains a user or a password, which the page would show (remove it)")
	}
	return nil
}

var (
	headerName  = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)
	placeholder = regexp.MustCompile(`^([A-Za-z]{1,16} )?<[A-Za-z0-9 _-]{1,64}>$`)
)

// validateHeaders accepts placeholders only.
func (c *Config) validateHeaders() error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(c.CollectorHeaders)) {
		if !headerName.MatchString(name) {
			errs = append(errs, errors.New("collector_headers: has an invalid header name (Authorization would be valid)"))
			continue
		}
		if !placeholder.MatchString(c.CollectorHeaders[name]) {
			errs = append(errs, fmt.Errorf("collector_headers::%s: must be a placeholder, since the page shows it (Bearer <token> or <key>)", name))
		}
	}
	return errors.Join(errs...)
}

// clientHeaders returns the headers as Name=value, the form of Cowork's settings.
func (c *Config) clientHeaders() (list []string) {
	for _, name := range slices.Sorted(maps.Keys(c.CollectorHeaders)) {
		list = append(list, name+"="+c.CollectorHeaders[name])
	}
	return list
}
